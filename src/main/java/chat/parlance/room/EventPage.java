package chat.parlance.room;

import chat.parlance.model.Cursor;
import chat.parlance.model.Event;
import chat.parlance.model.Stamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events of one room, read in one snapshot.
 *
 * @param events rising in seq; consecutive, except in a selection of history
 * @param head the room's newest event in that snapshot
 * @param after the store's event at the seq that the page follows; null when the store has none there, or the page was
 *     not requested by a seq
 */
public record EventPage(
        List<Event> events, Cursor head, @Nullable Cursor after) {

    public EventPage {
        events = List.copyOf(events);
    }

    /** Page of the events after {@code seq}, with at least the first of them when there is any. */
    public static EventPage following(long seq, List<Event> events, Cursor head) {
        if (!events.isEmpty()) {
            return new EventPage(events, head, events.getFirst().before());
        }
        return new EventPage(events, head, head.seq() == seq ? head : null);
    }

    /** Page of the last events of a room. */
    public static EventPage newest(List<Event> events, Cursor head) {
        return following(head.seq(), events, head);
    }

    /** Compares this page with an event that was given to clients before the page was read. */
    Continuity continuity(Cursor given) {
        if (given.seq() > head.seq()) {
            return Continuity.BROKEN;
        }
        Stamp stored = stampAt(given.seq());
        if (stored == null) {
            return Continuity.UNKNOWN;
        }
        return stored.equals(given.stamp()) ? Continuity.PROVED : Continuity.BROKEN;
    }

    private @Nullable Stamp stampAt(long seq) {
        if (seq == head.seq()) {
            return head.stamp();
        }
        if (after != null && seq == after.seq()) {
            return after.stamp();
        }
        return events.stream()
                .filter(event -> event.seq() == seq)
                .map(Event::stamp)
                .findFirst()
                .orElse(null);
    }
}
