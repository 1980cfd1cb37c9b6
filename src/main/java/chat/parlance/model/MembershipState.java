package chat.parlance.model;

import java.util.Locale;

/** Membership of a user in a room. The wire and the database use the name in lower case. */
public enum MembershipState {
    JOINED,
    INVITED,
    BANNED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }

    /** @throws IllegalArgumentException when there is no such membership */
    public static MembershipState of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
