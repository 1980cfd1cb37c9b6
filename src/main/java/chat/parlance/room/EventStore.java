package chat.parlance.room;

import chat.parlance.model.RoomId;
import io.vertx.core.Future;
import java.util.Map;

/** The durable, ordered history of rooms. Every method may be called from any event loop. */
public interface EventStore {

    /**
     * Stores an event at the end of its room. Completes after the commit, in no promised order.
     *
     * <p>Fails with {@code room.not_found} when the sender is not a member, {@code room.archived}, {@code room.muted},
     * {@code room.forbidden} or {@code room.full} when the sender may not post, {@code history.changed} when the
     * request has a stamp that the target has not, {@code message.not_found} when the target is no message, {@code
     * message.id_conflict} when the id was used for another event, {@code server.overloaded} when the queue is full or
     * another transaction holds the room for too long, so that the event is not stored, and {@code storage.unavailable}
     * when the outcome is not known: the event may or may not be stored, and a retry with the same id finds out.
     */
    Future<Appended> append(NewEvent event);

    /** Reads the events after {@code after}, at most {@code limit}, without a check of permissions. */
    Future<EventPage> read(RoomId room, long after, int limit);

    /**
     * Compares rooms with the store: answers for each a page without events, with the newest event and the one at the
     * given seq.
     */
    Future<Map<RoomId, EventPage>> compare(Map<RoomId, Long> seqs);
}
