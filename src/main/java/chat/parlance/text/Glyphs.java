package chat.parlance.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;

/** Visible and hidden characters, by the properties of Unicode. */
public final class Glyphs {

    /** Symbols that Unicode draws empty; no property says so. */
    private static final int BRAILLE_BLANK = 0x2800;

    private static final int NULL_NOTEHEAD = 0x1D159;

    private Glyphs() {}

    /** True for a text with a visible character; spaces, and marks without a letter, are none. */
    public static boolean anyIn(String text) {
        return text.codePoints().anyMatch(Glyphs::isSeen);
    }

    /**
     * True for a text with hidden characters: controls, format characters such as those of direction, and other characters
     * that Unicode says to ignore when drawing, except the selector of an emoji's style.
     */
    public static boolean hiddenIn(String text) {
        int before = ' ';
        for (int point : text.codePoints().toArray()) {
            if (isHidden(point) && !(point == Emoji.EMOJI_STYLE && Emoji.hasStyles(before))) {
                return true;
            }
            before = point;
        }
        return false;
    }

    /** Each run of spaces of any kind as one plain space, none at the ends. */
    public static String withPlainSpaces(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean space = isSpace(point);
            if (!space) {
                plain.appendCodePoint(point);
            } else if (!plain.isEmpty() && plain.charAt(plain.length() - 1) != ' ') {
                plain.append(' ');
            }
        });
        return plain.toString().stripTrailing();
    }

    /** True for a character that a reader sees by itself. */
    static boolean isSeen(int point) {
        return !isSpace(point)
                && !isHidden(point)
                && switch (Character.getType(point)) {
                    case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
                        false;
                    default -> true;
                };
    }

    private static boolean isHidden(int point) {
        return point == BRAILLE_BLANK
                || point == NULL_NOTEHEAD
                || UCharacter.hasBinaryProperty(point, UProperty.DEFAULT_IGNORABLE_CODE_POINT)
                || switch (Character.getType(point)) {
                    case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                        true;
                    default -> false;
                };
    }

    private static boolean isSpace(int point) {
        return Character.getType(point) == Character.SPACE_SEPARATOR;
    }
}
