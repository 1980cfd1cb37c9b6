package chat.parlance.room;

import chat.parlance.model.RoomId;
import chat.parlance.model.SavedMark;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a user's connections were told last of its saved messages: the bus and the watch may both tell of one change. */
final class ToldMarks {

    /** More than change between two polls; to tell one again does no harm. */
    private static final int MAX_TOLD = 64;

    private record Key(RoomId room, long seq) {}

    private final Map<Key, Boolean> told = new LinkedHashMap<>();

    /** Notes what is told now, and says whether it is other than what was told. */
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
