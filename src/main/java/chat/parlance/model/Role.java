package chat.parlance.model;

import java.util.Locale;

/** What a member may do in a room, the most powerful first. The wire and the database use the name in lower case. */
public enum Role {
    OWNER,
    ADMIN,
    MEMBER;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }

    /** @throws IllegalArgumentException when there is no such role */
    public static Role of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** Whether this role may add others to a private room and remove those below it. */
    public boolean mayManageMembers() {
        return this != MEMBER;
    }

    public boolean isAbove(Role other) {
        return compareTo(other) < 0;
    }
}
