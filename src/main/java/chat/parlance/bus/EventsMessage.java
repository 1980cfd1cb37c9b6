package chat.parlance.bus;

import chat.parlance.model.Event;
import chat.parlance.model.RoomId;
import chat.parlance.model.Stamp;
import chat.parlance.model.UserId;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;

/** The binary form of committed events between nodes, many in one message. */
public final class EventsMessage {

    private static final int USUAL_BYTES = 128;

    /** The last millisecond of the year 9999: later times have no form in the protocol. */
    private static final long MAX_AT_MS = 253_402_300_799_999L;

    private EventsMessage() {}

    /** Encodes events in as many messages as the limits require. */
    public static List<Buffer> encode(List<Event> events) {
        return MessageParts.encode(events, USUAL_BYTES, EventsMessage::write);
    }

    /** @throws RuntimeException when the message is malformed */
    public static List<Event> decode(Buffer buffer) {
        BusReader in = new BusReader(buffer, 0);
        List<Event> events = in.list(MessageParts.MAX_ELEMENTS, EventsMessage::read);
        in.end();
        return events;
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
                Instant.ofEpochMilli(in.number(0, MAX_AT_MS)),
                new UserId(in.string()),
                EventBodyCodec.read(in));
    }
}
