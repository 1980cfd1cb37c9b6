package chat.parlance.model;

import java.util.Locale;

/** Level of the notifications that a member wants from a room. The wire and the database use the name in lower case. */
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

    /** True when unread messages matter to the member. */
    public boolean isNews(Unread unread) {
        return switch (this) {
            case ALL -> unread.isSomething();
            case MENTIONS -> unread.mentions() > 0;
            case NONE -> false;
        };
    }
}
