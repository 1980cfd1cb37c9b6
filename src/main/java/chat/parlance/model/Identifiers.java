package chat.parlance.model;

/** The shared shape of room and user ids. */
final class Identifiers {

    private Identifiers() {}

    static boolean isIdentifier(String value, int minLength, int maxLength, String punctuation) {
        int length = value.length();
        if (length < minLength || length > maxLength || !isLetterOrDigit(value.charAt(0))) {
            return false;
        }
        for (int i = 1; i < length; i++) {
            char c = value.charAt(i);
            if (!isLetterOrDigit(c) && punctuation.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
}
