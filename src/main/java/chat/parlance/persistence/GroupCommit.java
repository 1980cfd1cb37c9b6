package chat.parlance.persistence;

import chat.parlance.error.ErrorCode;
import chat.parlance.model.ClientId;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.room.NewEvent;
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
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Commits events in groups, without a timer: while one batch is on its way to the database the next one gathers, so an
 * idle server answers a single event at once and a busy one pays for a commit once a batch. Rooms are spread over a
 * few lanes, each with one batch under way, so that events of one room keep the order they came in.
 *
 * <p>Belongs to one event loop. The queue is bounded; beyond the bound an event is refused at once.
 */
final class GroupCommit {

    /**
     * @param lanes batches under way at once
     * @param maxBatch events in one batch
     * @param maxQueued events accepted and not yet answered, over all lanes: queued, or in a batch under way
     * @param maxQueuedPerRoom the same of one room, so that one room leaves others their share
     * @param maxWaitMs how long an event may wait for its batch; its sender has given up on it by then
     */
    record Limits(int lanes, int maxBatch, int maxQueued, int maxQueuedPerRoom, int maxWaitMs) {}

    private record Sender(UserId user, ClientId id) {}

    private record Target(RoomId room, long seq) {}

    private record Waiting(NewEvent event, Promise<AppendOutcome> outcome, long sinceNs) {}

    private final BatchWriter writer;
    private final Consumer<List<Event>> committed;
    private final Limits limits;
    private final StoreMeters meters;
    private final LongSupplier nanoTime;
    private final List<Lane> lanes = new ArrayList<>();
    private final Map<RoomId, Integer> queuedByRoom = new HashMap<>();
    private int queued;
    private @Nullable Promise<Void> idle;

    /** @param committed is told the events of each batch after its commit, in commit order within a room */
    GroupCommit(
            BatchWriter writer,
            Consumer<List<Event>> committed,
            Limits limits,
            StoreMeters meters,
            LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.writer = writer;
        this.committed = committed;
        this.limits = limits;
        this.meters = meters;
        for (int i = 0; i < limits.lanes(); i++) {
            lanes.add(new Lane());
        }
    }

    /** Completes after the commit; never fails. */
    Future<AppendOutcome> append(NewEvent event) {
        int ofRoom = queuedByRoom.getOrDefault(event.room(), 0);
        if (queued >= limits.maxQueued() || ofRoom >= limits.maxQueuedPerRoom()) {
            meters.refused(queued >= limits.maxQueued() ? Refusal.FULL : Refusal.ROOM_FULL);
            return Future.succeededFuture(new AppendOutcome.Refused(ErrorCode.SERVER_OVERLOADED));
        }
        queued++;
        meters.waiting(1);
        queuedByRoom.put(event.room(), ofRoom + 1);
        Waiting waiting = new Waiting(event, Promise.promise(), nanoTime.getAsLong());
        lanes.get(Math.floorMod(event.room().hashCode(), lanes.size())).add(waiting);
        return waiting.outcome().future();
    }

    /** Completes when nothing waits any more. */
    Future<Void> idle() {
        if (queued == 0) {
            return Future.succeededFuture();
        }
        if (idle == null) {
            idle = Promise.promise();
        }
        return idle.future();
    }

    /** To be called when an event is no longer waited for, before its sender is told. */
    private void release(Waiting waiting) {
        queued--;
        meters.waiting(-1);
        queuedByRoom.computeIfPresent(waiting.event().room(), (room, count) -> count == 1 ? null : count - 1);
    }

    private void checkIdle() {
        if (queued == 0 && idle != null) {
            idle.complete();
            idle = null;
        }
    }

    private final class Lane {

        private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
        private boolean busy;

        void add(Waiting waiting) {
            queue.add(waiting);
            if (!busy) {
                commitNext();
            }
        }

        private void commitNext() {
            List<Waiting> batch = nextBatch();
            busy = !batch.isEmpty();
            if (busy) {
                long begin = nanoTime.getAsLong();
                writer.write(batch.stream().map(Waiting::event).toList()).onComplete(written -> {
                    batch.forEach(GroupCommit.this::release);
                    if (written.succeeded()) {
                        meters.committed(batch.size(), nanoTime.getAsLong() - begin);
                        settle(batch, written.result());
                    } else {
                        meters.unknown(batch.size());
                        batch.forEach(waiting ->
                                waiting.outcome().complete(new AppendOutcome.Refused(ErrorCode.STORAGE_UNAVAILABLE)));
                    }
                    commitNext();
                });
            } else {
                checkIdle();
            }
        }

        /**
         * As much of the queue as one batch may hold; it ends before an id that it already has, and before a second
         * change of one message, which has to see the first.
         */
        private List<Waiting> nextBatch() {
            List<Waiting> batch = new ArrayList<>(Math.min(queue.size(), limits.maxBatch()));
            Set<Sender> ids = new HashSet<>();
            Set<Target> changed = new HashSet<>();
            dropLate();
            while (!queue.isEmpty() && batch.size() < limits.maxBatch()) {
                NewEvent next = queue.peek().event();
                Long target = next.body() instanceof EventBody.Message
                        ? null
                        : next.body().target();
                if (!ids.add(new Sender(next.sender(), next.body().id()))
                        || (target != null && !changed.add(new Target(next.room(), target)))) {
                    break;
                }
                batch.add(queue.remove());
            }
            return batch;
        }

        /** When Postgres is slow, no time of it goes to what nobody waits for any more. */
        private void dropLate() {
            long sinceNs = nanoTime.getAsLong() - TimeUnit.MILLISECONDS.toNanos(limits.maxWaitMs());
            while (!queue.isEmpty() && queue.peek().sinceNs() - sinceNs < 0) {
                Waiting late = queue.remove();
                release(late);
                meters.refused(Refusal.LATE);
                late.outcome().complete(new AppendOutcome.Refused(ErrorCode.SERVER_OVERLOADED));
            }
        }

        private void settle(List<Waiting> batch, List<AppendOutcome> outcomes) {
            List<Event> events = new ArrayList<>(batch.size());
            for (int i = 0; i < batch.size(); i++) {
                Waiting waiting = batch.get(i);
                AppendOutcome outcome = outcomes.get(i);
                waiting.outcome().complete(outcome);
                if (outcome instanceof AppendOutcome.Stored stored) {
                    events.add(event(waiting.event(), stored));
                }
            }
            if (!events.isEmpty()) {
                committed.accept(events);
            }
        }

        private static Event event(NewEvent event, AppendOutcome.Stored stored) {
            EventBody body = event.body() instanceof EventBody.Message message && stored.thread() != null
                    ? message.inThread(stored.thread())
                    : event.body();
            return new Event(
                    event.room(),
                    stored.cursor().seq(),
                    stored.cursor().stamp(),
                    stored.previous(),
                    stored.at(),
                    event.sender(),
                    body);
        }
    }
}
