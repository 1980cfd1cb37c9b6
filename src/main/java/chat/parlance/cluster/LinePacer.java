package chat.parlance.cluster;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Rate limit of a log line about the actions of strangers: a first line, then at most one a minute with the count, so
 * that a stranger who reaches a port cannot fill the log. May be called from any thread.
 */
final class LinePacer {

    static final long INTERVAL_NS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoTime;
    private long loggedNs;
    private long since;
    private boolean logged;

    LinePacer(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Counts one action. Returns the count since the last line when a line is due, else 0. */
    synchronized long countToLog() {
        since++;
        long nowNs = nanoTime.getAsLong();
        if (logged && nowNs - loggedNs < INTERVAL_NS) {
            return 0;
        }
        long count = since;
        logged = true;
        loggedNs = nowNs;
        since = 0;
        return count;
    }
}
