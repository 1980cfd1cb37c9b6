package chat.parlance.model;

import java.util.Locale;

/** What happens to a user's membership of a room. The wire and the database use the name in lower case. */
public enum MembershipChange {
    JOINED,
    LEFT,
    INVITED,
    /** An invitation is no more: the invited did not want it, or it was taken back. */
    DECLINED,
    KICKED,
    BANNED,
    UNBANNED,
    MUTED,
    UNMUTED,
    /** The user has this role now, and so for the next two. */
    OWNER,
    ADMIN,
    MEMBER;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }

    /** Whether who was a member is none any more. */
    public boolean endsMembership() {
        return this == LEFT || this == KICKED || this == BANNED;
    }

    /** The change that gives somebody a role. */
    public static MembershipChange to(Role role) {
        return switch (role) {
            case OWNER -> OWNER;
            case ADMIN -> ADMIN;
            case MEMBER -> MEMBER;
        };
    }

    /** @throws IllegalArgumentException when there is no such change */
    public static MembershipChange of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
