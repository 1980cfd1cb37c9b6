package chat.parlance.persistence;

import chat.parlance.error.ErrorCode;
import chat.parlance.model.Event;
import chat.parlance.model.RoomId;
import chat.parlance.room.NewEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Accepted events that are not answered yet: enforces their limits, has batches of them written, answers each and
 * publishes the stored ones. Belongs to one event loop.
 */
final class AcceptedEvents {

    private final BatchWriter writer;
    private final Consumer<List<Event>> committed;
    private final CommitSettings.Queue limits;
    private final StoreMeters meters;
    private final LongSupplier nanoTime;
    private final Map<RoomId, Integer> countByRoom = new HashMap<>();
    private int count;
    private @Nullable Promise<Void> idle;

    /** @param committed receives the events of each batch after its commit, in commit order within a room */
    AcceptedEvents(
            BatchWriter writer,
            Consumer<List<Event>> committed,
            CommitSettings.Queue limits,
            StoreMeters meters,
            LongSupplier nanoTime) {
        this.writer = writer;
        this.committed = committed;
        this.limits = limits;
        this.meters = meters;
        this.nanoTime = nanoTime;
    }

    /** Accepts an event; null when it is refused because the limit of unanswered events is reached. */
    @Nullable
    PendingEvent accept(NewEvent event) {
        int ofRoom = countByRoom.getOrDefault(event.room(), 0);
        if (count >= limits.maxQueued() || ofRoom >= limits.maxQueuedPerRoom()) {
            meters.refused(count >= limits.maxQueued() ? AppendRejection.FULL : AppendRejection.ROOM_FULL);
            return null;
        }
        count++;
        meters.waiting(1);
        countByRoom.put(event.room(), ofRoom + 1);
        return new PendingEvent(event, Promise.promise(), nanoTime.getAsLong());
    }

    /**
     * Writes a batch, then answers and publishes its events.
     *
     * @return the events that were not stored because their room is locked, which are not answered, in order
     */
    Future<List<PendingEvent>> commit(List<PendingEvent> batch, int lockWaitMs) {
        long begin = nanoTime.getAsLong();
        return writer.write(batch.stream().map(PendingEvent::event).toList(), lockWaitMs)
                .transform(written -> Future.succeededFuture(
                        written.succeeded() ? settle(batch, written.result(), begin) : answerUnknown(batch)));
    }

    /** Answers an event that no statement stored. */
    void refuse(PendingEvent pending, AppendRejection refusal) {
        release(pending);
        meters.refused(refusal);
        pending.outcome().complete(new AppendOutcome.Refused(ErrorCode.SERVER_OVERLOADED));
    }

    /** Completes when every event is answered. */
    Future<Void> idle() {
        if (count == 0) {
            return Future.succeededFuture();
        }
        if (idle == null) {
            idle = Promise.promise();
        }
        return idle.future();
    }

    /**
     * Completes {@link #idle} when no event is left. Called after some events were answered and the consequences were
     * processed.
     */
    void checkIdle() {
        if (count == 0 && idle != null) {
            idle.complete();
            idle = null;
        }
    }

    private List<PendingEvent> settle(List<PendingEvent> batch, List<WriteOutcome> outcomes, long beginNs) {
        List<PendingEvent> locked = new ArrayList<>();
        List<PendingEvent> settled = new ArrayList<>(batch.size());
        List<AppendOutcome> answers = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            switch (outcomes.get(i)) {
                case AppendOutcome outcome -> {
                    settled.add(batch.get(i));
                    answers.add(outcome);
                }
                case WriteOutcome.Locked none -> locked.add(batch.get(i));
            }
        }
        settled.forEach(this::release);
        meters.passedOver(locked.size());
        if (!settled.isEmpty()) {
            meters.committed(settled.size(), nanoTime.getAsLong() - beginNs);
            answerAndPublish(settled, answers);
        }
        return locked;
    }

    private void answerAndPublish(List<PendingEvent> settled, List<AppendOutcome> answers) {
        List<Event> events = new ArrayList<>(settled.size());
        for (int i = 0; i < settled.size(); i++) {
            PendingEvent pending = settled.get(i);
            pending.outcome().complete(answers.get(i));
            if (answers.get(i) instanceof AppendOutcome.Stored stored) {
                events.add(event(pending.event(), stored));
            }
        }
        if (!events.isEmpty()) {
            committed.accept(events);
        }
    }

    private List<PendingEvent> answerUnknown(List<PendingEvent> batch) {
        batch.forEach(this::release);
        meters.unknown(batch.size());
        AppendOutcome outcome = new AppendOutcome.Refused(ErrorCode.STORAGE_UNAVAILABLE);
        batch.forEach(pending -> pending.outcome().complete(outcome));
        return List.of();
    }

    /** Removes an event from the counts. Called before its sender is answered. */
    private void release(PendingEvent pending) {
        count--;
        meters.waiting(-1);
        countByRoom.computeIfPresent(pending.event().room(), (room, ofRoom) -> ofRoom == 1 ? null : ofRoom - 1);
    }

    private static Event event(NewEvent event, AppendOutcome.Stored stored) {
        return new Event(
                event.room(),
                stored.cursor().seq(),
                stored.cursor().stamp(),
                stored.previous(),
                stored.at(),
                event.sender(),
                event.body().stored(stored.thread(), stored.mentions()));
    }
}
