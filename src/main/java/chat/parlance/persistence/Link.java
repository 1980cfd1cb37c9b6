package chat.parlance.persistence;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.log.Condition;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A pool of connections that can be given up as a whole: when packets to Postgres vanish, a connection hangs for as long
 * as TCP retransmits, and every request on it would hang with it. The requests that wait are bounded. May be used from any
 * event loop.
 */
final class Link {

    private final Pool pool;
    private final Purpose purpose;
    private final int maxWaiting;
    private final StoreMeters meters;
    private final Condition failing;
    private final Set<Promise<?>> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicLong answers = new AtomicLong();

    /**
     * @param maxWaiting for an answer at once, beyond which work is refused
     * @param failing requests to Postgres fail, of whatever purpose
     */
    Link(Pool pool, Purpose purpose, int maxWaiting, StoreMeters meters, Condition failing) {
        this.pool = pool;
        this.purpose = purpose;
        this.maxWaiting = maxWaiting;
        this.meters = meters;
        this.failing = failing;
    }

    /** Answers of Postgres so far, good or bad: as long as they rise, its connections live. */
    long answers() {
        return answers.get();
    }

    /**
     * Does some work; fails when it takes too long or the link is given up, with an outcome that is not known, or at once
     * with {@code server.overloaded} when too much waits already.
     */
    <T> Future<T> run(Function<Pool, Future<T>> work, int timeoutMs) {
        return run(pool -> work.apply(pool).timeout(timeoutMs, TimeUnit.MILLISECONDS));
    }

    /** Does some work, however long it takes, until the link is given up. */
    <T> Future<T> run(Function<Pool, Future<T>> work) {
        if (underWay.size() >= maxWaiting) {
            meters.readRefused(purpose);
            return Future.failedFuture(new ChatException(ErrorCode.SERVER_OVERLOADED));
        }
        meters.asked(purpose);
        Promise<T> answered = CallerPromise.make();
        underWay.add(answered);
        work.apply(pool).onComplete(done -> {
            underWay.remove(answered);
            if (done.succeeded() || done.cause() instanceof PgException) {
                answers.incrementAndGet();
            }
            if (done.succeeded()) {
                answered.tryComplete(done.result());
            } else {
                answered.tryFail(done.cause());
            }
        });
        return answered.future().onFailure(cause -> {
            if (Statements.isLockTimeout(cause)) {
                meters.lockTimedOut(purpose);
            } else if (!isRefusal(cause)) {
                meters.failed(purpose);
                failing.occurred(purpose + ": " + cause);
            }
        });
    }

    /** A request that is refused for what it asks, by this node or by Postgres, says nothing against Postgres. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof ChatException || Statements.isUniqueViolation(failure);
    }

    /** Fails all that is under way, and closes what can still be closed. */
    void giveUp() {
        underWay.forEach(waiting -> waiting.tryFail("the connections to Postgres were given up"));
        pool.close();
    }

    /** Closes the pool of a node that stops: what is still under way then fails, but Postgres has not. */
    void close() {
        underWay.forEach(waiting -> waiting.tryFail(new ChatException(ErrorCode.STORAGE_UNAVAILABLE)));
        pool.close();
    }
}
