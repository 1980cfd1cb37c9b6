package chat.parlance.model;

import java.util.Locale;

/** Section of a user's list of rooms. The wire and the database use the name in lower case. */
public enum RoomSection {
    STARRED,
    ROOMS,
    DIRECT,
    ARCHIVED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }

    /** @throws IllegalArgumentException when there is no such section */
    public static RoomSection of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
