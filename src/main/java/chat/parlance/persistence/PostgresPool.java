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
 * A pool of connections that can be given up as a whole: when packets to Postgres vanish, a connection hangs as long as
 * TCP retransmits, and every request on it hangs with it. The waiting requests are bounded. May be used from any event
 * loop.
 */
final class PostgresPool {

    private final Pool pool;
    private final Workload workload;
    private final int maxWaiting;
    private final StoreMeters meters;
    private final Condition failing;
    private final Set<Promise<?>> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicLong answers = new AtomicLong();
    private volatile boolean closed;

    /**
     * @param maxWaiting the most requests that wait for an answer; more are refused
     * @param failing condition of failing requests to Postgres, shared by all pools
     */
    PostgresPool(Pool pool, Workload workload, int maxWaiting, StoreMeters meters, Condition failing) {
        this.pool = pool;
        this.workload = workload;
        this.maxWaiting = maxWaiting;
        this.meters = meters;
        this.failing = failing;
    }

    /** Number of open connections. */
    int connections() {
        return pool.size();
    }

    /** Number of requests without an answer. */
    int pending() {
        return underWay.size();
    }

    /** Number of answers of Postgres so far, successes and errors: while it rises, the connections live. */
    long answers() {
        return answers.get();
    }

    /**
     * Runs some work. Fails with an unknown outcome when it takes too long or the pool is given up, or at once with
     * {@code server.overloaded} when too many requests wait already, or {@code storage.unavailable} when the node stops.
     */
    <T> Future<T> run(Function<Pool, Future<T>> work, int timeoutMs) {
        return run(pool -> work.apply(pool).timeout(timeoutMs, TimeUnit.MILLISECONDS));
    }

    /** Runs some work without a timeout, until the pool is given up. */
    <T> Future<T> run(Function<Pool, Future<T>> work) {
        if (underWay.size() >= maxWaiting) {
            meters.readRefused(workload);
            return Future.failedFuture(new ChatException(ErrorCode.SERVER_OVERLOADED));
        }
        meters.asked(workload);
        long begin = System.nanoTime();
        Promise<T> answered = CallerPromise.make();
        underWay.add(answered);
        if (closed) {
            underWay.remove(answered);
            return Future.failedFuture(new ChatException(ErrorCode.STORAGE_UNAVAILABLE));
        }
        work.apply(pool).onComplete(done -> {
            underWay.remove(answered);
            if (done.succeeded() || done.cause() instanceof PgException) {
                answers.incrementAndGet();
                meters.answered(workload, System.nanoTime() - begin);
            }
            if (done.succeeded()) {
                answered.tryComplete(done.result());
            } else {
                answered.tryFail(done.cause());
            }
        });
        return answered.future().onFailure(cause -> {
            if (Statements.isLockTimeout(cause)) {
                meters.lockTimedOut(workload);
            } else if (!isRefusal(cause)) {
                meters.failed(workload);
                failing.occurred(workload + ": " + cause);
            }
        });
    }

    /** True when this node or Postgres refused a request because of its content, which is no failure of Postgres. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof ChatException || Statements.isUniqueViolation(failure);
    }

    /** Fails all pending requests, and closes the connections that can still be closed. */
    void giveUp() {
        underWay.forEach(waiting -> waiting.tryFail("the connections to Postgres were given up"));
        pool.close();
    }

    /** Closes the pool of a stopping node: pending and later requests fail, but without a failure of Postgres. */
    void close() {
        closed = true;
        underWay.forEach(waiting -> waiting.tryFail(new ChatException(ErrorCode.STORAGE_UNAVAILABLE)));
        pool.close();
    }
}
