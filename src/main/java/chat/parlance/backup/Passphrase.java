package chat.parlance.backup;

import chat.parlance.error.StartupException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passphrase of a backup: from a file, from the terminal, or the first line of the standard input. So no list of
 * processes and no history of a shell has it.
 */
final class Passphrase {

    private static final int MIN_LENGTH = 12;

    private Passphrase() {}

    /** Passphrase of a new backup, which is asked for twice. */
    static String ofNew(@Nullable Path file) throws IOException {
        String passphrase = read(file, true);
        if (passphrase.length() < MIN_LENGTH) {
            throw StartupException.usage("a passphrase has %d characters or more".formatted(MIN_LENGTH));
        }
        return passphrase;
    }

    /** Passphrase of a backup that there is. */
    static String ofExisting(@Nullable Path file) throws IOException {
        return read(file, false);
    }

    private static String read(@Nullable Path file, boolean twice) throws IOException {
        if (file != null) {
            return firstLine(Files.newBufferedReader(file, StandardCharsets.UTF_8));
        }
        Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (terminal.isEmpty()) {
            return firstLine(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        }
        char[] typed = terminal.get().readPassword("Passphrase of the backup: ");
        char[] again = twice ? terminal.get().readPassword("The same passphrase again: ") : typed;
        if (typed == null || !Arrays.equals(typed, again)) {
            throw StartupException.usage("the two passphrases differ");
        }
        return new String(typed);
    }

    private static String firstLine(BufferedReader from) throws IOException {
        try (from) {
            String line = from.readLine();
            if (line == null || line.isEmpty()) {
                throw StartupException.usage("the passphrase is missing; give a file of it as --passphraseFile=FILE,"
                        + " or the passphrase as the first line of the standard input");
            }
            return line;
        }
    }
}
