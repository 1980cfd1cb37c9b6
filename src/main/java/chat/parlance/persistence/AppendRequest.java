package chat.parlance.persistence;

import chat.parlance.room.NewEvent;
import java.util.List;

/**
 * A request of {@link RemoteAppends} to the {@link PersistenceVerticle} of another node: append these events of one room.
 * Answered with an {@link AppendReply}.
 */
record AppendRequest(List<NewEvent> events) {

    static final int MAX_EVENTS = 500;

    AppendRequest {
        events = List.copyOf(events);
        if (events.isEmpty() || events.size() > MAX_EVENTS) {
            throw new IllegalArgumentException("a request has 1 to " + MAX_EVENTS + " events, not " + events.size());
        }
        if (events.stream().map(NewEvent::room).distinct().count() > 1) {
            throw new IllegalArgumentException("the events of a request are of one room");
        }
    }
}
