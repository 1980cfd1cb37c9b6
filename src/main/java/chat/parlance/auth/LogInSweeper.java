package chat.parlance.auth;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Deletes ended sessions, old log-in attempts and expired links, a bounded number at a time: at each interval, and again after a short
 * pause while there are more. Every node runs one. May be stopped from any thread.
 */
public final class LogInSweeper {

    /**
     * Periods of the sweep.
     *
     * @param interval the pause between two sweeps
     * @param sessionsKept time that ended sessions are kept; longer than the polls reach back for revocations
     * @param attemptsKept the window in which attempts count
     */
    public record Settings(Duration interval, Duration sessionsKept, Duration attemptsKept) {}

    /** Limit of the rows that one statement deletes. */
    private static final int LIMIT = 500;

    private static final int PAUSE_MS = 100;

    private final Vertx vertx;
    private final LogInSweep sweep;
    private final Settings settings;
    private long timer;
    private boolean working;
    private @Nullable Promise<Void> stopped;

    private LogInSweeper(Vertx vertx, LogInSweep sweep, Settings settings) {
        this.vertx = vertx;
        this.sweep = sweep;
        this.settings = settings;
    }

    /** Sweeps until it is stopped. */
    public static LogInSweeper start(Vertx vertx, LogInSweep sweep, Settings settings) {
        LogInSweeper sweeper = new LogInSweeper(vertx, sweep, settings);
        sweeper.after(settings.interval().toMillis());
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
        Future.join(
                        sweep.endedSessions(settings.sessionsKept(), LIMIT),
                        sweep.oldAttempts(settings.attemptsKept(), LIMIT),
                        sweep.expiredInvites(settings.sessionsKept(), LIMIT),
                        sweep.expiredResets(LIMIT))
                .onComplete(swept -> {
                    boolean more =
                            swept.succeeded() && swept.result().<Integer>list().contains(LIMIT);
                    done(more ? PAUSE_MS : settings.interval().toMillis());
                });
    }

    private synchronized void done(long pauseMs) {
        working = false;
        after(pauseMs);
    }
}
