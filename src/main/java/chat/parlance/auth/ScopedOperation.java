package chat.parlance.auth;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Principal;
import chat.parlance.model.RoomId;
import chat.parlance.model.Scope;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Scopes of tokens in one table: each operation of the REST API that needs a log-in, with the scope that a token needs
 * for it. Frames of WebSockets and commands of line mode have the row of the operation that does the same. The rights of
 * the account are checked apart, by {@link chat.parlance.room.Permission}.
 */
public enum ScopedOperation {
    GET_ACCOUNT(Need.NOTHING),

    FIND_USERS(Scope.READ, Place.SERVER),
    LIST_ROOMS(Scope.READ, Place.SERVER),
    GET_PREFERENCES(Scope.READ, Place.SERVER),
    LIST_THREADS(Scope.READ, Place.SERVER),
    LIST_SAVED(Scope.READ, Place.SERVER),
    SEARCH(Scope.READ, Place.SERVER),
    GET_ROOM(Scope.READ, Place.ROOM),
    LIST_MEMBERS(Scope.READ, Place.ROOM),
    LIST_INVITATIONS(Scope.READ, Place.ROOM),
    LIST_BANS(Scope.READ, Place.ROOM),
    LIST_EVENTS(Scope.READ, Place.ROOM),
    LIST_MESSAGES(Scope.READ, Place.ROOM),
    GET_MESSAGE(Scope.READ, Place.ROOM),
    LIST_REPLIES(Scope.READ, Place.ROOM),
    LIST_PINS(Scope.READ, Place.ROOM),
    GET_THREAD(Scope.READ, Place.ROOM),

    OPEN_DIRECT(Scope.POST, Place.SERVER),
    CHANGE_PREFERENCES(Scope.POST, Place.SERVER),
    JOIN_ROOM(Scope.POST, Place.ROOM),
    POST_MESSAGE(Scope.POST, Place.ROOM),
    EDIT_MESSAGE(Scope.POST, Place.ROOM),
    DELETE_MESSAGE(Scope.POST, Place.ROOM),
    REACT(Scope.POST, Place.ROOM),
    UNREACT(Scope.POST, Place.ROOM),
    VOTE(Scope.POST, Place.ROOM),
    CLOSE_POLL(Scope.POST, Place.ROOM),
    PIN(Scope.POST, Place.ROOM),
    UNPIN(Scope.POST, Place.ROOM),
    MARK_READ(Scope.POST, Place.ROOM),
    MARK_UNREAD(Scope.POST, Place.ROOM),
    FOLLOW_THREAD(Scope.POST, Place.ROOM),
    UNFOLLOW_THREAD(Scope.POST, Place.ROOM),
    MARK_THREAD_READ(Scope.POST, Place.ROOM),
    SAVE_MESSAGE(Scope.POST, Place.ROOM),
    UNSAVE_MESSAGE(Scope.POST, Place.ROOM),
    CHANGE_ROOM_PREFERENCES(Scope.POST, Place.ROOM),

    CHANGE_ROOM(Scope.ADMIN, Place.ROOM),
    CHANGE_MEMBER(Scope.ADMIN, Place.ROOM),
    /** Also removes the caller; a frame {@code leave} needs no more than {@link #JOIN_ROOM}. */
    REMOVE_MEMBER(Scope.ADMIN, Place.ROOM),
    INVITE(Scope.ADMIN, Place.ROOM),
    DECLINE_INVITATION(Scope.ADMIN, Place.ROOM),
    BAN(Scope.ADMIN, Place.ROOM),
    UNBAN(Scope.ADMIN, Place.ROOM),
    HAND_OVER(Scope.ADMIN, Place.ROOM),
    CREATE_ROOM(Scope.ADMIN, Place.SERVER),
    /** A right on the server, although it names a room. */
    JOIN_ANY_ROOM(Scope.ADMIN, Place.SERVER),
    LIST_ACCOUNTS(Scope.ADMIN, Place.SERVER),
    GET_USER_ACCOUNT(Scope.ADMIN, Place.SERVER),
    CHANGE_ACCOUNT(Scope.ADMIN, Place.SERVER),
    END_SESSIONS_OF_USER(Scope.ADMIN, Place.SERVER),
    LIST_INVITES(Scope.ADMIN, Place.SERVER),
    MAKE_INVITE(Scope.ADMIN, Place.SERVER),
    MAKE_QR_CODE(Scope.ADMIN, Place.SERVER),
    REVOKE_INVITE(Scope.ADMIN, Place.SERVER),
    LIST_AUDIT(Scope.ADMIN, Place.SERVER),

