package chat.parlance.persistence;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.RoomId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * The node's transactions that change a room or its members. One transaction of a room runs at a time, on reserved
 * connections: however many users join a room whose row is locked, they delay neither writes of other rooms nor
 * readers. A write that does not get the lock in time fails with {@code server.overloaded}; nothing of it was stored.
 *
 * <p>May be used from any event loop, and keeps its state on one.
 */
final class RoomWrites {

    /** Share of all waiting writes that one room may have: a quarter. */
    private static final int SHARE_OF_ROOM = 4;

    private record Write<T>(IntFunction<Future<T>> attempt, Promise<T> answer, long deadlineNs) {

        /** Runs the write. Completes with true when the locks were free; then the write is answered. */
        Future<Boolean> run(int waitMs) {
            return attempt.apply(waitMs).transform(done -> {
                if (done.cause() instanceof LockTimeoutException) {
                    return Future.succeededFuture(false);
                }
                answer.handle(done);
                return Future.succeededFuture(true);
            });
        }
    }

    private final Context context;
    private final PostgresSettings.Changes limits;
    private final int lockTimeoutMs;
    private final StoreMeters meters;
    private final LongSupplier nanoTime;
    private final RoomTurns turns;
    private int waiting;

    /**
     * @param context of the event loop that owns the state
     * @param lockTimeoutMs limit of the wait of a write for its room's lock
     */
    RoomWrites(
            Context context,
            PostgresSettings.Changes limits,
            int lockTimeoutMs,
            StoreMeters meters,
            LongSupplier nanoTime) {
        this.context = context;
        this.limits = limits;
        this.lockTimeoutMs = lockTimeoutMs;
        this.meters = meters;
        this.nanoTime = nanoTime;
        this.turns = new RoomTurns(limits.changeConnections(), nanoTime);
    }

    /**
     * Runs a write after the earlier ones of its room.
     *
     * @param attempt runs it in a transaction that waits for a lock for the given milliseconds, and fails with a {@link
     *     LockTimeoutException} when the lock is not free; it may be called again
     */
    <T> Future<T> write(RoomId room, IntFunction<Future<T>> attempt) {
        Promise<T> answer = CallerPromise.make();
        context.runOnContext(turn -> add(room, attempt, answer));
        return answer.future();
    }

    private <T> void add(RoomId room, IntFunction<Future<T>> attempt, Promise<T> answer) {
        boolean isFirst = turns.work(room) == null;
        WritesOfRoom writes = turns.work(room) instanceof WritesOfRoom known ? known : new WritesOfRoom();
        if (waiting >= limits.maxWaitingChanges()
                || writes.waiting >= Math.ceilDiv(limits.maxWaitingChanges(), SHARE_OF_ROOM)) {
            meters.readRefused(Workload.CHANGES);
            answer.fail(new ChatException(ErrorCode.SERVER_OVERLOADED));
            return;
        }
        waiting++;
        writes.waiting++;
        answer.future()
                .onComplete(answered -> context.runOnContext(turn -> {
                    waiting--;
                    writes.waiting--;
                }));
        long timeoutNs = TimeUnit.MILLISECONDS.toNanos(lockTimeoutMs);
        writes.queue.add(new Write<>(attempt, answer, nanoTime.getAsLong() + timeoutNs));
        if (isFirst) {
            turns.add(room, writes);
        }
    }

    private final class WritesOfRoom implements RoomTurns.Work {

        private final ArrayDeque<Write<?>> queue = new ArrayDeque<>();

        /** Number of writes in the queue and of the running one. */
        private int waiting;

        @Override
        public boolean isEmpty() {
            return queue.isEmpty();
        }

        @Override
        public void dropLate() {
            while (!queue.isEmpty() && queue.peek().deadlineNs() - nanoTime.getAsLong() <= 0) {
                queue.remove().answer().fail(new ChatException(ErrorCode.SERVER_OVERLOADED));
            }
        }

        @Override
        public Future<Boolean> turn(int waitMs) {
            Write<?> first = queue.remove();
            long leftMs = TimeUnit.NANOSECONDS.toMillis(first.deadlineNs() - nanoTime.getAsLong());
            return first.run(Math.clamp(leftMs, 1, waitMs)).onSuccess(wasUnlocked -> {
                if (!wasUnlocked) {
                    queue.addFirst(first);
                    dropLate();
                }
            });
        }
    }
}
