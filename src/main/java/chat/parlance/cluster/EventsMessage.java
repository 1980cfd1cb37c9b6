package chat.parlance.cluster;

import chat.parlance.model.ClientId;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.EventKind;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;

/** The binary form of committed events between nodes, many in one message. */
final class EventsMessage {

    private EventsMessage() {}

    static Buffer encode(List<Event> events) {
        Buffer buffer = Buffer.buffer(events.size() * 128);
        BusWriter out = new BusWriter(buffer);
        out.list(events, event -> write(event, out));
        return buffer;
    }

    /** @throws RuntimeException when the message is broken */
    static List<Event> decode(Buffer buffer) {
        return new BusReader(buffer, 0).list(EventsMessage::read);
    }

    private static void write(Event event, BusWriter out) {
        out.string(event.room().value());
        out.number(event.seq());
        out.number(event.at().toEpochMilli());
        out.string(event.sender().value());
        out.string(event.body().kind().wireName());
        switch (event.body()) {
            case EventBody.Message message -> {
                out.string(message.id().value());
                out.string(message.text());
            }
            case EventBody.Membership membership -> {
                out.string(membership.user().value());
                out.string(membership.change().wireName());
            }
        }
    }

    private static Event read(BusReader in) {
        return new Event(
                new RoomId(in.string()),
                in.number(),
                Instant.ofEpochMilli(in.number()),
                new UserId(in.string()),
                switch (EventKind.of(in.string())) {
                    case MESSAGE -> new EventBody.Message(new ClientId(in.string()), in.string());
                    case MEMBERSHIP ->
                        new EventBody.Membership(new UserId(in.string()), MembershipChange.of(in.string()));
                });
    }
}
