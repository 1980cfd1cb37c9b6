package chat.parlance.lines;

import chat.parlance.auth.ScopedOperation;
import chat.parlance.model.Principal;
import chat.parlance.model.RoomId;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Commands as operations of the table of scopes. */
final class CommandScopes {

    /** Commands that need no rights, or those of the password that they come with. */
    static final Set<String> FREE = Set.of("register", "redeem", "login", "help", "quit", "emoji", "arrivals");

    static final Map<String, ScopedOperation> OPERATIONS = Map.ofEntries(
            Map.entry("password", ScopedOperation.CHANGE_PASSWORD),
            Map.entry("sessions", ScopedOperation.LIST_SESSIONS),
            Map.entry("end", ScopedOperation.END_SESSION),
            Map.entry("logout", ScopedOperation.LOG_OUT),
            Map.entry("rooms", ScopedOperation.LIST_ROOMS),
            Map.entry("unread", ScopedOperation.LIST_ROOMS),
            Map.entry("read", ScopedOperation.MARK_READ),
            Map.entry("mark", ScopedOperation.MARK_UNREAD),
            Map.entry("create", ScopedOperation.CREATE_ROOM),
            Map.entry("join", ScopedOperation.LIST_EVENTS),
            Map.entry("leave", ScopedOperation.JOIN_ROOM),
            Map.entry("msg", ScopedOperation.OPEN_DIRECT),
            Map.entry("invitations", ScopedOperation.LIST_ROOMS),
            Map.entry("accept", ScopedOperation.JOIN_ROOM),
            Map.entry("decline", ScopedOperation.JOIN_ROOM),
            Map.entry("star", ScopedOperation.CHANGE_ROOM_PREFERENCES),
            Map.entry("unstar", ScopedOperation.CHANGE_ROOM_PREFERENCES),
            Map.entry("notify", ScopedOperation.CHANGE_ROOM_PREFERENCES),
            Map.entry("hide", ScopedOperation.CHANGE_ROOM_PREFERENCES),
            Map.entry("unhide", ScopedOperation.CHANGE_ROOM_PREFERENCES),
            Map.entry("info", ScopedOperation.GET_ROOM),
            Map.entry("topic", ScopedOperation.CHANGE_ROOM),
            Map.entry("rename", ScopedOperation.CHANGE_ROOM),
            Map.entry("describe", ScopedOperation.CHANGE_ROOM),
            Map.entry("archive", ScopedOperation.CHANGE_ROOM),
            Map.entry("unarchive", ScopedOperation.CHANGE_ROOM),
            Map.entry("who", ScopedOperation.LIST_MEMBERS),
            Map.entry("find", ScopedOperation.FIND_USERS),
            Map.entry("invited", ScopedOperation.LIST_INVITATIONS),
            Map.entry("bans", ScopedOperation.LIST_BANS),
            Map.entry("role", ScopedOperation.CHANGE_MEMBER),
            Map.entry("owner", ScopedOperation.HAND_OVER),
            Map.entry("invite", ScopedOperation.INVITE),
            Map.entry("uninvite", ScopedOperation.DECLINE_INVITATION),
            Map.entry("kick", ScopedOperation.REMOVE_MEMBER),
            Map.entry("ban", ScopedOperation.BAN),
            Map.entry("unban", ScopedOperation.UNBAN),
            Map.entry("mute", ScopedOperation.CHANGE_MEMBER),
            Map.entry("unmute", ScopedOperation.CHANGE_MEMBER),
            Map.entry("me", ScopedOperation.POST_MESSAGE),
            Map.entry("reply", ScopedOperation.POST_MESSAGE),
            Map.entry("answer", ScopedOperation.POST_MESSAGE),
            Map.entry("edit", ScopedOperation.EDIT_MESSAGE),
            Map.entry("delete", ScopedOperation.DELETE_MESSAGE),
            Map.entry("react", ScopedOperation.REACT),
            Map.entry("unreact", ScopedOperation.UNREACT),
            Map.entry("pin", ScopedOperation.PIN),
            Map.entry("unpin", ScopedOperation.UNPIN),
            Map.entry("poll", ScopedOperation.POST_MESSAGE),
            Map.entry("multipoll", ScopedOperation.POST_MESSAGE),
            Map.entry("vote", ScopedOperation.VOTE),
            Map.entry("unvote", ScopedOperation.VOTE),
            Map.entry("close", ScopedOperation.CLOSE_POLL),
            Map.entry("thread", ScopedOperation.GET_THREAD),
            Map.entry("threads", ScopedOperation.LIST_THREADS),
            Map.entry("follow", ScopedOperation.FOLLOW_THREAD),
            Map.entry("unfollow", ScopedOperation.UNFOLLOW_THREAD),
            Map.entry("save", ScopedOperation.SAVE_MESSAGE),
            Map.entry("unsave", ScopedOperation.UNSAVE_MESSAGE),
            Map.entry("saved", ScopedOperation.LIST_SAVED),
            Map.entry("history", ScopedOperation.LIST_MESSAGES),
            Map.entry("date", ScopedOperation.LIST_MESSAGES),
            Map.entry("show", ScopedOperation.LIST_MESSAGES),
            Map.entry("pins", ScopedOperation.LIST_PINS),
            Map.entry("search", ScopedOperation.SEARCH));

    private CommandScopes() {}

    /**
     * Checks the grant of the person. A person who has not logged in is refused by the command.
     *
     * @throws chat.parlance.error.ChatException with {@code token.scope}
     */
    static void require(LineCommand command, LineArguments arguments, LineSession session) {
        if (!FREE.contains(command.name())) {
            ScopedOperation operation = Objects.requireNonNull(OPERATIONS.get(command.name()));
            require(operation, arguments.find("ROOM").isPresent() ? arguments.room() : session.presentRoom(), session);
        }
    }

    /** {@link #require} for a line that is no command. */
    static void requireMessage(LineSession session) {
        require(ScopedOperation.POST_MESSAGE, session.presentRoom(), session);
    }

    private static void require(ScopedOperation operation, @Nullable RoomId room, LineSession session) {
        Principal principal = session.connection().principal();
        if (principal != null) {
            operation.require(principal, room);
        }
    }
}
