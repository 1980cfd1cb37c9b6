package chat.parlance.persistence;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Event;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.room.NodeBus;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The node's group commit of joins: while one batch is committed, the next one gathers. So a herd of newcomers of one
 * room, or of users who join many rooms, takes few transactions, and a lone join waits for nothing.
 *
 * <p>A batch skips rooms that another transaction has locked. Their joins, and all later ones of these rooms meanwhile,
 * wait for the room's turn among the {@link RoomWrites}, where all that wait are stored by one write.
 *
 * <p>May be used from any event loop, and keeps its state on one.
 */
final class RoomJoins {

    /** Joins in one batch. Its rooms are locked as long as it takes, and their messages wait. */
    static final int MAX_BATCH = 200;

    /** Share of all waiting joins that one room may have: a half. */
    private static final int SHARE_OF_ROOM = 2;

    private record Waiting(JoinWriter.Join join, Promise<List<Event>> answer, long deadlineNs) {}

    private final Context context;
    private final JoinWriter writer;
    private final RoomWrites writes;
    private final NodeBus bus;
    private final int maxWaiting;
    private final int batchTimeoutMs;
    private final StoreMeters meters;
    private final LongSupplier nanoTime;
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();

    /** Joins of locked rooms, which wait for the room's turn. */
    private final Map<RoomId, ArrayDeque<Waiting>> locked = new HashMap<>();

    private final Map<RoomId, Integer> countByRoom = new HashMap<>();
    private int count;
    private boolean busy;

    /**
     * @param context of the event loop that owns the state
     * @param writes gives locked rooms their turns; of the same event loop
     * @param bus receives the events of each batch after its commit
     * @param maxWaiting limit of the joins without an answer
     * @param batchTimeoutMs limit of the wait of a join for its batch
     */
    RoomJoins(
            Context context,
            JoinWriter writer,
            RoomWrites writes,
            NodeBus bus,
            int maxWaiting,
            int batchTimeoutMs,
            StoreMeters meters,
            LongSupplier nanoTime) {
        this.context = context;
        this.writer = writer;
        this.writes = writes;
        this.bus = bus;
        this.maxWaiting = maxWaiting;
        this.batchTimeoutMs = batchTimeoutMs;
        this.meters = meters;
        this.nanoTime = nanoTime;
    }

    /** Joins a room, see {@link chat.parlance.room.RoomStore#join}. */
    Future<List<Event>> join(RoomId room, UserId user) {
        Promise<List<Event>> answer = CallerPromise.make();
        context.runOnContext(turn -> add(new JoinWriter.Join(room, user), answer));
        return answer.future();
    }

    private void add(JoinWriter.Join join, Promise<List<Event>> answer) {
        int ofRoom = countByRoom.getOrDefault(join.room(), 0);
        if (count >= maxWaiting || ofRoom >= Math.ceilDiv(maxWaiting, SHARE_OF_ROOM)) {
            meters.readRefused(Workload.CHANGES);
            answer.fail(overloaded());
            return;
        }
        count++;
        countByRoom.put(join.room(), ofRoom + 1);
        long deadlineNs = nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(batchTimeoutMs);
        Waiting waiting = new Waiting(join, answer, deadlineNs);
        ArrayDeque<Waiting> ofLockedRoom = locked.get(join.room());
        if (ofLockedRoom != null) {
            ofLockedRoom.add(waiting);
            return;
        }
        queue.add(waiting);
        if (!busy) {
            writeNext();
        }
    }

    private void writeNext() {
        List<Waiting> batch = nextBatch(queue);
        busy = !batch.isEmpty();
        if (busy) {
            writer.write(joins(batch), JoinWriter.NO_WAIT).onComplete(written -> {
                settle(batch, written).forEach(this::await);
                writeNext();
            });
        }
    }

