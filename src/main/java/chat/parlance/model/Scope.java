package chat.parlance.model;

import java.util.Locale;

/** Part of an account's rights that a personal or bot token can have. The scopes are independent of each other. */
public enum Scope {
    /** Reads what the account can read. */
    READ,
    /** Writes in rooms what members write: messages, reactions, pins, votes, read markers. */
    POST,
    /** Makes and changes rooms, changes members, and administrates the server as far as the account may. */
    ADMIN;

    /** @throws IllegalArgumentException when there is no such scope */
    public static Scope of(String wireName) {
        for (Scope scope : values()) {
            if (scope.wireName().equals(wireName)) {
                return scope;
            }
        }
        throw new IllegalArgumentException(wireName);
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
