package chat.parlance.model;

import java.util.Locale;

/** The kinds of events. The wire and the database use the name in lower case. */
public enum EventKind {
    MESSAGE,
    EDIT,
    DELETE,
    REACTION,
    PIN,
    MEMBERSHIP,
    ROOM;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }

    /** @throws IllegalArgumentException when there is no such kind */
    public static EventKind of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
