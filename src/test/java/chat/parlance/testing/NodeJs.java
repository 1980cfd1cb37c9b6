package chat.parlance.testing;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The Node.js that Playwright brings, so that nothing has to be installed, and all machines have the same. */
public final class NodeJs {

    private static final Path SCRIPTS = Path.of("src/test/javascript").toAbsolutePath();

    private NodeJs() {}

    /** What a script of {@code src/test/javascript} wrote, line by line, and how it ended. */
    public record Outcome(int exitCode, List<String> lines) {}

    /** Runs a script with that on its standard input. */
    public static Outcome run(String script, String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of(SCRIPTS.resolve(script).toString()));
        command.addAll(Arrays.asList(arguments));
        return runCommand(command, input);
    }

    /** Runs Node.js with these arguments. */
    public static Outcome runCommand(List<String> arguments, String input) {
        List<String> command = new ArrayList<>(List.of(executable()));
        command.addAll(arguments);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            Thread.ofVirtual().start(() -> write(process, input));
            try (BufferedReader reader = process.inputReader()) {
                List<String> lines = reader.lines().toList();
                return new Outcome(process.waitFor(), lines);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static void write(Process process, String input) {
        try (Writer writer = process.outputWriter()) {
            writer.write(input);
        } catch (IOException ended) {
            // The exit code tells.
        }
    }

    private static String executable() {
        return Driver.ensureDriverInstalled(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), false)
                .createProcessBuilder()
                .command()
                .getFirst();
    }
}
