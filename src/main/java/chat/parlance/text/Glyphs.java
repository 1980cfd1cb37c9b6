package chat.parlance.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;

/** Visible and hidden characters, by the properties of Unicode. */
public final class Glyphs {

    /** Symbol that Unicode draws empty, without a property for it. */
    private static final int BRAILLE_BLANK = 0x2800;

    private static final int NULL_NOTEHEAD = 0x1D159;

    private Glyphs() {}

    /** True for a text with a visible character; spaces, and marks without a letter, are none. */
    public static boolean anyIn(String text) {
        return text.codePoints().anyMatch(Glyphs::isSeen);
    }

    /** Text without blanks at its ends: spaces of any kind, tabs and line breaks (White_Space of Unicode). */
    public static String withoutBlankEnds(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && UCharacter.isUWhiteSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && UCharacter.isUWhiteSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Text with each run of spaces of any kind as one plain space, and none at the ends. */
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
        return withoutBlankEnds(plain.toString());
    }

    /** True for a character that is visible by itself. */
    static boolean isSeen(int point) {
        return !isSpace(point)
                && !isHidden(point)
                && switch (Character.getType(point)) {
                    case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
                        false;
                    default -> true;
                };
    }

    /**
     * True for a hidden character: a control, a format character such as those of direction, and any other character
     * that Unicode ignores when drawing.
     */
    static boolean isHidden(int point) {
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
