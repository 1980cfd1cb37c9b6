package chat.parlance.protocol;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.ClientId;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.RoomId;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The subprotocol {@code parlance.v1.json}: one JSON object a text frame. */
public final class JsonCodec {

    private static final int MAX_REF_LENGTH = 64;
    private static final JsonFactory FACTORY = new JsonFactory();

    /** RFC 3339 in UTC, always with milliseconds. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private JsonCodec() {}

    /** Never fails: what is not a frame comes out as {@link ClientFrame.Invalid}. */
    public static ClientFrame decode(String text) {
        String ref = null;
        try {
            JsonFields fields = JsonFields.parse(text);
            ref = ref(fields);
            return frame(ref, fields);
        } catch (ChatException reason) {
            return new ClientFrame.Invalid(ref, reason);
        }
    }

    public static byte[] encode(ServerFrame frame) {
        return write(json -> {
            json.writeStartObject();
            switch (frame) {
                case ServerFrame.Welcome welcome -> {
                    begin(json, "welcome", welcome.ref());
                    json.writeStringField("user", welcome.user().value());
                    json.writeStringField("node", welcome.node());
                    json.writeStringField("session", welcome.session().toString());
                }
                case ServerFrame.Joined joined -> {
                    begin(json, "joined", joined.ref());
                    json.writeStringField("room", joined.room().value());
                    json.writeNumberField("head", joined.head());
                }
                case ServerFrame.Left left -> {
                    begin(json, "left", left.ref());
                    json.writeStringField("room", left.room().value());
                }
                case ServerFrame.Ack ack -> {
                    begin(json, "ack", ack.ref());
                    json.writeStringField("room", ack.room().value());
                    json.writeStringField("id", ack.id().value());
                    json.writeNumberField("seq", ack.seq());
                }
                case ServerFrame.Failed failed -> {
                    begin(json, "error", failed.ref());
                    json.writeStringField("code", failed.reason().code().code());
                    json.writeStringField("message", failed.reason().detail());
                    json.writeBooleanField("retryable", failed.reason().code().retryable());
                }
                case ServerFrame.Reset reset -> {
                    begin(json, "reset", null);
                    json.writeStringField("room", reset.room().value());
                    json.writeNumberField("from", reset.from());
                    json.writeNumberField("head", reset.head());
                }
                case ServerFrame.Heads heads -> {
                    begin(json, "heads", null);
                    json.writeObjectFieldStart("rooms");
                    for (var room : heads.rooms().entrySet()) {
                        json.writeNumberField(room.getKey().value(), room.getValue());
                    }
                    json.writeEndObject();
                }
                case ServerFrame.Pong pong -> begin(json, "pong", pong.ref());
                case ServerFrame.Bye bye -> {
                    begin(json, "bye", null);
                    json.writeStringField("reason", bye.reason());
                    json.writeNumberField("reconnectWithinMs", bye.reconnectWithinMs());
                }
            }
            json.writeEndObject();
        });
    }

    /** A frame of one event, or for several a frame that lists them. */
    public static byte[] encodeEvents(RoomId room, List<Event> events) {
        return write(json -> {
            json.writeStartObject();
            if (events.size() == 1) {
                begin(json, "event", null);
                writeMembers(json, events.getFirst());
            } else {
                begin(json, "events", null);
                json.writeStringField("room", room.value());
                json.writeFieldName("events");
                writeAll(json, events);
            }
            json.writeEndObject();
        });
    }

    /** A page of history, as REST answers it. */
    public static byte[] encodePage(List<Event> events, long head) {
        return write(json -> {
            json.writeStartObject();
            json.writeFieldName("events");
            writeAll(json, events);
            json.writeNumberField("head", head);
            json.writeEndObject();
        });
    }

    public static String time(Instant at) {
        return TIME.format(at);
    }

    private static ClientFrame frame(@Nullable String ref, JsonFields fields) {
        String type = fields.string("type");
        return switch (type) {
            case "auth" -> new ClientFrame.Auth(ref, fields.string("token"));
            case "join" -> new ClientFrame.Join(ref, room(fields), fields.optionalSeq("since"));
            case "leave" -> new ClientFrame.Leave(ref, room(fields));
            case "post" ->
                new ClientFrame.Post(ref, room(fields), new ClientId(fields.string("id")), fields.string("text"));
            case "ping" -> new ClientFrame.Ping(ref);
            default -> throw new ChatException(ErrorCode.FRAME_UNKNOWN);
        };
    }

    private static RoomId room(JsonFields fields) {
        return RoomId.lookup(fields.string("room"));
    }

    private static @Nullable String ref(JsonFields fields) {
        String ref = fields.optionalString("ref");
        if (ref != null && ref.length() > MAX_REF_LENGTH) {
            throw ChatException.badRequest("A ref has at most " + MAX_REF_LENGTH + " characters");
        }
        return ref;
    }

    private static void begin(JsonGenerator json, String type, @Nullable String ref) throws IOException {
        json.writeStringField("type", type);
        if (ref != null) {
            json.writeStringField("ref", ref);
        }
    }

    private static void writeAll(JsonGenerator json, List<Event> events) throws IOException {
        json.writeStartArray();
        for (Event event : events) {
            json.writeStartObject();
            writeMembers(json, event);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeMembers(JsonGenerator json, Event event) throws IOException {
        json.writeStringField("room", event.room().value());
        json.writeNumberField("seq", event.seq());
        json.writeStringField("kind", event.body().kind().wireName());
        json.writeStringField("sender", event.sender().value());
        switch (event.body()) {
            case EventBody.Message message -> {
                json.writeStringField("id", message.id().value());
                json.writeStringField("at", time(event.at()));
                json.writeStringField("text", message.text());
            }
            case EventBody.Membership membership -> {
                json.writeStringField("at", time(event.at()));
                json.writeStringField("user", membership.user().value());
                json.writeStringField("change", membership.change().wireName());
            }
        }
    }

    /** Writes one JSON document. */
    @FunctionalInterface
    private interface Document {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] write(Document document) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            document.write(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
