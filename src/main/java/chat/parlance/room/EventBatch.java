package chat.parlance.room;

import chat.parlance.model.Event;
import chat.parlance.model.RoomId;
import java.util.List;

/**
 * Events of one room that follow each other without a hole. One instance is handed to every subscriber of a turn, so
 * that its identity can key what was encoded of it. Not a record: two batches are never equal.
 */
public final class EventBatch {

    private final RoomId room;
    private final List<Event> events;

    EventBatch(RoomId room, List<Event> events) {
        assert !events.isEmpty();
        this.room = room;
        this.events = List.copyOf(events);
    }

    public RoomId room() {
        return room;
    }

    /** At least one, rising in seq by one each. */
    public List<Event> events() {
        return events;
    }

    long lastSeq() {
        return events.getLast().seq();
    }
}
