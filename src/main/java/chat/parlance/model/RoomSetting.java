package chat.parlance.model;

import java.util.Locale;

/** Setting of a room. The wire and the database use the name in lower case. */
public enum RoomSetting {
    NAME,
    TOPIC,
    DESCRIPTION,
    /** The room accepts no messages and changes. */
    ARCHIVED,
    UNARCHIVED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }

    /** True when the setting has a value. */
    public boolean hasValue() {
        return this != ARCHIVED && this != UNARCHIVED;
    }

    /** @throws IllegalArgumentException when there is no such setting */
    public static RoomSetting of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
