package chat.parlance.persistence;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.RoomId;
import chat.parlance.room.Appended;
import chat.parlance.room.EventPage;
import chat.parlance.room.EventStore;
import chat.parlance.room.NewEvent;
import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The event store as one event loop sees it: appends go to a group commit, this node's own when it has one, and reads
 * to Postgres. Belongs to the event loop that created it.
 */
final class PostgresEventStore implements EventStore {

    private final Appends appends;
    private final EventReader reader;
    private final int maxWaiting;
    private final AtomicInteger waiting;
    private final StoreMeters meters;

    /**
     * @param maxWaiting the most unanswered events of this node; more are refused, because the bus would accept any
     *     number of them for a frozen node
     * @param waiting the present number, shared by all stores of the node
     */
    PostgresEventStore(Appends appends, EventReader reader, int maxWaiting, AtomicInteger waiting, StoreMeters meters) {
        this.appends = appends;
        this.reader = reader;
        this.maxWaiting = maxWaiting;
        this.waiting = waiting;
        this.meters = meters;
    }

    @Override
    public Future<Appended> append(NewEvent event) {
        if (waiting.incrementAndGet() > maxWaiting) {
            waiting.decrementAndGet();
            meters.refused(AppendRejection.FULL);
            return Future.failedFuture(new ChatException(ErrorCode.SERVER_OVERLOADED));
        }
        return appends.append(event)
                .onComplete(answered -> waiting.decrementAndGet())
                .compose(PostgresEventStore::appended);
    }

    @Override
    public Future<EventPage> read(RoomId room, long after, int limit) {
        return reader.read(room, after, limit);
    }

    @Override
    public Future<Map<RoomId, EventPage>> compare(Map<RoomId, Long> seqs) {
        return reader.compare(seqs);
    }

    private static Future<Appended> appended(AppendOutcome outcome) {
        return switch (outcome) {
            case AppendOutcome.Stored stored -> Future.succeededFuture(new Appended(stored.cursor(), false));
            case AppendOutcome.Duplicate duplicate -> Future.succeededFuture(new Appended(duplicate.cursor(), true));
            case AppendOutcome.Refused refused -> Future.failedFuture(new ChatException(refused.code()));
        };
    }
}
