package chat.parlance.verification;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/** Progress of a count, as a bar that is redrawn in place on a terminal; nothing is written to files and pipes. */
final class ProgressBar {

    private static final int WIDTH = 40;

    private final PrintStream out;
    private final boolean onTerminal;
    private final long expected;

    /** @param expected the count at the end, which in a broken database may be wrong */
    ProgressBar(PrintStream out, boolean onTerminal, long expected) {
        this.out = out;
        this.onTerminal = onTerminal;
        this.expected = expected;
    }

    /** A bar on standard error, if the command was started from a terminal and writes to it. */
    static ProgressBar ofProcess(long expected) {
        boolean onTerminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        return new ProgressBar(System.err, onTerminal, expected);
    }

    void show(long count) {
        if (onTerminal) {
            int done = expected == 0 ? WIDTH : (int) Math.min(WIDTH, count * WIDTH / expected);
            out.printf(Locale.ROOT, "\r[%s%s] %,d events", "#".repeat(done), ".".repeat(WIDTH - done), count);
        }
    }

    /** Shows the last count and ends the line. */
    void end(long count) {
        show(count);
        if (onTerminal) {
            out.println();
        }
    }
}
