package chat.parlance.room;

import chat.parlance.model.Cursor;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody.MembershipChanged;
import chat.parlance.model.RoomId;
import java.util.ArrayList;
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

    /**
     * Cuts the events after each one that ends a membership, so that a user who leaves the room by it receives nothing
     * that follows.
     *
     * @param events rising in seq by one each; none make no batch
     */
    static List<EventBatch> cutAtDepartures(RoomId room, List<Event> events) {
        List<EventBatch> batches = new ArrayList<>(1);
        int from = 0;
        for (int i = 0; i < events.size(); i++) {
            if (i == events.size() - 1 || endsMembership(events.get(i))) {
                batches.add(new EventBatch(room, events.subList(from, i + 1)));
                from = i + 1;
            }
        }
        return batches;
    }

    private static boolean endsMembership(Event event) {
        return event.body() instanceof MembershipChanged membership
                && membership.change().endsMembership();
    }

    public RoomId room() {
        return room;
    }

    /** Events of the batch, at least one, rising in seq by one each. */
    public List<Event> events() {
        return events;
    }

    Cursor last() {
        return events.getLast().cursor();
    }
}