    /** Takes joins from a queue, each once: of two equal ones the second waits to find the user a member. */
    private List<Waiting> nextBatch(ArrayDeque<Waiting> from) {
        long nowNs = nanoTime.getAsLong();
        while (!from.isEmpty() && from.peek().deadlineNs() - nowNs <= 0) {
            answer(from.remove(), Future.failedFuture(overloaded()));
        }
        List<Waiting> batch = new ArrayList<>(Math.min(from.size(), MAX_BATCH));
        Set<JoinWriter.Join> joins = new HashSet<>();
        while (!from.isEmpty()
                && batch.size() < MAX_BATCH
                && joins.add(from.element().join())) {
            batch.add(from.remove());
        }
        return batch;
    }

    private static List<JoinWriter.Join> joins(List<Waiting> batch) {
        return batch.stream().map(Waiting::join).toList();
    }

    /**
     * Answers a batch and publishes its events.
     *
     * @return the joins that were not stored because a row is locked, which are not answered
     */
    private List<Waiting> settle(List<Waiting> batch, AsyncResult<List<JoinOutcome>> written) {
        if (written.cause() instanceof LockTimeoutException) {
            return batch;
        }
        if (written.failed()) {
            batch.forEach(waiting -> answer(waiting, Future.failedFuture(written.cause())));
            return List.of();
        }
        List<Waiting> passedOver = new ArrayList<>();
        List<Event> events = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            Waiting waiting = batch.get(i);
            switch (written.result().get(i)) {
                case JoinOutcome.Done done -> {
                    events.addAll(done.events());
                    answer(waiting, Future.succeededFuture(done.events()));
                }
                case JoinOutcome.Refused refused -> answer(waiting, Future.failedFuture(refused.reason()));
                case JoinOutcome.Locked row -> passedOver.add(waiting);
            }
        }
        if (!events.isEmpty()) {
            bus.publish(events);
        }
        return passedOver;
    }

    private void answer(Waiting waiting, Future<List<Event>> outcome) {
        count--;
        countByRoom.computeIfPresent(waiting.join().room(), (room, ofRoom) -> ofRoom == 1 ? null : ofRoom - 1);
        waiting.answer().handle(outcome);
    }

    /** Queues a join for the turn of its locked room. */
    private void await(Waiting waiting) {
        RoomId room = waiting.join().room();
        ArrayDeque<Waiting> ofRoom = locked.get(room);
        if (ofRoom != null) {
            ofRoom.add(waiting);
            return;
        }
        locked.put(room, new ArrayDeque<>(List.of(waiting)));
        takeTurn(room);
    }

    private void takeTurn(RoomId room) {
        ArrayDeque<Waiting> ofRoom = locked.getOrDefault(room, new ArrayDeque<>());
        writes.write(room, waitMs -> writeLocked(ofRoom, waitMs)).onComplete(written -> {
            if (written.failed()) {
                // The lock was not free in time, or too many changes wait: nothing of these joins is stored.
                List.copyOf(ofRoom).forEach(waiting -> answer(waiting, Future.failedFuture(overloaded())));
                ofRoom.clear();
            }
            if (ofRoom.isEmpty()) {
                locked.remove(room);
            } else {
                takeTurn(room);
            }
        });
    }

    /** Writes joins that wait for one room. Fails when the lock was not free; then they wait as before. */
    private Future<Void> writeLocked(ArrayDeque<Waiting> ofRoom, int waitMs) {
        List<Waiting> batch = nextBatch(ofRoom);
        if (batch.isEmpty()) {
            return Future.succeededFuture();
        }
        return writer.write(joins(batch), waitMs).transform(written -> {
            List<Waiting> passedOver = settle(batch, written);
            passedOver.reversed().forEach(ofRoom::addFirst);
            return passedOver.isEmpty() ? Future.succeededFuture() : Future.failedFuture(written.cause());
        });
    }

    private static ChatException overloaded() {
        return new ChatException(ErrorCode.SERVER_OVERLOADED);
    }
}
