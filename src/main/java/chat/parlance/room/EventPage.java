package chat.parlance.room;

import chat.parlance.model.Event;
import java.util.List;

/**
 * Events of one room, read in one snapshot.
 *
 * @param events rising in seq, without a hole
 * @param head the seq of the room's newest event in that snapshot, 0 before the first
 */
public record EventPage(List<Event> events, long head) {

    public EventPage {
        events = List.copyOf(events);
    }
}
