package chat.parlance.auth;

import java.text.Normalizer;
import java.util.Locale;
import java.util.stream.Stream;

/** Disguises of a password that guessing programs try. */
final class PasswordForms {

    private static final String DISGUISED = "013457@$!|89+(";

    /** Letters that digits and signs may stand for; here a 1 is an i. */
    private static final String AS_I = "oieastasiibgtc";

    private static final String AS_L = "oleastasllbgtc";

    private PasswordForms() {}

    /** Text in lower case and in NFKC, which gives each character one form. */
    static String lowerCase(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    /** The text itself and all words that it may disguise. */
    static Stream<String> of(String text) {
        return Stream.of(text, replaced(text, AS_I), replaced(text, AS_L))
                .flatMap(form -> Stream.of(form, lettersAndDigits(form)))
                .flatMap(form -> Stream.of(form, repeatedPart(form)))
                .flatMap(form ->
                        Stream.of(form, new StringBuilder(form).reverse().toString()))
                .distinct();
    }

    /** Text without digits and signs at the end. */
    static String trimmedEnd(String text) {
        int end = text.length();
        while (end > 0 && !Character.isLetter(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(0, end);
    }

    /** Text without digits and signs at both ends. */
    static String trimmed(String text) {
        String rest = trimmedEnd(text);
        int begin = 0;
        while (begin < rest.length() && !Character.isLetter(rest.codePointAt(begin))) {
            begin += Character.charCount(rest.codePointAt(begin));
        }
        return rest.substring(begin);
    }

    static String lettersAndDigits(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}]", "");
    }

    /** Number of characters that do not continue a run such as {@code abcd}, {@code 4321} or {@code zzz}. */
    static int unpredicted(String text) {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean goesOn = i > 1
                    && Math.abs(text.charAt(i) - text.charAt(i - 1)) <= 1
                    && text.charAt(i) - text.charAt(i - 1) == text.charAt(i - 1) - text.charAt(i - 2);
            count += goesOn ? 0 : 1;
        }
        return count;
    }

    /** Shortest part whose repetition is the text; the text itself when it repeats nothing. */
    static String repeatedPart(String text) {
        for (int length = 1; 2 * length <= text.length(); length++) {
            String part = text.substring(0, length);
            if (text.length() % length == 0 && text.equals(part.repeat(text.length() / length))) {
                return part;
            }
        }
        return text;
    }

    private static String replaced(String text, String letters) {
        StringBuilder plain = new StringBuilder(text.length());
        text.chars().forEach(character -> {
            int index = DISGUISED.indexOf(character);
            plain.append(index < 0 ? (char) character : letters.charAt(index));
        });
        return plain.toString();
    }
}
