package chat.parlance.auth;

import com.nulabinc.zxcvbn.StandardDictionaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.stream.Collectors;

/** Passwords, words and names that guessers try first, 94,000 from the lists of zxcvbn, in lower case. */
final class CommonPasswords {

    private final Set<String> passwords;

    private CommonPasswords(Set<String> passwords) {
        this.passwords = passwords;
    }

    /** Reads all lists: zxcvbn leaves a password out of its list of passwords when it is more common as a word or a name. */
    static CommonPasswords load() {
        try {
            return new CommonPasswords(StandardDictionaries.loadAllDictionaries().stream()
                    .flatMap(dictionary -> dictionary.getFrequencies().stream())
                    .collect(Collectors.toUnmodifiableSet()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    boolean contains(String lowerCase) {
        return passwords.contains(lowerCase);
    }
}
