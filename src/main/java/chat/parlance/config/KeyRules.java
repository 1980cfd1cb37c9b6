package chat.parlance.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Rules for a key that an operator chooses: an attacker who guesses the key can act as any user. A random key, in
 * hexadecimal digits or Base64, passes them; a key that is short, is a placeholder, repeats itself, counts, consists of
 * words or of rows of a keyboard, was published as an example, or is shown in a document that comes with the program
 * does not.
 */
final class KeyRules {

    private static final int MIN_BYTES = 32;

    /** Limit of the checked bytes; a key whose first bytes are random is random. */
    private static final int MAX_BYTES = 1_024;

    /** Least number of different characters of a key. */
    private static final int MIN_DISTINCT = 8;

    /** Least number of bytes that neither count nor repeat; 32 random hexadecimal digits have 24 or more. */
    private static final int MIN_UNPREDICTED = 24;

    /** The same for the 16 bytes that such digits encode. */
    private static final int MIN_DECODED_UNPREDICTED = 12;

    /** Least length of a run or a repetition. */
    private static final int RUN = 4;

    /**
     * Least number of characters of the two rarer kinds among capitals, small letters and digits; random Base64 has
     * more.
     */
    private static final int MIN_MIXED = 3;

    /** The same for a text whose letters are all capitals or all small, except one. */
    private static final int MIN_MIXED_ONE_CASE = 8;

    /** Words have at most one character in this many of those kinds. */
    private static final int WORDS_MIXED_PART = 8;

    /** Consonants of the Latin alphabet; letters beyond it are taken for those of words. */
    private static final String CONSONANTS = "bcdfghjklmnpqrstvwxz";

    private static final Pattern MANY_CONSONANTS = Pattern.compile("[" + CONSONANTS + "]{6}");

    /** Least number of bytes that are text beyond ASCII. */
    private static final int MIN_TEXT_BYTES = 24;

    private static final Set<Integer> NOT_PRINTABLE = Set.of(
            (int) Character.CONTROL,
            (int) Character.FORMAT,
            (int) Character.PRIVATE_USE,
            (int) Character.SURROGATE,
            (int) Character.UNASSIGNED);

    /** Placeholders of a key, or descriptions of one; no random key contains any. */
    private static final Pattern PLACEHOLDER = Pattern.compile(
            "(?i)\\$\\{|<[^>]*>|change.?me|replace.?me|insecure|secret|password|parlance|example|placeholder");

    private static final List<String> DOCUMENTS =
            List.of("/conf/parlance.yaml", "/api/openapi.yaml", "/api/asyncapi.yaml");

    private KeyRules() {}

    /** Reason to refuse a key, as a part of a sentence; empty for a good one. */
    static Optional<String> fault(String key) {
        byte[] bytes = key.getBytes(UTF_8);
        if (bytes.length < MIN_BYTES) {
            return Optional.of("is shorter than " + MIN_BYTES + " bytes");
        }
        if (PLACEHOLDER.matcher(key).find()) {
            return Optional.of("is a placeholder");
        }
        if (key.chars().distinct().count() < MIN_DISTINCT
                || unpredicted(bytes) < MIN_UNPREDICTED
                || decoded(key).anyMatch(inner -> unpredicted(inner) < MIN_DECODED_UNPREDICTED)) {
            return Optional.of("repeats itself or counts");
        }
        if (consistsOfWords(key) || decoded(key).anyMatch(KeyRules::isText)) {
            return Optional.of("consists of words");
        }
        if (KeyboardWalks.consistsOf(head(key))) {
            return Optional.of("consists of rows of a keyboard");
        }
        if (isShown(key) || PublishedKeys.contain(key)) {
            return Optional.of("is shown in a document");
        }
        return Optional.empty();
    }

    /** Number of bytes that neither continue equal steps, as in 1234 or aaaa, nor repeat earlier bytes. */
    private static int unpredicted(byte[] bytes) {
        int count = 0;
        for (int i = 0; i < Math.min(bytes.length, MAX_BYTES); i++) {
            count += isStep(bytes, i, 1) || isStep(bytes, i, 2) || isRepeated(bytes, i) ? 0 : 1;
        }
        return count;
    }

