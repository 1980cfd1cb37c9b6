package chat.parlance.protocol;

import chat.parlance.error.ChatException;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.PostRequest;
import chat.parlance.model.RoomChanges;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomProfile;
import chat.parlance.model.Since;
import chat.parlance.model.Target;
import chat.parlance.model.UserId;
import chat.parlance.model.Visibility;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Frames from clients. The answer repeats {@code ref}. */
public sealed interface ClientFrame {

    @Nullable
    String ref();

    /** Authenticates the client, or renews its authentication on an open connection. */
    record Auth(@Nullable String ref, String token) implements ClientFrame {}

    /** @param since the last event the client has, null to receive the newest */
    record Join(@Nullable String ref, RoomId room, @Nullable Since since) implements ClientFrame {}

    /** Ends the membership. */
    record Leave(@Nullable String ref, RoomId room) implements ClientFrame {}

    /** A message, or a change of one: the frames post, edit, delete, react and pin. */
    record Post(@Nullable String ref, RoomId room, PostRequest request) implements ClientFrame {}

    record CreateRoom(
            @Nullable String ref, RoomId room, RoomProfile profile, Visibility visibility, List<UserId> members)
            implements ClientFrame {}

    /** Opens the direct room with another user. */
    record OpenDirect(@Nullable String ref, UserId user) implements ClientFrame {}

    /** Changes a user's membership: the frame changeMember. */
    record ChangeMember(@Nullable String ref, RoomId room, UserId user, MembershipChange change)
            implements ClientFrame {}

    /** Changes settings: the frame changeRoom. */
    record ChangeRoom(@Nullable String ref, RoomId room, RoomChanges changes) implements ClientFrame {}

    /** Moves the user's read marker. */
    record MarkRead(@Nullable String ref, RoomId room, Target target) implements ClientFrame {}

    /** Moves the user's read marker back to before a message. */
    record MarkUnread(@Nullable String ref, RoomId room, Target target) implements ClientFrame {}

    /** The user is typing; answered only when the frame has a ref. */
    record Typing(@Nullable String ref, RoomId room) implements ClientFrame {}

    record Ping(@Nullable String ref) implements ClientFrame {}

    /** An invalid frame; it is answered with the reason, and the connection continues. */
    record Invalid(@Nullable String ref, ChatException reason) implements ClientFrame {}
}
