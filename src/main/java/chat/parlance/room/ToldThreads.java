package chat.parlance.room;

import chat.parlance.model.RoomId;
import chat.parlance.model.ThreadMarker;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The last states of threads that were sent to a user's connections, to deduplicate: the bus and the poll may both
 * report one change.
 */
final class ToldThreads {

    /** Limit of remembered states, more than change between two polls. A state that is sent again does no harm. */
    private static final int MAX_TOLD = 64;

    private record Key(RoomId room, long thread) {}

    private final Map<Key, ThreadMarker> told = new LinkedHashMap<>();

    /**
     * Records the state of a thread.
     *
     * @return true when it differs from the one that was sent last
     */
    boolean isNews(ThreadMarker marker) {
        Key key = new Key(marker.room(), marker.thread());
        ThreadMarker before = told.remove(key);
        told.put(key, marker);
        if (told.size() > MAX_TOLD) {
            told.remove(told.keySet().iterator().next());
        }
        return before == null
                || before.following() != marker.following()
                || !before.unread().equals(marker.unread());
    }
}