    /** @param apart 1 for neighbours, 2 for every other byte, as in a1b2c3d4 */
    private static boolean isStep(byte[] bytes, int index, int apart) {
        if (index < (RUN - 1) * apart) {
            return false;
        }
        for (int i = 1; i < RUN - 1; i++) {
            int at = index - i * apart;
            if (bytes[at + apart] - bytes[at] != bytes[at] - bytes[at - apart]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isRepeated(byte[] bytes, int index) {
        for (int end = RUN - 1; end < index; end++) {
            int length = 0;
            while (length < RUN && end >= length && bytes[end - length] == bytes[index - length]) {
                length++;
            }
            if (length == RUN) {
                return true;
            }
        }
        return false;
    }

    /** True for a text that is mostly of one kind of characters. Hexadecimal digits form no words. */
    private static boolean consistsOfWords(String key) {
        String text = key.replaceAll("[^\\p{L}\\p{N}]", "");
        if (text.matches("[0-9a-fA-F]+")) {
            return false;
        }
        // Digits at the end are often a year.
        long digits = text.replaceAll("(0?123|987)\\d*|\\d{1,4}$", "")
                .chars()
                .filter(Character::isDigit)
                .count();
        long small = text.chars().filter(Character::isLowerCase).count();
        // A capital before small letters begins a word.
        long capitals = text.replaceAll("\\p{Lu}(?=\\p{Ll}{3})|(?<=^|\\p{Ll})\\p{Lu}(?=\\p{Ll}{2})", "")
                .chars()
                .filter(Character::isUpperCase)
                .count();
        long mixed = digits + small + capitals - Math.max(digits, Math.max(small, capitals));
        boolean isOneCase = Math.min(small, capitals) <= 1;
        return mixed < MIN_MIXED
                || (mixed < MIN_MIXED_ONE_CASE && isOneCase)
                || (mixed * WORDS_MIXED_PART <= text.length() && isPronounceable(text));
    }

    /** True for letters as in words; random letters have fewer vowels, and longer runs of consonants. */
    private static boolean isPronounceable(String text) {
        String letters = text.replaceAll("\\P{L}", "").toLowerCase(Locale.ROOT);
        long consonants = letters.chars()
                .filter(letter -> CONSONANTS.indexOf(letter) >= 0)
                .count();
        return 3 * consonants <= 2L * letters.length()
                && !MANY_CONSONANTS.matcher(letters).find();
    }

    /** Bytes that the key may encode. */
    static Stream<byte[]> decoded(String key) {
        return Stream.<Function<String, byte[]>>of(
                        HexFormat.of()::parseHex, Base64.getDecoder()::decode, Base64.getUrlDecoder()::decode)
                .flatMap(decoder -> decode(decoder, key).stream());
    }

    private static Optional<byte[]> decode(Function<String, byte[]> decoder, String key) {
        try {
            return Optional.of(decoder.apply(key));
        } catch (IllegalArgumentException otherwise) {
            return Optional.empty();
        }
    }

    /** True for printable text. Few random bytes are text beyond ASCII by chance, so it takes more of them. */
    private static boolean isText(byte[] bytes) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            boolean isAscii = text.length() == bytes.length;
            return (isAscii || bytes.length >= MIN_TEXT_BYTES)
                    && text.codePoints().allMatch(KeyRules::isPrintable);
        } catch (CharacterCodingException noText) {
            return false;
        }
    }

    private static boolean isPrintable(int character) {
        return Character.isWhitespace(character) || !NOT_PRINTABLE.contains(Character.getType(character));
    }

    /** Beginning of a key, which is checked. */
    private static String head(String key) {
        return key.substring(0, Math.min(key.length(), MAX_BYTES));
    }

    private static boolean isShown(String key) {
        return DOCUMENTS.stream().anyMatch(document -> {
            try (InputStream in = Objects.requireNonNull(KeyRules.class.getResourceAsStream(document), document)) {
                return new String(in.readAllBytes(), UTF_8).contains(key);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        });
    }
}
