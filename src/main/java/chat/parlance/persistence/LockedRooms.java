package chat.parlance.persistence;

import chat.parlance.model.RoomId;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The events of rooms whose row another transaction holds. A room's events are committed in order by a separate
 * statement, which waits for the lock on one of the connections reserved for that, so that the lanes of {@link
 * GroupCommit} never wait. Events that wait too long are refused: they are known not to be stored. Belongs to one event
 * loop.
 */
final class LockedRooms {

    private record Waiting(PendingEvent pending, long deadlineNs) {}

    private final AcceptedEvents accepted;
    private final CommitSettings settings;
    private final int lockTimeoutMs;
    private final LongSupplier nanoTime;
    private final RoomTurns turns;

    LockedRooms(AcceptedEvents accepted, CommitSettings settings, int lockTimeoutMs, LongSupplier nanoTime) {
        this.accepted = accepted;
        this.settings = settings;
        this.lockTimeoutMs = lockTimeoutMs;
        this.nanoTime = nanoTime;
        this.turns = new RoomTurns(settings.connections().lockWaiters(), nanoTime);
    }

    /** True when events of the room must queue here, behind others or because the room was stuck recently. */
    boolean has(RoomId room) {
        return turns.work(room) != null || turns.wasStuck(room);
    }

    /** Queues events, each behind those of its room. */
    void add(List<PendingEvent> events) {
        events.forEach(this::add);
    }

    private void add(PendingEvent pending) {
        RoomId room = pending.event().room();
        long deadlineNs = Math.min(
                pending.sinceNs() + TimeUnit.MILLISECONDS.toNanos(settings.appendTimeoutMs()),
                nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(lockTimeoutMs));
        Waiting waiting = new Waiting(pending, deadlineNs);
        if (turns.work(room) instanceof RoomEvents events) {
            events.queue.add(waiting);
        } else {
            RoomEvents events = new RoomEvents();
            events.queue.add(waiting);
            turns.add(room, events);
        }
    }

    private final class RoomEvents implements RoomTurns.Work {

        private final ArrayDeque<Waiting> queue = new ArrayDeque<>();

        @Override
        public boolean isEmpty() {
            return queue.isEmpty();
        }

        @Override
        public void dropLate() {
            long nowNs = nanoTime.getAsLong();
            while (!queue.isEmpty() && queue.peek().deadlineNs() - nowNs <= 0) {
                accepted.refuse(queue.remove().pending(), AppendRejection.LOCKED);
            }
            accepted.checkIdle();
        }

        @Override
        public Future<Boolean> turn(int waitMs) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(queue.element().deadlineNs() - nanoTime.getAsLong());
            List<Waiting> batch = nextBatch();
            List<PendingEvent> events = batch.stream().map(Waiting::pending).toList();
            return accepted.commit(events, Math.clamp(leftMs, 1, waitMs)).map(locked -> {
                if (!locked.isEmpty()) {
                    batch.reversed().stream()
                            .filter(waiting ->
                                    !waiting.pending().outcome().future().isComplete())
                            .forEach(queue::addFirst);
                }
                dropLate();
                return locked.isEmpty();
            });
        }

        private List<Waiting> nextBatch() {
            List<Waiting> batch =
                    new ArrayList<>(Math.min(queue.size(), settings.queue().maxBatch()));
            BatchRules rules = new BatchRules();
            while (!queue.isEmpty()
                    && batch.size() < settings.queue().maxBatch()
                    && rules.admits(queue.peek().pending().event())) {
                batch.add(queue.remove());
            }
            return batch;
        }
    }
}
