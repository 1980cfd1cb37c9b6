package chat.parlance.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs short commands of the system. */
public final class Shell {

    private Shell() {}

    /**
     * Runs a command to its end.
     *
     * @return its output
     * @throws IllegalStateException with its output, when it cannot be run or fails
     */
    public static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException absent) {
            throw new IllegalStateException(String.join(" ", command) + ": " + absent.getMessage(), absent);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Runs a command given as one line, split at blanks. */
    public static String run(String command) {
        return run(List.of(command.split(" ")));
    }

    /** Starts a command that continues to run; its output is dropped. */
    public static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
