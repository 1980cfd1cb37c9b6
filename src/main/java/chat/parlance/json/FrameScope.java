package chat.parlance.json;

import chat.parlance.auth.ScopedOperation;
import chat.parlance.model.Principal;
import chat.parlance.model.RoomId;
import chat.parlance.protocol.ClientFrame;
import org.jspecify.annotations.Nullable;

/** Frames as operations of the table of scopes. */
final class FrameScope {

    private FrameScope() {}

    /**
     * Checks the grant of the client. A client that has not logged in is refused later.
     *
     * @throws chat.parlance.error.ChatException with {@code token.scope}
     */
    static void require(ClientFrame frame, @Nullable Principal principal) {
        if (principal == null) {
            return;
        }
        switch (frame) {
            case ClientFrame.Auth auth -> {}
            case ClientFrame.Ping ping -> {}
            case ClientFrame.Invalid invalid -> {}
            // A token that cannot post follows rooms without becoming a member, see RoomRequests.
            case ClientFrame.Join join -> require(ScopedOperation.LIST_EVENTS, principal, join.room());
            case ClientFrame.Leave leave -> require(ScopedOperation.JOIN_ROOM, principal, leave.room());
            case ClientFrame.Post post -> require(ScopedOperation.POST_MESSAGE, principal, post.room());
            case ClientFrame.Typing typing -> require(ScopedOperation.POST_MESSAGE, principal, typing.room());
            case ClientFrame.MarkRead read -> require(ScopedOperation.MARK_READ, principal, read.room());
            case ClientFrame.MarkUnread unread -> require(ScopedOperation.MARK_UNREAD, principal, unread.room());
            case ClientFrame.CreateRoom create -> require(ScopedOperation.CREATE_ROOM, principal, create.room());
            case ClientFrame.OpenDirect direct -> require(ScopedOperation.OPEN_DIRECT, principal, null);
            case ClientFrame.ChangeMember member -> require(ScopedOperation.CHANGE_MEMBER, principal, member.room());
            case ClientFrame.ChangeRoom room -> require(ScopedOperation.CHANGE_ROOM, principal, room.room());
        }
    }

    private static void require(ScopedOperation operation, Principal principal, @Nullable RoomId room) {
        operation.require(principal, room);
    }
}
