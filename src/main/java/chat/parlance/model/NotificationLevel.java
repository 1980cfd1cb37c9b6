package chat.parlance.model;

import java.util.Locale;

/** News of a room that a member wants. The wire and the database use the name in lower case. */
public enum NotificationLevel {
    /** Every message. */
    ALL,
    /** Messages that name the member. */
    MENTIONS,
    /** Nothing. */
    NONE;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }

    /** @throws IllegalArgumentException when there is no such level */
    public static NotificationLevel of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** True when the member wants to know of what is unread. */
    public boolean isNews(Unread unread) {
        return switch (this) {
            case ALL -> unread.isSomething();
            case MENTIONS -> unread.mentions() > 0;
            case NONE -> false;
        };
    }
}
