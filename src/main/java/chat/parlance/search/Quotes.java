package chat.parlance.search;

import chat.parlance.text.QuotationMarks;

/**
 * Phrases between {@link QuotationMarks}. A mark begins a phrase only where another mark of its kind ends it; any other mark is
 * punctuation, as in 5" and as an apostrophe. Single marks are apostrophes too, so they quote only whole words.
 */
final class Quotes {

    private Quotes() {}

    /** Index of the mark that closes the phrase which the mark at {@code at} opens; -1 when it opens none. */
    static int closing(String text, int at) {
        if (at > 0 && endsWord(text, at)) {
            return -1;
        }
        String marks = QuotationMarks.ofKind(text.charAt(at));
        if (marks.isEmpty()) {
            return -1;
        }
        return QuotationMarks.isSingle(text.charAt(at)) ? closingSingle(marks, text, at) : firstOf(marks, text, at + 1);
    }

    private static int closingSingle(String marks, String text, int at) {
        if (at + 1 == text.length() || isBlank(text.charAt(at + 1))) {
            return -1;
        }
        int close = firstOf(marks, text, at + 1);
        while (close >= 0 && (isBlank(text.charAt(close - 1)) || beginsWord(text, close + 1))) {
            close = firstOf(marks, text, close + 1);
        }
        return close;
    }

    private static int firstOf(String marks, String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (marks.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** True for a letter or digit before the mark, unless its script has no spaces. */
    private static boolean endsWord(String text, int at) {
        int before = text.codePointBefore(at);
        return Script.isLetterOrDigit(before) && !Script.hasNoSpaces(before);
    }

    private static boolean beginsWord(String text, int at) {
        return at < text.length() && Script.isLetterOrDigit(text.codePointAt(at));
    }

    static boolean isBlank(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }
}
