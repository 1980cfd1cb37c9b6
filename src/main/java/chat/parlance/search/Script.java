package chat.parlance.search;

import java.lang.Character.UnicodeScript;

/** Classes of characters in a search. */
final class Script {

    private static final int PROLONGED_SOUND_MARK = 0x30FC;
    private static final int HALFWIDTH_PROLONGED_SOUND_MARK = 0xFF70;
    private static final int HALFWIDTH_VOICED_MARK = 0xFF9E;
    private static final int HALFWIDTH_SEMI_VOICED_MARK = 0xFF9F;

    private static final int LETTER_APOSTROPHE = 0x02BC;
    private static final int LETTER_TURNED_APOSTROPHE = 0x02BB;

    private Script() {}

    /** True for letters and digits, but not for the letters that are apostrophes: they divide words like any apostrophe. */
    static boolean isLetterOrDigit(int character) {
        return Character.isLetterOrDigit(character)
                && character != LETTER_APOSTROPHE
                && character != LETTER_TURNED_APOSTROPHE;
    }

    /** True for emoji and similar signs, except modifiers and joiners. */
    static boolean isPictograph(int character) {
        return (Character.isExtendedPictographic(character) || Character.isEmojiPresentation(character))
                && !Character.isEmojiModifier(character)
                && !Character.isLetterOrDigit(character);
    }

    static boolean isHangul(int letter) {
        return UnicodeScript.of(letter) == UnicodeScript.HANGUL;
    }

    /** True for a script whose words follow each other without a space. */
    static boolean hasNoSpaces(int letter) {
        if (letter < 0x0E00) {
            return false;
        }
        if (letter == PROLONGED_SOUND_MARK || letter == HALFWIDTH_PROLONGED_SOUND_MARK) {
            return true;
        }
        if (!Character.isLetter(letter)) {
            return false;
        }
        return switch (UnicodeScript.of(letter)) {
            case HAN, HIRAGANA, KATAKANA, BOPOMOFO, YI, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }

    /**
     * True for marks on the character before, and for invisible characters (soft hyphens, joiners): neither ends a
     * word.
     */
    static boolean continues(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT -> true;
            default -> character == HALFWIDTH_VOICED_MARK || character == HALFWIDTH_SEMI_VOICED_MARK;
        };
    }
}
