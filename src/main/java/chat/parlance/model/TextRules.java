package chat.parlance.model;

import chat.parlance.error.ChatException;
import chat.parlance.text.Drawing;
import chat.parlance.text.Emoji;
import chat.parlance.text.Glyphs;
import chat.parlance.text.NameCharacters;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;

/** Checks of free text from clients, before it becomes part of a record. */
public final class TextRules {

    public static final int MAX_EMOJI_LENGTH = 32;

    /** Longest message text that a node can be configured to accept, in bytes of UTF-8. */
    public static final int MAX_BYTES = 1 << 20;

    private TextRules() {}

    /**
     * Checks a message text: something visible, as typed and as drawn, no NUL, no lone surrogate, at most {@code
     * maxBytes} of UTF-8.
     *
     * @return the text unchanged
     */
    public static String message(String text, int maxBytes) {
        requireStorable("text", text);
        if (!Glyphs.anyIn(text)) {
            throw ChatException.badRequest(isBlank(text) ? "The text is empty" : "The text shows nothing");
        }
        // A char is at most three bytes of UTF-8 (a surrogate pair is four for two), so most texts need no encoding.
        if (text.length() * 3 > maxBytes && text.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            throw ChatException.badRequest("The text is longer than " + maxBytes + " bytes");
        }
        if (!Drawing.showsAnything(text)) {
            throw ChatException.badRequest("The text shows nothing once its Markdown is drawn");
        }
        return text;
    }

    /** Text without blanks at its ends: spaces of any kind, tabs and line breaks. */
    public static String stripped(String text) {
        return Glyphs.withoutBlankEnds(text);
    }

    /**
     * True for a text of blanks alone. Such a text counts as empty everywhere: as absent where the text is optional,
     * and refused where it is required. Other invisible characters alone are refused everywhere.
     */
    public static boolean isBlank(String text) {
        return stripped(text).isEmpty();
    }

    /**
     * Checks a line shown to people, which may be blank: at most {@code maxLength} characters, all of them allowed in a
     * name.
     */
    public static String line(String field, String text, int maxLength) {
        String line = prose(field, Glyphs.withPlainSpaces(stripped(text)), maxLength);
        requireFlawless(field, line);
        return line;
    }

    /** Checks a text shown to people, which is blank or has something visible: at most {@code maxLength} characters. */
    public static String prose(String field, String text, int maxLength) {
        String stripped = stripped(text);
        if (stripped.length() > maxLength) {
            throw ChatException.badRequest("The " + field + " has at most " + maxLength + " characters");
        }
        requireStorable(field, stripped);
        if (!stripped.isEmpty() && !Glyphs.anyIn(stripped)) {
            throw ChatException.badRequest("The " + field + " shows nothing");
        }
        return stripped;
    }

    /**
     * Checks an emoji: one of at most {@link #MAX_EMOJI_LENGTH} characters, not a skin tone or hair style alone.
     *
     * @return its canonical form, whatever form was typed
     */
    public static String emoji(String emoji) {
        return (emoji.length() <= MAX_EMOJI_LENGTH ? Emoji.canonical(emoji) : Optional.<String>empty())
                .filter(canonical -> !Emoji.isComponent(canonical))
                .orElseThrow(() -> ChatException.badRequest("That is not one emoji"));
    }

    /**
     * Checks a name shown to people: 1 to {@code maxLength} characters, all of them allowed in a name.
     *
     * @return the name composed (NFC) and with plain spaces, so that equal names are one
     */
    public static String displayName(String field, String name, int maxLength) {
        requireStorable(field, name);
        String plain = Glyphs.withPlainSpaces(Normalizer.normalize(stripped(name), Normalizer.Form.NFC));
        if (plain.isEmpty() || plain.length() > maxLength) {
            throw ChatException.badRequest("The " + field + " has 1 to " + maxLength + " characters");
        }
        requireFlawless(field, plain);
        if (!Glyphs.anyIn(plain)) {
            throw ChatException.badRequest("The " + field + " shows nothing");
        }
        return plain;
    }

    /**
     * Checks the name of a user. It must not have an {@code @} of any width: a name that looks like another's is shown
     * as {@code Alice (@alice)}, which must not be another user's name.
     */
    public static String personName(String name, int maxLength) {
        String shown = displayName("name", name, maxLength);
        if (Normalizer.normalize(shown, Normalizer.Form.NFKC).indexOf('@') >= 0) {
            throw ChatException.badRequest("The name has an @, which is for ids");
        }
        return shown;
    }

    private static void requireFlawless(String field, String line) {
        NameCharacters.flawIn(line).ifPresent(flaw -> {
            throw ChatException.badRequest("The " + field + " has "
                    + switch (flaw) {
                        case HIDDEN -> "a control or invisible character";
                        case WITHOUT_MEANING -> "a character for private use, or one that Unicode has not assigned";
                        case TOO_MANY_MARKS ->
                            "more than " + NameCharacters.MAX_MARKS
                                    + " marks on one character, or a mark without a character";
                    });
        });
    }

    /** Refuses text that Postgres cannot store: NUL and lone surrogates. */
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
}
