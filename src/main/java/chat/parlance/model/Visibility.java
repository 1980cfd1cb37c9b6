package chat.parlance.model;

import chat.parlance.error.ChatException;
import java.util.Locale;

/** Who can find and join a room. The wire and the database use the name in lower case. */
public enum Visibility {
    /** Everybody. */
    PUBLIC,
    /** Whoever was invited. */
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

    /** What a client may choose for a room that it makes. */
    public static Visibility chosen(String wireName) {
        return switch (wireName) {
            case "public" -> PUBLIC;
            case "private" -> PRIVATE;
            default -> throw ChatException.badRequest("A room's visibility is public or private");
        };
    }
}
