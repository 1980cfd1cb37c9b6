package chat.parlance.auth;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rules for a new password: 8 to 128 code points after normalisation, and not among the first guesses. These are the
 * common passwords and the user's own words, also in capitals, in reverse, doubled, with letters written as digits, and
 * with digits or signs around them; and runs such as {@code abcdefgh}.
 */
public final class PasswordRules {

    private static final int MIN_LENGTH = 8;
    private static final int MAX_LENGTH = 128;

    /** Limit of characters around a word that do not make it harder to guess. */
    private static final int MAX_AFFIX = 8;

    /** The same limit around a number, which three more digits turn into another number. */
    private static final int MAX_NUMBER_AFFIX = 2;

    /** Longest number that is refused, with or without signs: dates, telephone numbers and the like. */
    private static final int MAX_NUMBER_LENGTH = 12;

    /** Least number of characters that continue no run, see {@link PasswordForms#unpredicted}. */
    private static final int MIN_UNPREDICTED = 5;

    /** Length of the part of a text that is searched for two words. */
    private static final int LONGEST_PAIR = 64;

    private final CommonPasswords common;
    private final Collection<String> siteWords;

    /** @param siteWords names of the site, which are as easy to guess as the user's own words */
    public PasswordRules(Collection<String> siteWords) {
        this.common = CommonPasswords.load();
        this.siteWords = List.copyOf(siteWords);
    }

    /**
     * Checks a password and returns the form that is hashed.
     *
     * @throws ChatException with {@code bad_request} or {@code password.weak}
     */
    String check(String typed, UserId user, String name, @Nullable String email) {
        String password = PasswordText.of(typed)
                .orElseThrow(
                        () -> ChatException.badRequest("A password has no control characters and no invisible ones"));
        int length = password.codePointCount(0, password.length());
        if (length < MIN_LENGTH || length > MAX_LENGTH) {
            throw ChatException.badRequest("A password has " + MIN_LENGTH + " to " + MAX_LENGTH + " characters");
        }
        if (password.isBlank()) {
            throw ChatException.badRequest("A password must not consist of blanks");
        }
        if (isWeak(PasswordForms.lowerCase(password), words(user, name, email))) {
            throw new ChatException(ErrorCode.PASSWORD_WEAK);
        }
        return password;
    }

    private boolean isWeak(String password, Set<String> words) {
        if (PasswordForms.unpredicted(PasswordForms.repeatedPart(password)) < MIN_UNPREDICTED
                || PasswordForms.lettersAndDigits(password).matches("\\d{1," + MAX_NUMBER_LENGTH + "}")) {
            return true;
        }
        return cores(password)
                .filter(core -> isWeakAffix(password, core))
                .flatMap(PasswordForms::of)
                .anyMatch(form -> isKnown(form, words));
    }

    /** The password, and its remainders without the digits and signs around it, or without some of those at its end. */
    private static Stream<String> cores(String password) {
        String end = PasswordForms.trimmedEnd(password);
        int most = Math.min(password.length() - end.length(), end.isEmpty() ? MAX_NUMBER_AFFIX : MAX_AFFIX);
        return Stream.concat(
                Stream.of(end, PasswordForms.trimmed(password)),
                IntStream.rangeClosed(0, most).mapToObj(cut -> password.substring(0, password.length() - cut)));
    }

    /** True when the characters around the core of a password do not make it harder to guess. */
    private boolean isWeakAffix(String password, String core) {
        int begin = password.indexOf(core);
        String affix = password.substring(0, begin) + password.substring(begin + core.length());
        return !core.isEmpty()
                && (affix.length() <= MAX_AFFIX
                        || common.contains(affix)
                        || PasswordForms.unpredicted(affix) < MIN_UNPREDICTED);
    }

    /** True for a known word, and for two words of which one is the user's own. */
    private boolean isKnown(String form, Set<String> words) {
        if (common.contains(form) || words.contains(form)) {
            return true;
        }
        for (int i = 1; i < Math.min(form.length(), LONGEST_PAIR); i++) {
            String first = form.substring(0, i);
            String second = form.substring(i);
            if ((words.contains(first) && (words.contains(second) || common.contains(second)))
                    || (words.contains(second) && common.contains(first))) {
                return true;
            }
        }
        return false;
    }

    private Set<String> words(UserId user, String name, @Nullable String email) {
        List<String> texts = new ArrayList<>(siteWords);
        texts.add(user.value());
        texts.add(name);
        if (email != null) {
            texts.add(email);
        }
        return texts.stream()
                .map(PasswordForms::lowerCase)
                .flatMap(text -> Stream.concat(Stream.of(text), Stream.of(text.split("[^\\p{L}\\p{N}]+"))))
                .flatMap(text -> Stream.of(text, PasswordForms.lettersAndDigits(text)))
                .filter(word -> word.length() > 1)
                .collect(Collectors.toSet());
    }
}
