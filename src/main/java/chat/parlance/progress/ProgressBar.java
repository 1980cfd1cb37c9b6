package chat.parlance.progress;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/** Progress of a count, as a bar that is redrawn in place on a terminal; nothing is written to files and pipes. */
public final class ProgressBar {

    private static final int WIDTH = 40;

    private final PrintStream out;
    private final boolean onTerminal;
    private final long expected;
    private final String unit;

    /**
     * @param expected the count at the end, which may be an estimate
     * @param unit of the count, in the plural
     */
    ProgressBar(PrintStream out, boolean onTerminal, long expected, String unit) {
        this.out = out;
        this.onTerminal = onTerminal;
        this.expected = expected;
        this.unit = unit;
    }

    /** A bar on standard error, if the command was started from a terminal and writes to it. */
    public static ProgressBar ofProcess(long expected, String unit) {
        boolean onTerminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        return new ProgressBar(System.err, onTerminal, expected, unit);
    }

    public void show(long count) {
        if (onTerminal) {
            int done = expected == 0 ? WIDTH : (int) Math.min(WIDTH, count * WIDTH / expected);
            out.printf(Locale.ROOT, "\r[%s%s] %,d %s", "#".repeat(done), ".".repeat(WIDTH - done), count, unit);
        }
    }

    /** Shows the last count and ends the line. */
    public void end(long count) {
        show(count);
        if (onTerminal) {
            out.println();
        }
    }
}
