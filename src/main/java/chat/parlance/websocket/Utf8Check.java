package chat.parlance.websocket;

/**
 * Checks bytes of UTF-8 one by one, so that a text is refused at its first wrong byte (Unicode Standard, table 3-7:
 * well-formed byte sequences).
 */
final class Utf8Check {

    private static final int CONTINUATION_MIN = 0x80;
    private static final int CONTINUATION_MAX = 0xBF;

    /** Continuation bytes that the character still needs, and the range of the next one. */
    private int needed;

    private int min = CONTINUATION_MIN;
    private int max = CONTINUATION_MAX;

    /**
     * Takes the next byte, from 0 to 255.
     *
     * @return whether there is well-formed text that begins with all bytes so far
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

    /** True when the bytes so far end with a whole character. */
    boolean isWhole() {
        return needed == 0;
    }

    /** Begins anew with the next text. */
    void reset() {
        needed = 0;
        min = CONTINUATION_MIN;
        max = CONTINUATION_MAX;
    }

    /** The second byte rules out overlong forms, surrogates, and what is beyond the last code point. */
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
