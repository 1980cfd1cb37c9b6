package chat.parlance.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parlance.bus.MessageParts;
import chat.parlance.model.EventBody;
import chat.parlance.model.Poll;
import chat.parlance.room.NewEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A request of {@link RemoteAppends} to the {@link PersistenceVerticle} of another node: append these events of one room.
 * Answered with an {@link AppendReply}.
 */
record AppendRequest(List<NewEvent> events) {

    static final int MAX_EVENTS = 500;

    /** Bytes of an event in a request beside its text, rounded up: ids, an emoji and numbers. */
    private static final int OVERHEAD_BYTES = 512;

    AppendRequest {
        events = List.copyOf(events);
        if (events.isEmpty() || events.size() > MAX_EVENTS) {
            throw new IllegalArgumentException("a request has 1 to " + MAX_EVENTS + " events, not " + events.size());
        }
        if (events.stream().map(NewEvent::room).distinct().count() > 1) {
            throw new IllegalArgumentException("the events of a request are of one room");
        }
    }

    /**
     * Divides the events of one room by the limits of a request: each has {@link #MAX_EVENTS} at most, and ends with
     * the event that takes it past {@link MessageParts#EVENTS_BYTES}, because a peer closes the connection on a longer
     * message.
     *
     * @param event the event of an element
     */
    static <T> List<List<T>> divide(List<T> elements, Function<T, NewEvent> event) {
        List<List<T>> parts = new ArrayList<>();
        int from = 0;
        int bytes = 0;
        for (int to = 1; to <= elements.size(); to++) {
            bytes += bytes(event.apply(elements.get(to - 1)).body());
            if (to == elements.size() || to - from == MAX_EVENTS || bytes >= MessageParts.EVENTS_BYTES) {
                parts.add(elements.subList(from, to));
                from = to;
                bytes = 0;
            }
        }
        return parts;
    }

    private static int bytes(EventBody.Posted body) {
        String text = body.text();
        boolean hasOptions =
                body instanceof EventBody.Vote || (body instanceof EventBody.Message message && message.poll() != null);
        return OVERHEAD_BYTES + (hasOptions ? Poll.MAX_BYTES : 0) + (text == null ? 0 : text.getBytes(UTF_8).length);
    }
}
