package chat.parlance.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.util.Optional;

/** The emoji of Unicode's list "Recommended for General Interchange" (UTS #51), each in one written form. */
public final class Emoji {

    private static final int TEXT_STYLE = 0xFE0E;
    static final int EMOJI_STYLE = 0xFE0F;

    private Emoji() {}

    /**
     * The fully qualified form, in which the emoji style is selected where it is not the default, and only there: one
     * picture is one string, whatever selectors a keyboard added.
     *
     * @return empty when the text is not exactly one emoji of the list
     */
    public static Optional<String> canonical(String typed) {
        int[] points = typed.codePoints()
                .filter(point -> point != TEXT_STYLE && point != EMOJI_STYLE)
                .toArray();
        StringBuilder qualified = new StringBuilder();
        for (int i = 0; i < points.length; i++) {
            qualified.appendCodePoint(points[i]);
            boolean modified = i + 1 < points.length && has(points[i + 1], UProperty.EMOJI_MODIFIER);
            if (has(points[i], UProperty.EMOJI) && !has(points[i], UProperty.EMOJI_PRESENTATION) && !modified) {
                qualified.appendCodePoint(EMOJI_STYLE);
            }
        }
        return UCharacter.hasBinaryProperty(qualified, UProperty.RGI_EMOJI)
                ? Optional.of(qualified.toString())
                : Optional.empty();
    }

    /** True for a character that has a text style and an emoji style. */
    static boolean hasStyles(int point) {
        return has(point, UProperty.EMOJI);
    }

    private static boolean has(int point, int property) {
        return UCharacter.hasBinaryProperty(point, property);
    }
}
