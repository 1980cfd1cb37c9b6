package chat.parlance.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;

/**
 * Places where a joiner changes how a word is written, and belongs to its spelling: the contextual rules of RFC 5892,
 * Appendix A.1 (zero width non-joiner) and A.2 (zero width joiner), to which UAX #31 refers. Anywhere else it is invisible.
 */
final class Joiners {

    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;

    /** Canonical combining class of the signs that take the vowel from a consonant, in the scripts of South Asia. */
    private static final int VIRAMA = 9;

    private Joiners() {}

    /** True when a joiner is at this index and may be there. */
    static boolean areAllowed(String text, int at) {
        int point = text.codePointAt(at);
        if (at == 0 || (point != NON_JOINER && point != JOINER)) {
            return false;
        }
        return UCharacter.getCombiningClass(text.codePointBefore(at)) == VIRAMA
                || (point == NON_JOINER && joinsAfter(text, at) && joinsBefore(text, at + 1));
    }

    /** True when the letter before would join the next one, as in Persian between the parts of a word. */
    private static boolean joinsAfter(String text, int end) {
        int at = end;
        while (at > 0) {
            int point = text.codePointBefore(at);
            switch (joining(point)) {
                case UCharacter.JoiningType.TRANSPARENT -> at -= Character.charCount(point);
                case UCharacter.JoiningType.LEFT_JOINING, UCharacter.JoiningType.DUAL_JOINING -> {
                    return true;
                }
                default -> {
                    return false;
                }
            }
        }
        return false;
    }

    /** True when the letter after would join the one before it. */
    private static boolean joinsBefore(String text, int start) {
        int at = start;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            switch (joining(point)) {
                case UCharacter.JoiningType.TRANSPARENT -> at += Character.charCount(point);
                case UCharacter.JoiningType.RIGHT_JOINING, UCharacter.JoiningType.DUAL_JOINING -> {
                    return true;
                }
                default -> {
                    return false;
                }
            }
        }
        return false;
    }

    private static int joining(int point) {
        return UCharacter.getIntPropertyValue(point, UProperty.JOINING_TYPE);
    }
}
