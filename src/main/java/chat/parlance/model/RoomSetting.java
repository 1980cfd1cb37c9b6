package chat.parlance.model;

import java.util.Locale;

/** What can be set of a room. The wire and the database use the name in lower case. */
public enum RoomSetting {
    NAME,
    TOPIC,
    DESCRIPTION,
    /** Nothing is said or changed in it any more. */
    ARCHIVED,
    UNARCHIVED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }

    /** Whether it comes with a value. */
    public boolean hasValue() {
        return this != ARCHIVED && this != UNARCHIVED;
    }

    /** @throws IllegalArgumentException when there is no such setting */
    public static RoomSetting of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
