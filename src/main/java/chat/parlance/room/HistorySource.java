package chat.parlance.room;

import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import java.util.Optional;

/** Source of pages of history. */
@FunctionalInterface
public interface HistorySource {

    /** See {@link RoomStore#history}. */
    Future<Optional<HistoryAccess>> read(RoomId room, UserId viewer, Selection selection, Range range);

    /** Reads each page from the store. */
    static HistorySource of(RoomStore store) {
        return (room, viewer, selection, range) ->
                store.history(room, viewer, selection, range).map(found -> found.map(HistoryAccess::ofOneReader));
    }
}
