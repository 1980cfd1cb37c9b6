package chat.parlance.room;

import chat.parlance.model.RoomId;
import chat.parlance.model.SavedMark;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The last states of saved messages that were sent to a user's connections, to deduplicate: the bus and the poll may
 * both report one change.
 */
final class ToldMarks {

    /** Limit of remembered states, more than change between two polls. A state that is sent again does no harm. */
    private static final int MAX_TOLD = 64;

    private record Key(RoomId room, long seq) {}

    private final Map<Key, Boolean> told = new LinkedHashMap<>();

    /**
     * Records a state.
     *
     * @return true when it differs from the one that was sent last
     */
    boolean isNews(SavedMark mark) {
        Key key = new Key(mark.room(), mark.seq());
        Boolean before = told.remove(key);
        told.put(key, mark.saved());
        if (told.size() > MAX_TOLD) {
            told.remove(told.keySet().iterator().next());
        }
        return before == null || before != mark.saved();
    }
}
