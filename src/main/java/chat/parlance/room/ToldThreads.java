package chat.parlance.room;

import chat.parlance.model.RoomId;
import chat.parlance.model.ThreadMarker;
import java.util.LinkedHashMap;
import java.util.Map;

/** The threads that a user's connections were told of last: the bus and the watch may both tell of one change. */
final class ToldThreads {

    /** More than change between two polls; to tell one again does no harm. */
    private static final int MAX_TOLD = 64;

    private record Key(RoomId room, long thread) {}

    private final Map<Key, ThreadMarker> told = new LinkedHashMap<>();

    /** Notes the state of a thread that is told now, and says whether it is another than was told. */
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
