package chat.parlance.log;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * A lasting condition that fails many requests, such as a Postgres that does not answer. An operator needs its
 * beginning, end and size, not a line for each failure: it logs a WARN with the first cause, then at most one WARN in
 * ten seconds with the number of failures since the last line, and an INFO with its duration and the total once nothing
 * has failed for five seconds. A condition that recurs within these five seconds counts as one.
 *
 * <p>May be used from any thread.
 */
public final class Condition {

    static final int LINE_INTERVAL_MS = 10_000;
    static final int QUIET_MS = 5_000;
    static final int CHECK_INTERVAL_MS = 1_000;

    private final Logger log;
    private final String begun;
    private final String ended;
    private final LongSupplier nanoTime;
    private final Executor later;
    private boolean lasts;
    private long beginNs;
    private long newestNs;
    private long lineNs;
    private long total;
    private long sinceLine;
    private String newestCause = "";

    /** @param later runs an action {@link #CHECK_INTERVAL_MS} later; it is used only while the condition lasts */
    Condition(Logger log, String begun, String ended, LongSupplier nanoTime, Executor later) {
        this.log = log;
        this.begun = begun;
        this.ended = ended;
        this.nanoTime = nanoTime;
        this.later = later;
    }

    /**
     * Creates a condition.
     *
     * @param begun message of the first line and those in between
     * @param ended message of the last line
     */
    public static Condition of(Logger log, String begun, String ended) {
        return new Condition(
                log,
                begun,
                ended,
                System::nanoTime,
                CompletableFuture.delayedExecutor(CHECK_INTERVAL_MS, TimeUnit.MILLISECONDS));
    }

    /** Counts one failure, and logs it when it is the first. */
    public void occurred(String cause) {
        occurred(cause, null);
    }

    /**
     * Counts one failure, and logs it when it is the first.
     *
     * @param trace stack trace for the first line, for a failure that only a programmer can mend
     */
    public synchronized void occurred(String cause, @Nullable Throwable trace) {
        newestNs = nanoTime.getAsLong();
        newestCause = cause;
        total++;
        sinceLine++;
        if (!lasts) {
            lasts = true;
            beginNs = newestNs;
            line(trace);
            later.execute(this::check);
        }
    }

    private synchronized void check() {
        long now = nanoTime.getAsLong();
        if (now - newestNs >= TimeUnit.MILLISECONDS.toNanos(QUIET_MS)) {
            log.atInfo()
                    .addKeyValue("lastedMs", lastedMs())
                    .addKeyValue("times", total)
                    .log(ended);
            lasts = false;
            total = 0;
            sinceLine = 0;
            return;
        }
        if (sinceLine > 0 && now - lineNs >= TimeUnit.MILLISECONDS.toNanos(LINE_INTERVAL_MS)) {
            line(null);
        }
        later.execute(this::check);
    }

    private void line(@Nullable Throwable trace) {
        log.atWarn()
                .setCause(trace)
                .addKeyValue("cause", newestCause)
                .addKeyValue("lastedMs", lastedMs())
                .addKeyValue("times", sinceLine)
                .log(begun);
        lineNs = nanoTime.getAsLong();
        sinceLine = 0;
    }

    private long lastedMs() {
        return TimeUnit.NANOSECONDS.toMillis(newestNs - beginNs);
    }
}
