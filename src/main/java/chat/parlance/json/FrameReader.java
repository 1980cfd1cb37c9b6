package chat.parlance.json;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.EventBody;
import chat.parlance.model.EventKind;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.PostRequest;
import chat.parlance.model.RoomId;
import chat.parlance.model.Since;
import chat.parlance.model.Stamp;
import chat.parlance.model.UserId;
import chat.parlance.protocol.ClientFrame;
import org.jspecify.annotations.Nullable;

/** Reads frames of clients. */
final class FrameReader {

    private FrameReader() {}

    /** @throws ChatException when the frame is invalid */
    static ClientFrame read(JsonFields fields) {
        return frame(FrameRef.of(fields), fields);
    }

    private static ClientFrame frame(@Nullable String ref, JsonFields fields) {
        String type = fields.string("type");
        return switch (type) {
            case "auth" -> new ClientFrame.Auth(ref, fields.string("token"));
            case "join" -> new ClientFrame.Join(ref, room(fields), since(fields));
            case "leave" -> new ClientFrame.Leave(ref, room(fields));
            case "createRoom" ->
                new ClientFrame.CreateRoom(
                        ref,
                        RoomId.chosen(fields.string("roomId")),
                        ResourceFields.profile(fields, fields.string("roomId")),
                        ResourceFields.visibility(fields),
                        ResourceFields.members(fields));
            case "openDirect" -> new ClientFrame.OpenDirect(ref, new UserId(fields.string("userId")));
            case "changeMember" ->
                new ClientFrame.ChangeMember(
                        ref, room(fields), new UserId(fields.string("userId")), change(fields.string("change")));
            case "changeRoom" -> new ClientFrame.ChangeRoom(ref, room(fields), ResourceFields.changes(fields));
            case "markRead" -> new ClientFrame.MarkRead(ref, room(fields), fields.target("seq"));
            case "markUnread" -> new ClientFrame.MarkUnread(ref, room(fields), fields.target("seq"));
            case "typing" -> new ClientFrame.Typing(ref, room(fields));
            case "ping" -> new ClientFrame.Ping(ref);
            default -> post(EventKind.ofFrame(type).orElseThrow(FrameReader::unknown), ref, fields);
        };
    }

    private static ClientFrame post(EventKind kind, @Nullable String ref, JsonFields fields) {
        RoomId room = room(fields);
        if (kind.read(new FrameBody(fields)) instanceof EventBody.Posted body) {
            return new ClientFrame.Post(ref, room, new PostRequest(body, fields.optionalStamp()));
        }
        throw unknown();
    }

    private static ChatException unknown() {
        return new ChatException(ErrorCode.FRAME_UNKNOWN);
    }

    private static MembershipChange change(String wireName) {
        try {
            return MembershipChange.of(wireName);
        } catch (IllegalArgumentException unknown) {
            throw ChatException.badRequest("The change of the membership is unknown");
        }
    }

    private static RoomId room(JsonFields fields) {
        return RoomId.lookup(fields.string("roomId"));
    }

    private static @Nullable Since since(JsonFields fields) {
        Long seq = fields.optionalSeq("since");
        String stamp = fields.optionalString("stamp");
        if (seq == null && stamp != null) {
            throw ChatException.badRequest("A stamp needs since");
        }
        return seq == null ? null : new Since(seq, stamp == null ? null : Stamp.parse(stamp));
    }
}
