package chat.parlance.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Contents of the project's documents. */
public final class Documents {

    private static final Pattern SHELL_BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    private Documents() {}

    /** First block of shell commands in a document that contains the word. */
    public static String shellBlock(String file, String word) {
        return SHELL_BLOCK
                .matcher(read(file))
                .results()
                .map(block -> block.group(1))
                .filter(commands -> commands.contains(word))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no commands with " + word + " in " + file));
    }

    /** The text of a document, by its path from the project's root. */
    public static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
