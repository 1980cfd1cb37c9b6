package chat.parlance.cluster;

import chat.parlance.model.Event;
import chat.parlance.model.RoomId;
import chat.parlance.model.Stamp;
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
        out.number(event.stamp().value());
        out.number(event.previous().value());
        out.number(event.at().toEpochMilli());
        out.string(event.sender().value());
        EventBodyCodec.write(event.body(), out);
    }

    private static Event read(BusReader in) {
        return new Event(
                new RoomId(in.string()),
                in.number(),
                new Stamp(in.number()),
                new Stamp(in.number()),
                Instant.ofEpochMilli(in.number()),
                new UserId(in.string()),
                EventBodyCodec.read(in));
    }
}
