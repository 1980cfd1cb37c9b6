package chat.parlance.model;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * Role of an account on the whole server, the most powerful first, beside its roles in rooms. The wire and the database
 * use the name in lower case.
 */
public enum ServerRole {
    OWNER(4),
    ADMINISTRATOR(3),
    MEMBER(2),
    /** Sees only the rooms that it is in, and finds no users. */
    GUEST(1);

    private final String wireName = name().toLowerCase(Locale.ROOT);
    private final int rank;

    ServerRole(int rank) {
        this.rank = rank;
    }

    public String wireName() {
        return wireName;
    }

    /** @throws IllegalArgumentException when there is no such role */
    public static ServerRole of(String wireName) {
        return Stream.of(values())
                .filter(role -> role.wireName.equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no role " + wireName));
    }

    public boolean isAtLeast(ServerRole other) {
        return rank >= other.rank;
    }

    public boolean isAbove(ServerRole other) {
        return rank > other.rank;
    }
}
