package chat.parlance.testing;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
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

    /** Runs a script with that on its standard input; its frames are held against the contract. */
    public static Outcome run(String script, String input, String... arguments) {
        try {
            Path frames = Files.createTempFile("frames", ".jsonl");
            try {
                OverheardFrames.Recording recording = OverheardFrames.record(frames);
                List<String> command = new ArrayList<>(recording.arguments());
                command.add(SCRIPTS.resolve(script).toString());
                command.addAll(Arrays.asList(arguments));
                Outcome outcome = runCommand(command, input, recording.environment());
                recording.check();
                return outcome;
            } finally {
                Files.delete(frames);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Runs Node.js with these arguments. */
    public static Outcome runCommand(List<String> arguments, String input) {
        return runCommand(arguments, input, Map.of());
    }

    private static Outcome runCommand(List<String> arguments, String input, Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of(executable()));
        command.addAll(arguments);
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
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
