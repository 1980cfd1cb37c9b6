package chat.parlance.json;

import chat.parlance.error.ChatException;
import chat.parlance.model.Event;
import chat.parlance.model.RoomId;
import chat.parlance.protocol.ClientFrame;
import chat.parlance.protocol.ServerFrame;
import java.util.List;

/** The subprotocol {@code parlance.v1.json}: one JSON object a text frame. */
public final class JsonCodec {

    private JsonCodec() {}

    /**
     * Decodes a frame. Never fails: an invalid frame is a {@link ClientFrame.Invalid}, with its ref if that can be
     * read.
     */
    public static ClientFrame decode(String text) {
        try {
            return FrameReader.read(JsonFields.parse(text));
        } catch (ChatException reason) {
            return new ClientFrame.Invalid(FrameRef.find(text), reason);
        }
    }

    public static byte[] encode(ServerFrame frame) {
        return new FrameJson(frame).encode();
    }

    /** Frame of one event, or a frame with a list of several. */
    public static byte[] encodeEvents(RoomId room, List<Event> events) {
        JsonDocument frame = json -> {
            if (events.size() == 1) {
                FrameJson.begin(json, "event", null);
                new EventJson(events.getFirst()).writeMembers(json);
            } else {
                FrameJson.begin(json, "events", null);
                json.writeStringField("roomId", room.value());
                JsonDocument.writeList(json, "events", EventJson.of(events));
            }
        };
        return frame.encode();
    }
}
