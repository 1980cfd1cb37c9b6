package chat.parlance.model;

import chat.parlance.error.ChatException;

/**
 * The name a user logs in with: 2 to 32 characters of {@code a-z 0-9 . - _}, the first a letter or digit. The last is no
 * dot or dash: after a mention these belong to the sentence.
 */
public record UserId(String value) {

    public static final int MIN_LENGTH = 2;
    public static final int MAX_LENGTH = 32;

    public UserId {
        if (!Identifiers.isIdentifier(value, MIN_LENGTH, MAX_LENGTH, ".-_")
                || value.endsWith(".")
                || value.endsWith("-")) {
            throw ChatException.badRequest(
                    "A user id has 2 to 32 characters of a-z, 0-9, ., - and _, starts with a letter"
                            + " or digit and does not end in . or -");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
