package chat.parlance.protocol;

import chat.parlance.error.ChatException;
import chat.parlance.model.Cursor;
import chat.parlance.model.EventBody;
import chat.parlance.model.ReadMarker;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.SessionId;
import chat.parlance.model.UserId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the server says, but for events, which are encoded once for many clients. */
public sealed interface ServerFrame {

    /** The client is who it says. */
    record Welcome(@Nullable String ref, UserId user, String node, SessionId session, Limits limits)
            implements ServerFrame {}

    /**
     * Limits of what a client sends.
     *
     * @param textBytes bytes of UTF-8 that the text of a message may have
     * @param frameBytes bytes that a frame may have, with all that JSON escapes
     */
    record Limits(int textBytes, int frameBytes) {}

    /** @param head the seq of the room's newest event; what the client missed follows, then live events */
    record Joined(@Nullable String ref, RoomId room, long head) implements ServerFrame {}

    /** The user is not a member any more, by its own wish or another's. */
    record Left(@Nullable String ref, RoomId room) implements ServerFrame {}

    /**
     * Acknowledgement: the post is committed.
     *
     * @param stored the event that it became
     */
    record Ack(@Nullable String ref, RoomId room, EventBody.Posted body, Cursor stored) implements ServerFrame {}

    /** The change of a room or of a membership is committed, or was so already. */
    record Changed(@Nullable String ref, RoomId room) implements ServerFrame {}

    /** The room that was asked for, or one in which the user's standing has changed. */
    record RoomFound(@Nullable String ref, Room room) implements ServerFrame {}

    record Failed(@Nullable String ref, ChatException reason) implements ServerFrame {}

    /**
     * The client loads {@code from + 1} to {@code head} itself; live events go on after head. From 0 nothing that it has of
     * the room is sure; from where it resumed that is proved, and what came since is too much to send.
     */
    record Reset(RoomId room, long from, long head) implements ServerFrame {}

    /** Where the user's read marker is, by this connection's request or another's. */
    record Read(@Nullable String ref, ReadMarker marker) implements ServerFrame {}

    /** @param expiresInMs how long this is true, unless it is said again */
    record Typing(RoomId room, UserId user, int expiresInMs) implements ServerFrame {}

    /**
     * Who is in a room at the moment.
     *
     * @param users all of them; null when they are too many to be named, or when only what has changed is told
     */
    record Presence(RoomId room, int count, @Nullable List<UserId> users, List<UserId> arrived, List<UserId> departed)
            implements ServerFrame {}

    /** The newest seq of each joined room, said now and then so that a client can tell whether it has everything. */
    record Heads(Map<RoomId, Long> rooms) implements ServerFrame {}

    record Pong(@Nullable String ref) implements ServerFrame {}

    /** @param reconnectWithinMs the client connects again at a random time within it */
    record Bye(String reason, int reconnectWithinMs) implements ServerFrame {}
}
