package chat.parlance.auth;

import com.nulabinc.zxcvbn.StandardDictionaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/** The 30,000 passwords that guessers try first, from the list of zxcvbn, in lower case. */
final class CommonPasswords {

    private final Set<String> passwords;

    private CommonPasswords(List<String> passwords) {
        this.passwords = Set.copyOf(passwords);
    }

    static CommonPasswords load() {
        return new CommonPasswords(byFrequency());
    }

    /** The most common one first. */
    static List<String> byFrequency() {
        try {
            return StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    boolean contains(String lowerCase) {
        return passwords.contains(lowerCase);
    }
}
