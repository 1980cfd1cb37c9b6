package chat.parlance.websocket;

/**
 * Checks bytes of UTF-8 one by one, so that a text is refused at its first malformed byte (Unicode Standard, table 3-7:
 * well-formed byte sequences).
 */
final class Utf8Check {

    private static final int CONTINUATION_MIN = 0x80;
    private static final int CONTINUATION_MAX = 0xBF;

    /** Number of continuation bytes that the character still needs; the fields below are the range of the next one. */
    private int needed;

    private int min = CONTINUATION_MIN;
    private int max = CONTINUATION_MAX;

    /**
     * Takes the next byte, from 0 to 255.
     *
     * @return true when all bytes so far are the beginning of a well-formed text
     */
    boolean take(int next) {
        if (needed == 0) {
            return begin(next);
        }
        boolean allowed = next >= min && next <= max;
        needed--;
        min = CONTINUATION_MIN;
        max = CONTINUATION_MAX;
        return allowed;
    }

    /** True when the last character so far is complete. */
    boolean isWhole() {
        return needed == 0;
    }

    /** Restarts for the next text. */
    void reset() {
        needed = 0;
        min = CONTINUATION_MIN;
        max = CONTINUATION_MAX;
    }

    /**
     * Takes the first byte of a character. The range of the second one excludes overlong forms, surrogates, and values
     * beyond the last code point.
     */
    private boolean begin(int lead) {
        if (lead < 0x80) {
            return true;
        }
        if (lead >= 0xC2 && lead <= 0xDF) {
            needed = 1;
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            needed = 2;
            min = lead == 0xE0 ? 0xA0 : CONTINUATION_MIN;
            max = lead == 0xED ? 0x9F : CONTINUATION_MAX;
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            needed = 3;
            min = lead == 0xF0 ? 0x90 : CONTINUATION_MIN;
            max = lead == 0xF4 ? 0x8F : CONTINUATION_MAX;
        }
        return needed > 0;
    }
}
