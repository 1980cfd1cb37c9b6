package chat.parlance.persistence;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.sqlclient.Pool;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A pool of connections that can be given up as a whole: when packets to Postgres vanish, a connection hangs for as long
 * as TCP hopes, and whatever waits on it would hang with it. What waits is bounded. May be used from any event loop.
 */
final class Link {

    private final Pool pool;
    private final Purpose purpose;
    private final int maxWaiting;
    private final StoreMeters meters;
    private final Set<Promise<?>> underWay = ConcurrentHashMap.newKeySet();

    /** @param maxWaiting for an answer at once, beyond which work is refused */
    Link(Pool pool, Purpose purpose, int maxWaiting, StoreMeters meters) {
        this.pool = pool;
        this.purpose = purpose;
        this.maxWaiting = maxWaiting;
        this.meters = meters;
    }

    /**
     * Does some work; fails when it takes too long or the link is given up, with an outcome that is not known, or at once
     * with {@code server.overloaded} when too much waits already.
     */
    <T> Future<T> run(Function<Pool, Future<T>> work, int timeoutMs) {
        if (underWay.size() >= maxWaiting) {
            meters.readRefused(purpose);
            return Future.failedFuture(new ChatException(ErrorCode.SERVER_OVERLOADED));
        }
        meters.asked(purpose);
        ContextInternal context = ContextInternal.current();
        Promise<T> answered = context == null ? Promise.promise() : context.promise();
        underWay.add(answered);
        work.apply(pool).timeout(timeoutMs, TimeUnit.MILLISECONDS).onComplete(done -> {
            underWay.remove(answered);
            if (done.succeeded()) {
                answered.tryComplete(done.result());
            } else {
                answered.tryFail(done.cause());
            }
        });
        return answered.future().onFailure(cause -> {
            if (Statements.isLockTimeout(cause)) {
                meters.lockTimedOut(purpose);
            } else if (!isAnswer(cause)) {
                meters.failed(purpose);
            }
        });
    }

    /** Whether the work itself failed so, by what Postgres told it. */
    private static boolean isAnswer(Throwable failure) {
        return failure instanceof ChatException || Statements.isUniqueViolation(failure);
    }

    /** Fails all that is under way, and closes what can still be closed. */
    Future<Void> giveUp() {
        underWay.forEach(waiting -> waiting.tryFail("the link to Postgres was given up"));
        return pool.close();
    }
}
