package chat.parlance.model;

import java.util.Locale;

/** Role of a member in a room, the most powerful first. The wire and the database use the name in lower case. */
public enum Role {
    OWNER(3),
    ADMIN(2),
    MEMBER(1);

    private final String wireName = name().toLowerCase(Locale.ROOT);
    private final int rank;

    Role(int rank) {
        this.rank = rank;
    }

    public String wireName() {
        return wireName;
    }

    /** @throws IllegalArgumentException when there is no such role */
    public static Role of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** 1 for a member, more for higher roles. */
    public int rank() {
        return rank;
    }

    public boolean isAtLeast(Role other) {
        return rank >= other.rank;
    }

    public boolean isAbove(Role other) {
        return rank > other.rank;
    }
}
