package chat.parlance.persistence;

import chat.parlance.error.ErrorCode;
import chat.parlance.room.NewEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Path to this node's own group commit: a turn of its event loop. It has no address, so no other node can use it. May
 * be used from any event loop.
 */
final class LocalAppends implements Appends {

    private record Open(Context context, GroupCommit commit) {}

    private final int timeoutMs;
    private final StoreMeters meters;
    private volatile @Nullable Open open;

    /** @param timeoutMs time after which an event's outcome counts as unknown */
    LocalAppends(int timeoutMs, StoreMeters meters) {
        this.timeoutMs = timeoutMs;
        this.meters = meters;
    }

    /** @param context of the event loop that the group commit belongs to */
    void open(Context context, GroupCommit commit) {
        open = new Open(context, commit);
    }

    /** Closes the path: every later event is refused. */
    void close() {
        open = null;
    }

    @Override
    public Future<AppendOutcome> append(NewEvent event) {
        Open way = open;
        if (way == null) {
            return Future.succeededFuture(unavailable());
        }
        Promise<AppendOutcome> outcome = CallerPromise.make();
        // Before the event is handed over: an outcome that arrives before it has a listener would be delivered at once,
        // ahead of those that wait for their turn of the caller's event loop.
        Future<AppendOutcome> answered = outcome.future()
                .timeout(timeoutMs, TimeUnit.MILLISECONDS)
                .otherwise(late -> {
                    meters.unanswered(1);
                    return unavailable();
                });
        way.context().runOnContext(turn -> way.commit().append(event).onComplete(outcome));
        return answered;
    }

    private static AppendOutcome unavailable() {
        return new AppendOutcome.Refused(ErrorCode.STORAGE_UNAVAILABLE);
    }
}
