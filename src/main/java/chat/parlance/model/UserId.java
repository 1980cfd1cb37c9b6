package chat.parlance.model;

import chat.parlance.error.ChatException;

/**
 * Id with which a user logs in: 2 to 32 characters of {@code a-z 0-9 . - _}, the first a letter or digit. Each dot and
 * dash stands between two other characters: after a mention it belongs to the sentence, as in {@code @bob...} and
 * {@code @bob--}.
 */
public record UserId(String value) {

    public static final int MIN_LENGTH = 2;
    public static final int MAX_LENGTH = 32;

    public UserId {
        if (!Identifiers.isIdentifier(value, MIN_LENGTH, MAX_LENGTH, ".-_") || hasLooseSign(value)) {
            throw ChatException.badRequest(
                    "A user id has 2 to 32 characters of a-z, 0-9, ., - and _, starts with a letter"
                            + " or digit, and has one of these or _ after each . and -");
        }
    }

    private static boolean hasLooseSign(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (isSign(value.charAt(i)) && (i + 1 == value.length() || isSign(value.charAt(i + 1)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSign(char c) {
        return c == '.' || c == '-';
    }

    @Override
    public String toString() {
        return value;
    }
}
