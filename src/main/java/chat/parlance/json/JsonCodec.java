package chat.parlance.json;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.ClientId;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.PostRequest;
import chat.parlance.model.RoomId;
import chat.parlance.model.Since;
import chat.parlance.model.Stamp;
import chat.parlance.model.Text;
import chat.parlance.model.UserId;
import chat.parlance.protocol.ClientFrame;
import chat.parlance.protocol.ServerFrame;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The subprotocol {@code parlance.v1.json}: one JSON object a text frame. */
public final class JsonCodec {

    private JsonCodec() {}

    /**
     * Decodes a frame. Never fails: an invalid frame is a {@link ClientFrame.Invalid}, with its ref if that can be
     * read.
     */
    public static ClientFrame decode(String text) {
        try {
            JsonFields fields = JsonFields.parse(text);
            return frame(FrameRef.of(fields), fields);
        } catch (ChatException reason) {
            return new ClientFrame.Invalid(FrameRef.find(text), reason);
        }
    }

    public static byte[] encode(ServerFrame frame) {
        return document(frame).encode();
    }

    /** Frame of one event, or a frame with a list of several. */
    public static byte[] encodeEvents(RoomId room, List<Event> events) {
        JsonDocument frame = json -> {
            if (events.size() == 1) {
                begin(json, "event", null);
                new EventJson(events.getFirst()).writeMembers(json);
            } else {
                begin(json, "events", null);
                json.writeStringField("room", room.value());
                JsonDocument.writeList(json, "events", EventJson.of(events));
            }
        };
        return frame.encode();
    }

