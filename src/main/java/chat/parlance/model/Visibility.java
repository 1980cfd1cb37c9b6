package chat.parlance.model;

import chat.parlance.error.ChatException;
import java.util.Locale;

/** Who can find and join a room: everybody, or those whom a member with the right to has added. */
public enum Visibility {
    PUBLIC,
    PRIVATE;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }

    public static Visibility of(String wireName) {
        return switch (wireName) {
            case "public" -> PUBLIC;
            case "private" -> PRIVATE;
            default -> throw ChatException.badRequest("A room's visibility is public or private");
        };
    }
}
