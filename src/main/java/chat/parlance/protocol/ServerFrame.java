package chat.parlance.protocol;

import chat.parlance.error.ChatException;
import chat.parlance.model.Cursor;
import chat.parlance.model.EventBody;
import chat.parlance.model.ReadMarker;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomPreferences;
import chat.parlance.model.SavedMark;
import chat.parlance.model.SessionId;
import chat.parlance.model.ThreadMarker;
import chat.parlance.model.UserId;
import chat.parlance.model.UserPreferences;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Frames from the server, except events, which are encoded once for many clients. */
public sealed interface ServerFrame {

    /** The client is authenticated. */
    record Welcome(@Nullable String ref, UserId user, String node, SessionId session, Limits limits)
            implements ServerFrame {}

    /**
     * Limits of a client's frames.
     *
     * @param textBytes bytes of UTF-8 that the text of a message may have
     * @param frameBytes bytes that a frame may have, with all that JSON escapes
     */
    record Limits(int textBytes, int frameBytes) {}

    /** @param head the seq of the room's newest event; the events that the client missed follow, then live ones */
    record Joined(@Nullable String ref, RoomId room, long head) implements ServerFrame {}

    /** The user is no longer a member, by its own request or another's. */
    record Left(@Nullable String ref, RoomId room) implements ServerFrame {}

    /**
     * Acknowledgement: the post is committed.
     *
     * @param stored the event that it became
     */
    record Ack(@Nullable String ref, RoomId room, EventBody.Posted body, Cursor stored) implements ServerFrame {}

    /** The change of a room or of a membership is committed, or changed nothing. */
    record Changed(@Nullable String ref, RoomId room) implements ServerFrame {}

    /** The requested room, or one in which the user's membership has changed. */
    record RoomFound(@Nullable String ref, Room room) implements ServerFrame {}

    record Failed(@Nullable String ref, ChatException reason) implements ServerFrame {}

    /**
     * The client must load {@code since + 1} to {@code head} by pages of history; live events continue after head. When
     * {@code since} is 0 the client's whole copy of the room is uncertain; when it is the event where the client resumed, the copy is confirmed, but
     * too many events have come since.
     */
    record Reset(RoomId room, long since, long head) implements ServerFrame {}

    /** The user's read marker, moved by this connection's request or another's. */
    record Read(@Nullable String ref, ReadMarker marker) implements ServerFrame {}

    /** A member's preferences for a room, changed by this connection's request or another's. */
    record RoomPreferred(RoomId room, RoomPreferences preferences) implements ServerFrame {}

    /** The user's preferences for the list of rooms, changed by this connection's request or another's. */
    record UserPreferred(UserPreferences preferences) implements ServerFrame {}

    /** State of a thread for the user, changed by a request, a reply or a mention. */
    record ThreadState(ThreadMarker marker) implements ServerFrame {}

    /** A message that the user has saved, or removed from the list. */
    record Saved(SavedMark mark) implements ServerFrame {}

    /** @param expiresInMs time that a client shows it, unless it is sent again */
    record Typing(RoomId room, UserId user, int expiresInMs) implements ServerFrame {}

    /**
     * Users present in a room.
     *
     * @param users all of them; null when they are too many to be named, or when only the changes are sent
     */
    record Presence(RoomId room, int count, @Nullable List<UserId> users, List<UserId> arrived, List<UserId> departed)
            implements ServerFrame {}

    /** The newest seq of each joined room, sent periodically so that a client can detect missing events. */
    record Heads(Map<RoomId, Long> rooms) implements ServerFrame {}

    record Pong(@Nullable String ref) implements ServerFrame {}

    /** @param reconnectWithinMs the client connects again at a random time within it */
    record Bye(String reason, int reconnectWithinMs) implements ServerFrame {}
}
