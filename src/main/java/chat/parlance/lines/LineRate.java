package chat.parlance.lines;

import chat.parlance.connection.Connection;
import chat.parlance.connection.RequestRate;
import chat.parlance.error.ChatException;
import chat.parlance.limit.Cost;
import chat.parlance.limit.RateLimits;
import chat.parlance.protocol.CloseCode;
import chat.parlance.protocol.ServerFrame;
import chat.parlance.room.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Rate limits of a person in line mode. A line beyond the limits waits until they allow it, while the connection is not
 * read: a terminal sends a pasted text as fast as it can and never sends a refused line again, so a refusal would leave
 * a hole in the text. A line that has to wait longer than {@code limits.lineWaitMs} is refused and ends the connection,
 * so that no later line is taken either.
 */
final class LineRate {

    private static final long NOTICE_INTERVAL_NS = TimeUnit.SECONDS.toNanos(10);

    private final RequestRate rate;
    private final int maxWaitMs;
    private final Scheduler scheduler;
    private final Connection connection;
    private boolean noticed;
    private long waitedNs;

    LineRate(RateLimits rates, Scheduler scheduler, Connection connection) {
        this.rate = new RequestRate(rates, connection);
        this.maxWaitMs = rates.excess().lineWaitMs();
        this.scheduler = scheduler;
        this.connection = connection;
    }

    /** Completes when the limits of the connection and of its user allow the line. Fails with {@code rate.limited}. */
    Future<Void> take(Cost cost) {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(maxWaitMs);
        return pass(() -> rate.takeOfConnection(cost), endNs)
                .compose(passed -> pass(() -> rate.takeOfUser(cost), endNs))
                .onFailure(this::cut);
    }

    private Future<Void> pass(Runnable limit, long endNs) {
        try {
            limit.run();
            return Future.succeededFuture();
        } catch (ChatException refused) {
            Duration wait = refused.retryAfter();
            if (wait == null || System.nanoTime() + wait.toNanos() - endNs > 0) {
                return Future.failedFuture(refused);
            }
            notice();
            connection.held();
            Promise<Void> passed = Promise.promise();
            scheduler.after(wait.toMillis(), () -> pass(limit, endNs).onComplete(passed));
            return passed.future();
        }
    }

    /** Notifies the person once a paste, which may have many lines. */
    private void notice() {
        long now = System.nanoTime();
        if (!noticed || now - waitedNs > NOTICE_INTERVAL_NS) {
            connection.sendText(TerminalText.of(
                            "* You send faster than the limits allow. Your lines are taken in order, as they allow it.")
                    .bytes());
        }
        noticed = true;
        waitedNs = now;
    }

    private void cut(Throwable refused) {
        connection.send(new ServerFrame.Failed(null, ChatException.of(refused)));
        connection.close(CloseCode.FLOOD);
    }
}
