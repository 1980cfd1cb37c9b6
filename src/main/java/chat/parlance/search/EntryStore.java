package chat.parlance.search;

import chat.parlance.model.RoomId;
import io.vertx.core.Future;
import java.util.List;

/** Entries of the index, and the progress of each room. Belongs to one event loop. */
public interface EntryStore {

    /**
     * Result of one turn.
     *
     * @param events number of events read
     * @param unfinished rooms with more events, or locked by another node, in the order of the next tries
     */
    record Turn(int events, List<RoomId> unfinished) {
        public Turn {
            unfinished = List.copyOf(unfinished);
        }
    }

    /**
     * Indexes the next events of the rooms, from the progress of each, in one transaction, so that each event is
     * indexed once whatever happens. Skips rooms that another node is indexing.
     *
     * @param maxEvents of all rooms together
     */
    Future<Turn> advance(List<RoomId> rooms, int maxEvents);

    /** Rooms with unindexed events, by id, after {@code after}. */
    Future<List<RoomId>> behind(String after, int limit);
}
