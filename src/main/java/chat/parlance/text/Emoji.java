package chat.parlance.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.BreakIterator;
import java.util.BitSet;
import java.util.Locale;
import java.util.Optional;

/** The emoji of Unicode's list "Recommended for General Interchange" (UTS #51), each in one written form. */
public final class Emoji {

    private static final int TEXT_STYLE = 0xFE0E;
    private static final int EMOJI_STYLE = 0xFE0F;

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

    /**
     * True for a part of emoji that is in the list on its own: a skin tone or a hair style, which makes no sense alone.
     */
    public static boolean isComponent(String emoji) {
        return emoji.codePointCount(0, emoji.length()) == 1 && has(emoji.codePointAt(0), UProperty.EMOJI_COMPONENT);
    }

    /**
     * Indices of the parts of emoji of the list, such as joiners, tags and the selector of the emoji style. The selector of the
     * text style makes a letter of an emoji.
     */
    static BitSet partsIn(String text) {
        BitSet parts = new BitSet(text.length());
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        int start = characters.first();
        for (int end = characters.next(); end != BreakIterator.DONE; end = characters.next()) {
            String character = text.substring(start, end);
            if (character.indexOf(TEXT_STYLE) < 0 && canonical(character).isPresent()) {
                parts.set(start, end);
            }
            start = end;
        }
        return parts;
    }

    private static boolean has(int point, int property) {
        return UCharacter.hasBinaryProperty(point, property);
    }
}
