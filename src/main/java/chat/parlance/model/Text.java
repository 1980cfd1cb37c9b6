package chat.parlance.model;

import chat.parlance.error.ChatException;
import java.nio.charset.StandardCharsets;

/** Checks of free text at the edge, before it becomes part of a record. */
public final class Text {

    public static final int MAX_EMOJI_LENGTH = 32;

    /** Bytes of UTF-8 of the longest message text that a node can be configured to take. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int KEYCAP = 0x20E3;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int VARIATION_SELECTOR_16 = 0xFE0F;

    private Text() {}

    /**
     * Message text: not blank, no NUL, no lone surrogate, at most {@code maxBytes} of UTF-8.
     *
     * @return the text unchanged
     */
    public static String message(String text, int maxBytes) {
        if (text.isBlank()) {
            throw ChatException.badRequest("The text is empty");
        }
        requireStorable("text", text);
        // A char is at most three bytes of UTF-8 (a surrogate pair is four for two), so most texts need no encoding.
        if (text.length() * 3 > maxBytes && text.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            throw ChatException.badRequest("The text is longer than " + maxBytes + " bytes");
        }
        return text;
    }

    /** A line shown to people, which may be empty: at most {@code maxLength} characters, none of them a control. */
    public static String line(String field, String text, int maxLength) {
        String stripped = prose(field, text, maxLength);
        if (stripped.codePoints().anyMatch(Text::isInvisible)) {
            throw ChatException.badRequest("The " + field + " has a control or invisible character");
        }
        return stripped;
    }

    /** Text shown to people, which may be empty: at most {@code maxLength} characters. */
    public static String prose(String field, String text, int maxLength) {
        String stripped = text.strip();
        if (stripped.length() > maxLength) {
            throw ChatException.badRequest("The " + field + " has at most " + maxLength + " characters");
        }
        requireStorable(field, stripped);
        return stripped;
    }

    /** One emoji, with its modifiers: at most {@link #MAX_EMOJI_LENGTH} characters and nothing that is no emoji. */
    public static String emoji(String emoji) {
        boolean valid = !emoji.isEmpty()
                && emoji.length() <= MAX_EMOJI_LENGTH
                && emoji.codePoints().anyMatch(Text::isPicture)
                && emoji.codePoints().allMatch(Text::isPartOfEmoji);
        if (!valid) {
            throw ChatException.badRequest("That is not an emoji");
        }
        return emoji;
    }

    /** A name shown to people: 1 to {@code maxLength} characters, none of them a control or format character. */
    public static String displayName(String field, String name, int maxLength) {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > maxLength) {
            throw ChatException.badRequest("The " + field + " has 1 to " + maxLength + " characters");
        }
        requireStorable(field, stripped);
        if (stripped.codePoints().anyMatch(Text::isInvisible)) {
            throw ChatException.badRequest("The " + field + " has a control or invisible character");
        }
        return stripped;
    }

    /** Postgres stores neither NUL nor a lone surrogate. */
    public static void requireStorable(String field, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw ChatException.badRequest("The " + field + " has a NUL character");
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw ChatException.badRequest("The " + field + " has half of a surrogate pair");
                }
                i++;
            }
        }
    }

    /** Digits and the like are emoji only with a keycap around them. */
    private static boolean isPicture(int codePoint) {
        return codePoint == KEYCAP
                || (Character.isEmoji(codePoint) && codePoint > 0xFF)
                || codePoint == 0xA9
                || codePoint == 0xAE;
    }

    private static boolean isPartOfEmoji(int codePoint) {
        return Character.isEmoji(codePoint)
                || Character.isEmojiComponent(codePoint)
                || codePoint == KEYCAP
                || codePoint == ZERO_WIDTH_JOINER
                || codePoint == VARIATION_SELECTOR_16;
    }

    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
