package chat.parlance.model;

import java.util.Locale;

/** Change of a user's membership. The wire and the database use the name in lower case. */
public enum MembershipChange {
    JOINED,
    LEFT,
    INVITED,
    /** The invitation ended: the invited user declined it, or it was withdrawn. */
    DECLINED,
    KICKED,
    BANNED,
    UNBANNED,
    MUTED,
    UNMUTED,
    /** The user now has this role; likewise the next two. */
    OWNER,
    ADMIN,
    MEMBER;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }

    /** True when the change ends a membership. */
    public boolean endsMembership() {
        return this == LEFT || this == KICKED || this == BANNED;
    }

    /** Change that assigns a role. */
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
