package chat.parlance.persistence;

import chat.parlance.model.RoomId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Commits the events of some rooms in batches, one at a time. Events of rooms that a batch could not lock move to the
 * next lane of a chain, and so do all later events of these rooms while events of theirs are there: each passes through
 * all lanes, so that the events of a room keep their order.
 */
final class CommitLane {

    private final AcceptedEvents accepted;
    private final CommitSettings settings;
    private final int lockWaitMs;
    private final LongSupplier nanoTime;
    private final Predicate<RoomId> isFurther;
    private final Consumer<List<PendingEvent>> further;
    private final ArrayDeque<PendingEvent> queue = new ArrayDeque<>();
    private final Map<RoomId, Integer> countByRoom = new HashMap<>();
    private boolean busy;

    /**
     * @param lockWaitMs the longest wait of a batch for a lock
     * @param isFurther true when a room has events further down the chain
     * @param further takes events down the chain, together
     */
    CommitLane(
            AcceptedEvents accepted,
            CommitSettings settings,
            int lockWaitMs,
            LongSupplier nanoTime,
            Predicate<RoomId> isFurther,
            Consumer<List<PendingEvent>> further) {
        this.accepted = accepted;
        this.settings = settings;
        this.lockWaitMs = lockWaitMs;
        this.nanoTime = nanoTime;
        this.isFurther = isFurther;
        this.further = further;
    }

    /** True when the queue or the batch under way has events of the room. */
    boolean has(RoomId room) {
        return countByRoom.containsKey(room);
    }

    void add(List<PendingEvent> events) {
        for (PendingEvent pending : events) {
            queue.add(pending);
            countByRoom.merge(pending.event().room(), 1, Integer::sum);
        }
        if (!busy) {
            commitNext();
        }
    }

    private void commitNext() {
        List<PendingEvent> batch = nextBatch();
        busy = !batch.isEmpty();
        if (busy) {
            accepted.commit(batch, lockWaitMs).onSuccess(passedOver -> {
                further.accept(passedOver);
                batch.forEach(this::forget);
                commitNext();
            });
        } else {
            accepted.checkIdle();
        }
    }

    /** Takes events from the queue, as many as one batch may hold, without the rooms that have events further down. */
    private List<PendingEvent> nextBatch() {
        List<PendingEvent> batch =
                new ArrayList<>(Math.min(queue.size(), settings.queue().maxBatch()));
        BatchRules rules = new BatchRules();
        dropLate();
        while (!queue.isEmpty() && batch.size() < settings.queue().maxBatch()) {
            PendingEvent next = queue.peek();
            if (isFurther.test(next.event().room())) {
                further.accept(List.of(queue.remove()));
                forget(next);
            } else if (rules.admits(next.event())) {
                batch.add(queue.remove());
            } else {
                break;
            }
        }
        return batch;
    }

    /** Drops events whose sender has given up, so that they take no time of a slow Postgres. */
    private void dropLate() {
        long sinceNs = nanoTime.getAsLong() - TimeUnit.MILLISECONDS.toNanos(settings.appendTimeoutMs());
        while (!queue.isEmpty() && queue.peek().sinceNs() - sinceNs < 0) {
            PendingEvent late = queue.remove();
            forget(late);
            accepted.refuse(late, AppendRejection.LATE);
        }
    }

    private void forget(PendingEvent pending) {
        countByRoom.computeIfPresent(pending.event().room(), (room, count) -> count == 1 ? null : count - 1);
    }
}
