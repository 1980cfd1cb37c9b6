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
 * Commits events in groups, without a timer: while one batch is on its way to the database the next one gathers, so an
 * idle server answers a single event at once and a busy one pays for a commit once a batch. Rooms are spread over a
 * few lanes, each with one batch under way, so that events of one room keep the order they came in.
 *
 * <p>The batches of a lane pass over rooms whose row another transaction holds, so that a lane never waits. What was passed
 * over goes to the waiting lane beside it: most locks are held for milliseconds by the batch of another node, and the
 * rooms that nodes compete for are committed there together, each in its turn. A room whose lock does not come soon goes on
 * to {@link LockedRooms}, and is tried by itself.
 *
 * <p>Belongs to one event loop. The queue is bounded; beyond the bound an event is refused at once.
 */
final class GroupCommit {

    /**
     * @param lanes batches under way at once
     * @param maxBatch events in one batch
     * @param maxQueued events accepted and not yet answered, over all lanes: queued, or in a batch under way
     * @param maxQueuedPerRoom the same of one room, so that one room leaves others their share
     * @param maxWaitMs the longest wait of an event for its batch; its sender has given up on it by then
     * @param lockWaiters statements at once that wait for the lock of a room
     * @param maxLockWaitMs the longest wait of an event for the lock of its room
     */
    record Limits(
            int lanes,
            int maxBatch,
            int maxQueued,
            int maxQueuedPerRoom,
            int maxWaitMs,
            int lockWaiters,
            int maxLockWaitMs) {}

    /** The wait for each lock of a batch of the rooms that nodes compete for; it holds the locks that it has meanwhile. */
    private static final int JOINT_WAIT_MS = 250;

    private final AcceptedEvents accepted;
    private final List<CommitLane> lanes = new ArrayList<>();

    /** @param committed is given the events of each batch after its commit, in commit order within a room */
    GroupCommit(
            BatchWriter writer,
            Consumer<List<Event>> committed,
            Limits limits,
            StoreMeters meters,
            LongSupplier nanoTime) {
        this.accepted = new AcceptedEvents(writer, committed, limits, meters, nanoTime);
        LockedRooms locked = new LockedRooms(accepted, limits, nanoTime);
        for (int i = 0; i < limits.lanes(); i++) {
            CommitLane waiting = new CommitLane(accepted, limits, JOINT_WAIT_MS, nanoTime, locked::has, locked::add);
            lanes.add(new CommitLane(
                    accepted,
                    limits,
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

    /** Completes when nothing waits any more. */
    Future<Void> idle() {
        return accepted.idle();
    }
}
