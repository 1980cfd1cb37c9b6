package chat.parlance.model;

import java.util.Locale;

/** What happened to a user's membership of a room. The wire and the database use the name in lower case. */
public enum MembershipChange {
    JOINED,
    LEFT;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }

    /** @throws IllegalArgumentException when there is no such change */
    public static MembershipChange of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
