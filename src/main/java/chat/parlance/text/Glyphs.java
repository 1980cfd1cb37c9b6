package chat.parlance.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;

/** Characters by what a reader sees of them, from the properties of Unicode. */
public final class Glyphs {

    /** Symbols by their properties, with an empty picture. */
    private static final int BRAILLE_BLANK = 0x2800;

    private static final int NULL_NOTEHEAD = 0x1D159;

    private static final int EMOJI_STYLE = 0xFE0F;

    private Glyphs() {}

    /** Whether there is something to see in the text: neither space nor marks without a letter make a text. */
    public static boolean anyIn(String text) {
        return text.codePoints().anyMatch(Glyphs::isSeen);
    }

    /**
     * Whether the text has characters that a reader does not see: controls, format characters such as those that change
     * the direction, and other characters that Unicode says to ignore when drawing, except the selector of an emoji's
     * style.
     */
    public static boolean hiddenIn(String text) {
        int before = ' ';
        for (int point : text.codePoints().toArray()) {
            if (isHidden(point) && !(point == EMOJI_STYLE && Emoji.hasStyles(before))) {
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

    private static boolean isSeen(int point) {
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
