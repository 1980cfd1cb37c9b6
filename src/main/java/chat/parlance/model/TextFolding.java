package chat.parlance.model;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Folding of texts for searches: case, accents, width, ligatures, and the digits of all scripts. */
public final class TextFolding {

    private static final int VOICED_MARK = 0x3099;
    private static final int SEMI_VOICED_MARK = 0x309A;
    private static final int TATWEEL = 0x0640;

    private TextFolding() {}

    /** The words of a name, folded, with one space between them; may be empty. */
    public static String foldWords(String text) {
        return Stream.of(text.split("\\s+"))
                .map(TextFolding::fold)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** @return letters, digits and the marks that belong to them; may be empty */
    public static String fold(String run) {
        if (isPlain(run)) {
            return run.toLowerCase(Locale.ROOT);
        }
        // Upper case first: only it unites the dotted and dotless i, ss and its ligature, and the two sigmas.
        String upper = run.toUpperCase(Locale.ROOT);
        StringBuilder folded = new StringBuilder(upper.length());
        Normalizer.normalize(upper, Normalizer.Form.NFKD)
                .codePoints()
                .filter(TextFolding::isKept)
                .forEach(character -> append(folded, character));
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    private static boolean isPlain(String run) {
        for (int i = 0; i < run.length(); i++) {
            if (run.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /**
     * True for characters that stay: accents and vowel points are dropped, marks that make another letter (of Thai, of
     * Devanagari, of kana) are not.
     */
    private static boolean isKept(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK -> {
                UnicodeScript script = UnicodeScript.of(character);
                yield character == VOICED_MARK
                        || character == SEMI_VOICED_MARK
                        || (script != UnicodeScript.INHERITED
                                && script != UnicodeScript.HEBREW
                                && script != UnicodeScript.ARABIC);
            }
            case Character.COMBINING_SPACING_MARK -> true;
            default -> Character.isLetterOrDigit(character) && character != TATWEEL;
        };
    }

    private static void append(StringBuilder folded, int character) {
        if (Character.getType(character) == Character.DECIMAL_DIGIT_NUMBER) {
            folded.append((char) ('0' + Character.digit(character, 10)));
            return;
        }
        int lower = Character.toLowerCase(character);
        switch (lower) {
            case 'æ' -> folded.append("ae");
            case 'œ' -> folded.append("oe");
            case 'ø' -> folded.append('o');
            case 'đ', 'ð' -> folded.append('d');
            case 'ł' -> folded.append('l');
            case 'þ' -> folded.append("th");
            case 'ß' -> folded.append("ss");
            default -> folded.appendCodePoint(lower);
        }
    }
}
