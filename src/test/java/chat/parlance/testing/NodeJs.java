package chat.parlance.testing;

import com.microsoft.playwright.impl.driver.Driver;
import io.vertx.core.json.JsonObject;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Node.js that Playwright brings, so that nothing has to be installed, and all machines have the same version. */
public final class NodeJs {

    private static final Path SCRIPTS = Path.of("src/test/javascript").toAbsolutePath();

    private static final Pattern PASSED = Pattern.compile("ℹ pass ([0-9]+)");

    private NodeJs() {}

    /** Output of a script of {@code src/test/javascript}, line by line, and its exit code. */
    public record Outcome(int exitCode, List<String> lines) {}

    /** Runs a script with this standard input; its frames are checked against the contract. */
    public static Outcome run(String script, String input, String... arguments) {
        return run(List.of(), script, input, arguments);
    }

    private static Outcome run(List<String> options, String script, String input, String... arguments) {
        try {
            Path frames = Files.createTempFile("frames", ".jsonl");
            try {
                OverheardFrames.Recording recording = OverheardFrames.record(frames);
                List<String> command = new ArrayList<>(recording.arguments());
                command.addAll(options);
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

    /**
     * Runs a file of tests against {@link TestNode}.
     *
     * @param input data for the tests, besides the node's address and the users' password
     * @return number of passed tests
     * @throws AssertionError when a test did not pass
     */
    public static int runTests(String file, Map<String, Object> input) {
        JsonObject told =
                new JsonObject().put("origin", "http://" + TestNode.address()).put("password", Rest.PASSWORD);
        input.forEach(told::put);
        // A failed test leaves its clients connected, which would keep the process running.
        Outcome outcome = run(List.of("--test-force-exit"), file, told.encode());
        if (outcome.exitCode() != 0) {
            throw new AssertionError(String.join("\n", outcome.lines()));
        }
        return outcome.lines().stream()
                .map(PASSED::matcher)
                .filter(Matcher::matches)
                .mapToInt(passed -> Integer.parseInt(passed.group(1)))
                .sum();
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
            // The exit code shows the failure.
        }
    }

    /** The path of the program. */
    public static String executable() {
        return Driver.ensureDriverInstalled(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), false)
                .createProcessBuilder()
                .command()
                .getFirst();
    }
}
