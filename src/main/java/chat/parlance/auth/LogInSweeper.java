package chat.parlance.auth;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Deletes ended sessions, old log-in attempts, counts of log-ins and expired links, a bounded number at a time: at each interval, and again after a short
 * pause while there are more. Every node runs one. May be stopped from any thread.
 */
public final class LogInSweeper {

    /** Limit of the rows that one statement deletes. */
    private static final int LIMIT = 500;

    private static final int PAUSE_MS = 100;

    private final Vertx vertx;
    private final LogInSweep sweep;
    private final AuthSettings settings;
    private long timer;
    private boolean working;
    private @Nullable Promise<Void> stopped;

    private LogInSweeper(Vertx vertx, LogInSweep sweep, AuthSettings settings) {
        this.vertx = vertx;
        this.sweep = sweep;
        this.settings = settings;
    }

    /** Sweeps until it is stopped. */
    public static LogInSweeper start(Vertx vertx, LogInSweep sweep, AuthSettings settings) {
        LogInSweeper sweeper = new LogInSweeper(vertx, sweep, settings);
        sweeper.after(settings.sweepIntervalMs());
        return sweeper;
    }

    /** Stops the sweep; completes when no deletion is running. */
    public synchronized Future<Void> stop() {
        Promise<Void> ended = Promise.promise();
        stopped = ended;
        vertx.cancelTimer(timer);
        if (!working) {
            ended.complete();
        }
        return ended.future();
    }

    private synchronized void after(long delayMs) {
        if (stopped == null) {
            timer = vertx.setTimer(delayMs, fired -> work());
        } else {
            stopped.tryComplete();
        }
    }

    private synchronized void work() {
        if (stopped != null) {
            return;
        }
        working = true;
        Duration window = Duration.ofSeconds(settings.logIns().failureWindowSeconds());
        // The polls reach back for revocations that long, so ended sessions are kept for it.
        Future.join(
                        sweep.endedSessions(settings.revocationsKept(), LIMIT),
                        sweep.oldAttempts(window, LIMIT),
                        sweep.endedTallies(window, LIMIT),
                        sweep.expiredInvites(settings.revocationsKept(), LIMIT),
                        sweep.expiredResets(LIMIT))
                .onComplete(swept -> {
                    boolean more =
                            swept.succeeded() && swept.result().<Integer>list().contains(LIMIT);
                    done(more ? PAUSE_MS : settings.sweepIntervalMs());
                });
    }

    private synchronized void done(long pauseMs) {
        working = false;
        after(pauseMs);
    }
}
