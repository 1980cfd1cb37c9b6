package chat.parlance.model;

import chat.parlance.error.ChatException;

/** The name a user logs in with: 2 to 32 characters of {@code a-z 0-9 . - _}, the first a letter or digit. */
public record UserId(String value) {

    public static final int MIN_LENGTH = 2;
    public static final int MAX_LENGTH = 32;

    public UserId {
        if (!Identifiers.isIdentifier(value, MIN_LENGTH, MAX_LENGTH, ".-_")) {
            throw ChatException.badRequest(
                    "A user id has 2 to 32 characters of a-z, 0-9, ., - and _, and starts with a letter or digit");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