    // A token makes no credentials and ends none, or a stolen one could outlive its revocation.
    CHANGE_PASSWORD(Need.LOG_IN),
    LIST_SESSIONS(Need.LOG_IN),
    END_SESSION(Need.LOG_IN),
    LOG_OUT(Need.LOG_IN),
    LOG_OUT_EVERYWHERE(Need.LOG_IN),
    MAKE_PASSWORD_RESET(Need.LOG_IN),
    LIST_TOKENS(Need.LOG_IN),
    MAKE_TOKEN(Need.LOG_IN),
    REVOKE_TOKEN(Need.LOG_IN),
    MAKE_BOT(Need.LOG_IN);

    /** Reach of an operation. */
    public enum Place {
        /** One room. */
        ROOM,
        /** All rooms, or the server; a token that is limited to rooms cannot do it. */
        SERVER
    }

    private enum Need {
        /** Any token suffices. */
        NOTHING,
        /** No token suffices. */
        LOG_IN,
        SCOPE
    }

    private static final Pattern UNDERSCORE = Pattern.compile("_([a-z])");

    private static final Map<String, ScopedOperation> BY_ID = Stream.of(values())
            .collect(Collectors.toUnmodifiableMap(ScopedOperation::operationId, Function.identity()));

    private final Need need;
    private final @Nullable Scope scope;
    private final Place place;

    ScopedOperation(Need need) {
        this.need = need;
        this.scope = null;
        this.place = Place.SERVER;
    }

    ScopedOperation(Scope scope, Place place) {
        this.need = Need.SCOPE;
        this.scope = scope;
        this.place = place;
    }

    /** @throws IllegalStateException for an operation without a row */
    public static ScopedOperation of(String operationId) {
        ScopedOperation found = BY_ID.get(operationId);
        if (found == null) {
            throw new IllegalStateException("No scope for the operation " + operationId);
        }
        return found;
    }

    /** Name in the API description. */
    public String operationId() {
        return UNDERSCORE
                .matcher(name().toLowerCase(Locale.ROOT))
                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }

    /** Scope that a token needs; empty when any token suffices, or none. */
    public Optional<Scope> scope() {
        return Optional.ofNullable(scope);
    }

    /** True when no token suffices. */
    public boolean needsLogIn() {
        return need == Need.LOG_IN;
    }

    public Place place() {
        return place;
    }

    /**
     * Checks the grant of a credential.
     *
     * @param room of the request; null when it names none
     * @throws ChatException with {@code token.scope}, whether the room exists or not
     */
    public void require(Principal principal, @Nullable RoomId room) {
        if (principal.grant().whole() || need == Need.NOTHING) {
            return;
        }
        if (need == Need.LOG_IN) {
            throw refusal("This needs a log-in, and no token suffices");
        }
        if (scope().filter(principal.grant()::has).isEmpty()) {
            throw refusal("This needs a token with the scope "
                    + scope().map(Scope::wireName).orElseThrow());
        }
        boolean reaches = place == Place.SERVER
                ? !principal.grant().isLimitedToRooms()
                : room == null || principal.grant().includes(room);
        if (!reaches) {
            throw refusal("The token is limited to other rooms");
        }
    }

    private static ChatException refusal(String detail) {
        return new ChatException(ErrorCode.TOKEN_SCOPE, detail);
    }
}
