package chat.parlance.search;

import chat.parlance.model.RoomId;
import io.vertx.core.Future;
import java.util.List;

/** The entries of the index, and how far each room has got. Belongs to one event loop. */
public interface EntryStore {

    /**
     * What one turn did.
     *
     * @param events how many it read
     * @param unfinished rooms that have more, or that another node is at, in the order in which to ask again
     */
    record Turn(int events, List<RoomId> unfinished) {
        public Turn {
            unfinished = List.copyOf(unfinished);
        }
    }

    /**
     * Brings entries up to the rooms' events, from where each has got on, in one transaction: whatever happens, an event
     * is taken in once. Leaves out rooms that another node is at.
     *
     * @param maxEvents of all rooms together
     */
    Future<Turn> advance(List<RoomId> rooms, int maxEvents);

    /** Rooms that have events which are not taken in, by id, after {@code after}. */
    Future<List<RoomId>> behind(String after, int limit);
}
