package chat.parlance.model;

import java.util.Locale;

/** Order of a user's list of rooms. The wire and the database use the name in lower case. */
public enum RoomOrder {
    /** The room with the newest message first. */
    RECENT,
    /** Unread rooms first, each half by the newest message. */
    UNREAD,
    /** By name. */
    NAME;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }

    /** @throws IllegalArgumentException when there is no such order */
    public static RoomOrder of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
