package chat.parlance.persistence;

import chat.parlance.error.ErrorCode;
import chat.parlance.model.Event;
import chat.parlance.room.NewEvent;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Commits events in groups, without a timer: while one batch is being committed, the next one gathers, so an idle
 * server answers a single event at once and a busy one pays for one commit a batch. Rooms are spread over a few lanes,
 * each with one batch at a time, so that events of one room keep their order of arrival.
 *
 * <p>The batches of a lane skip rooms whose row another transaction holds, so that a lane never waits. Skipped events
 * move to the waiting lane beside it: most locks are held for milliseconds by the batch of another node, and the
 * waiting lane commits the contended rooms together, with a wait for each lock. A room that is not locked soon moves on
 * to {@link LockedRooms}, which commits each room separately.
 *
 * <p>Belongs to one event loop. The queue is bounded; beyond the bound an event is refused at once.
 */
final class GroupCommit {

    /** Wait for each lock of a batch of contended rooms; the batch holds its other locks meanwhile. */
    private static final int JOINT_WAIT_MS = 250;

    private final AcceptedEvents accepted;
    private final List<CommitLane> lanes = new ArrayList<>();

    /**
     * @param committed receives the events of each batch after its commit, in commit order within a room
     * @param lockTimeoutMs limit of the wait of an event for the lock of its room
     */
    GroupCommit(
            BatchWriter writer,
            Consumer<List<Event>> committed,
            CommitSettings settings,
            int lockTimeoutMs,
            StoreMeters meters,
            LongSupplier nanoTime) {
        this.accepted = new AcceptedEvents(writer, committed, settings.queue(), meters, nanoTime);
        LockedRooms locked = new LockedRooms(accepted, settings, lockTimeoutMs, nanoTime);
        for (int i = 0; i < settings.connections().writers(); i++) {
            CommitLane waiting = new CommitLane(accepted, settings, JOINT_WAIT_MS, nanoTime, locked::has, locked::add);
            lanes.add(new CommitLane(
                    accepted,
                    settings,
                    BatchWriter.NO_WAIT,
                    nanoTime,
                    room -> waiting.has(room) || locked.has(room),
                    waiting::add));
        }
    }

    /** Completes after the commit; never fails. */
    Future<AppendOutcome> append(NewEvent event) {
        PendingEvent pending = accepted.accept(event);
        if (pending == null) {
            return Future.succeededFuture(new AppendOutcome.Refused(ErrorCode.SERVER_OVERLOADED));
        }
        lanes.get(Math.floorMod(event.room().hashCode(), lanes.size())).add(List.of(pending));
        return pending.outcome().future();
    }

    /** Completes when no event waits for an answer. */
    Future<Void> idle() {
        return accepted.idle();
    }
}
