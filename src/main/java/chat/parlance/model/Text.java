package chat.parlance.model;

import chat.parlance.error.ChatException;
import java.nio.charset.StandardCharsets;

/** Checks of free text at the edge, before it becomes part of a record. */
public final class Text {

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

    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