    private static JsonDocument document(ServerFrame frame) {
        return json -> {
            switch (frame) {
                case ServerFrame.Welcome welcome -> {
                    begin(json, "welcome", welcome.ref());
                    json.writeStringField("user", welcome.user().value());
                    json.writeStringField("node", welcome.node());
                    json.writeStringField("session", welcome.session().toString());
                    json.writeObjectFieldStart("limits");
                    json.writeNumberField("textBytes", welcome.limits().textBytes());
                    json.writeNumberField("frameBytes", welcome.limits().frameBytes());
                    json.writeEndObject();
                }
                case ServerFrame.Joined joined -> {
                    begin(json, "joined", joined.ref(), joined.room());
                    json.writeNumberField("head", joined.head());
                }
                case ServerFrame.Left left -> begin(json, "left", left.ref(), left.room());
                case ServerFrame.Ack ack -> {
                    begin(json, "ack", ack.ref(), ack.room());
                    json.writeStringField("id", ack.body().id().value());
                    json.writeNumberField("seq", ack.stored().seq());
                    json.writeStringField("stamp", ack.stored().stamp().toString());
                    if (ack.body().target() != null) {
                        json.writeNumberField("target", ack.body().target());
                    }
                }
                case ServerFrame.Changed changed -> begin(json, "ack", changed.ref(), changed.room());
                case ServerFrame.RoomFound found -> {
                    begin(json, "room", found.ref(), found.room().id());
                    new RoomJson(found.room()).writeMembers(json);
                }
                case ServerFrame.Failed failed -> {
                    begin(json, "error", failed.ref());
                    json.writeStringField("code", failed.reason().code().code());
                    json.writeStringField("message", failed.reason().detail());
                    json.writeBooleanField("retryable", failed.reason().code().retryable());
                    Duration retryAfter = failed.reason().retryAfter();
                    if (retryAfter != null) {
                        json.writeNumberField("retryAfterMs", retryAfter.toMillis());
                    }
                }
                case ServerFrame.Reset reset -> {
                    begin(json, "reset", null, reset.room());
                    json.writeNumberField("from", reset.from());
                    json.writeNumberField("head", reset.head());
                }
                case ServerFrame.Read read -> {
                    begin(json, "read", read.ref());
                    new ReadMarkerJson(read.marker()).writeMembers(json);
                }
                case ServerFrame.RoomPreferred preferred -> {
                    begin(json, "roomPreferences", null, preferred.room());
                    PreferenceJson.of(preferred.preferences()).writeMembers(json);
                }
                case ServerFrame.UserPreferred preferred -> {
                    begin(json, "preferences", null);
                    PreferenceJson.of(preferred.preferences()).writeMembers(json);
                }
                case ServerFrame.ThreadState thread -> {
                    begin(json, "thread", null);
                    new ThreadMarkerJson(thread.marker()).writeMembers(json);
                }
                case ServerFrame.Saved saved -> {
                    begin(json, "saved", null, saved.mark().room());
                    json.writeNumberField("seq", saved.mark().seq());
                    json.writeBooleanField("saved", saved.mark().saved());
                }
                case ServerFrame.Typing typing -> {
                    begin(json, "typing", null, typing.room());
                    json.writeStringField("user", typing.user().value());
                    json.writeNumberField("expiresInMs", typing.expiresInMs());
                }
                case ServerFrame.Presence presence -> {
                    begin(json, "presence", null, presence.room());
                    json.writeNumberField("count", presence.count());
                    if (presence.users() != null) {
                        JsonDocument.writeUsers(json, "users", presence.users());
                    }
                    if (!presence.arrived().isEmpty()) {
                        JsonDocument.writeUsers(json, "arrived", presence.arrived());
                    }
                    if (!presence.departed().isEmpty()) {
                        JsonDocument.writeUsers(json, "departed", presence.departed());
                    }
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
        };
    }

    private static ClientFrame frame(@Nullable String ref, JsonFields fields) {
        String type = fields.string("type");
        return switch (type) {
            case "auth" -> new ClientFrame.Auth(ref, fields.string("token"));
            case "join" -> new ClientFrame.Join(ref, room(fields), since(fields));
            case "leave" -> new ClientFrame.Leave(ref, room(fields));
            case "post", "edit", "delete", "react", "pin" ->
                new ClientFrame.Post(ref, room(fields), new PostRequest(posted(type, fields), fields.optionalStamp()));
            case "create" ->
                new ClientFrame.Create(
                        ref,
                        RoomId.chosen(fields.string("room")),
                        ResourceFields.profile(fields, fields.string("room")),
                        ResourceFields.visibility(fields),
                        ResourceFields.members(fields));
            case "direct" -> new ClientFrame.Direct(ref, new UserId(fields.string("user")));
            case "member" ->
                new ClientFrame.ChangeMember(
                        ref, room(fields), new UserId(fields.string("user")), change(fields.string("change")));
            case "room" -> new ClientFrame.ChangeRoom(ref, room(fields), ResourceFields.changes(fields));
            case "read" -> new ClientFrame.Read(ref, room(fields), fields.target("seq"));
            case "unread" -> new ClientFrame.MarkUnread(ref, room(fields), fields.target("seq"));
            case "typing" -> new ClientFrame.Typing(ref, room(fields));
            case "ping" -> new ClientFrame.Ping(ref);
            default -> throw new ChatException(ErrorCode.FRAME_UNKNOWN);
        };
    }

    private static EventBody.Posted posted(String type, JsonFields fields) {
        ClientId id = new ClientId(fields.string("id"));
        return switch (type) {
            case "post" ->
                new EventBody.Message(
                        id, fields.string("text"), fields.optionalSeq("replyTo"), fields.flag("alsoToRoom"));
            case "edit" -> new EventBody.Edit(id, fields.seq("seq"), fields.string("text"));
            case "delete" -> new EventBody.Delete(id, fields.seq("seq"));
            case "react" ->
                new EventBody.Reaction(
                        id, fields.seq("seq"), Text.emoji(fields.string("emoji")), fields.flag("remove"));
            case "pin" -> new EventBody.Pin(id, fields.seq("seq"), fields.flag("remove"));
            default -> throw new IllegalArgumentException(type);
        };
    }

    private static MembershipChange change(String wireName) {
        try {
            return MembershipChange.of(wireName);
        } catch (IllegalArgumentException unknown) {
            throw ChatException.badRequest("The change of the membership is unknown");
        }
    }

    private static RoomId room(JsonFields fields) {
        return RoomId.lookup(fields.string("room"));
    }

    private static @Nullable Since since(JsonFields fields) {
        Long seq = fields.optionalSeq("since");
        String stamp = fields.optionalString("stamp");
        if (seq == null && stamp != null) {
            throw ChatException.badRequest("A stamp needs since");
        }
        return seq == null ? null : new Since(seq, stamp == null ? null : Stamp.parse(stamp));
    }

    private static void begin(JsonGenerator json, String type, @Nullable String ref) throws IOException {
        json.writeStringField("type", type);
        if (ref != null) {
            json.writeStringField("ref", ref);
        }
    }

    private static void begin(JsonGenerator json, String type, @Nullable String ref, RoomId room) throws IOException {
        begin(json, type, ref);
        json.writeStringField("room", room.value());
    }
}
