package chat.parlance.room;

/** Origin of a page of history. */
public enum PageOrigin {
    MEMORY,
    POSTGRES
}
