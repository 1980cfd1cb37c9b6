package chat.parlance.model;

import chat.parlance.error.ChatException;

/**
 * Id that a client gives its message: 1 to 64 characters of {@code A-Z a-z 0-9 - _}. Together with the room and the
 * sender it is unique, so that a retry is deduplicated.
 */
public record ClientId(String value) {

    public static final int MAX_LENGTH = 64;

    public ClientId {
        if (!isValid(value)) {
            throw ChatException.badRequest("A message id has 1 to 64 characters of A-Z, a-z, 0-9, - and _");
        }
    }

    private static boolean isValid(String value) {
        int length = value.length();
        if (length < 1 || length > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            boolean ok =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
            if (!ok) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return value;
    }
}
