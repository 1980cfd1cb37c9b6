package chat.parlance.model;

import chat.parlance.error.ChatException;
import java.util.Locale;

/** Users who can find and join a room. The wire and the database use the name in lower case. */
public enum Visibility {
    /** All users. */
    PUBLIC,
    /** Invited users. */
    PRIVATE,
    /** Its two users, for ever; see {@link RoomId#direct}. */
    DIRECT;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }

    /** @throws IllegalArgumentException when there is no such visibility */
    public static Visibility of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** Visibility that a client may choose for a new room. */
    public static Visibility chosen(String wireName) {
        return switch (wireName) {
            case "public" -> PUBLIC;
            case "private" -> PRIVATE;
            default -> throw ChatException.badRequest("A room's visibility is public or private");
        };
    }
}
