package chat.parlance.error;

import java.util.stream.Stream;

/**
 * The one catalogue of errors. REST answers with {@link #status()} and {@link #code()} in a problem document (RFC 9457),
 * WebSocket frames and line mode with {@link #code()} and {@link #retryable()}. Codes are never renamed or reused.
 */
public enum ErrorCode {
    BAD_REQUEST("bad_request", 400, false, "The request is malformed"),
    FRAME_UNKNOWN("frame.unknown", 400, false, "No such frame type or command"),
    NOT_FOUND("not_found", 404, false, "No such resource"),
    METHOD_NOT_ALLOWED("method_not_allowed", 405, false, "The resource has no such method"),
    UPGRADE_REQUIRED("upgrade_required", 426, false, "Connect by WebSocket version 13"),
    REQUEST_TIMEOUT("request_timeout", 408, true, "The request did not arrive in time"),
    TOO_LARGE("too_large", 413, false, "The request is too large"),
    URI_TOO_LONG("uri_too_long", 414, false, "The request's address is too long"),
    UNSUPPORTED_MEDIA_TYPE("unsupported_media_type", 415, false, "Send the body as application/json, not compressed"),
    EXPECTATION_FAILED("expectation_failed", 417, false, "Of the header Expect only 100-continue is supported"),
    HEADERS_TOO_LARGE("headers_too_large", 431, false, "The request's headers are too large"),
    VERSION_NOT_SUPPORTED("version_not_supported", 505, false, "Only HTTP/1.1 and HTTP/1.0 are supported"),
    AUTH_REQUIRED("auth.required", 401, false, "Log in first"),
    AUTH_INVALID_CREDENTIALS("auth.invalid_credentials", 401, false, "Unknown user or wrong password"),
    AUTH_INVALID_TOKEN("auth.invalid_token", 401, false, "The token is invalid or has expired"),
    AUTH_TOO_MANY_FAILURES("auth.too_many_failures", 429, true, "Too many failed log-ins, wait a while"),
    TOKEN_SCOPE("token.scope", 403, false, "The token does not allow this"),
    RATE_LIMITED("rate.limited", 429, true, "Too many requests, wait a moment"),
    CONNECTION_LIMIT("connection.limit", 429, true, "Too many connections, close another one"),
    ORIGIN_REFUSED("origin.refused", 403, false, "Pages of this origin may not connect"),
    HOST_REFUSED("host.refused", 421, false, "The node does not serve the host that the request names"),
    USER_EXISTS("user.exists", 409, false, "The user id is taken"),
    USER_NOT_FOUND("user.not_found", 404, false, "No such user"),
    REGISTRATION_CLOSED("registration.closed", 403, false, "This server takes no new accounts without an invite"),
    LINK_INVALID("link.invalid", 404, false, "The link or code is wrong, used up or expired"),
    ACCOUNT_FORBIDDEN("account.forbidden", 403, false, "Your role on the server does not allow this"),
    ACCOUNT_LAST_OWNER("account.last_owner", 409, false, "The server must keep an owner"),
    PASSWORD_WEAK("password.weak", 400, false, "The password is too easy to guess"),
    ROOM_EXISTS("room.exists", 409, false, "The room id is taken"),
    ROOM_NOT_FOUND("room.not_found", 404, false, "No such room"),
    ROOM_FORBIDDEN("room.forbidden", 403, false, "Your role in the room does not allow this"),
    ROOM_LAST_OWNER("room.last_owner", 409, false, "The last owner cannot leave the room"),
    ROOM_ARCHIVED("room.archived", 409, false, "The room is archived"),
    ROOM_BANNED("room.banned", 403, false, "The user is banned from the room"),
    ROOM_MUTED("room.muted", 403, false, "You are muted in the room"),
    ROOM_DIRECT("room.direct", 409, false, "A direct conversation has no members or settings to change"),
    ROOM_FULL("room.full", 409, false, "The limit of this room, message or list is reached"),
    ROOM_LIMIT("room.limit", 409, false, "Too many rooms, leave one first"),
    MEMBER_NOT_FOUND("member.not_found", 404, false, "No such member of the room"),
    MESSAGE_NOT_FOUND("message.not_found", 404, false, "No such message, or it was deleted"),
    MESSAGE_ID_CONFLICT("message.id_conflict", 409, false, "The message id was used for another message"),
    POLL_NOT_FOUND("poll.not_found", 404, false, "The message is no poll"),
    POLL_INVALID_VOTE("poll.invalid_vote", 400, false, "The poll has no such option, or takes one only"),
    POLL_CLOSED("poll.closed", 409, false, "The poll is closed"),
    HISTORY_CHANGED("history.changed", 409, false, "The room's history has changed, load it again"),
    STORAGE_UNAVAILABLE("storage.unavailable", 503, true, "The database does not answer, try again"),
    SERVER_OVERLOADED("server.overloaded", 503, true, "The server is busy, try again"),
    SERVER_DRAINING("server.draining", 503, true, "The node is shutting down, reconnect"),
    INTERNAL("internal", 500, true, "The server failed");

    private final String code;
    private final int status;
    private final boolean retryable;
    private final String title;

    ErrorCode(String code, int status, boolean retryable, String title) {
        this.code = code;
        this.status = status;
        this.retryable = retryable;
        this.title = title;
    }

    /** @throws IllegalArgumentException when there is no such code */
    public static ErrorCode of(String code) {
        return Stream.of(values())
                .filter(known -> known.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(code));
    }

    /** Stable name in all protocols, such as {@code room.not_found}. */
    public String code() {
        return code;
    }

    /** HTTP status of REST answers. */
    public int status() {
        return status;
    }

    /** True when the same request may succeed later without a change. */
    public boolean retryable() {
        return retryable;
    }

    /** Sentence for people, the same for every occurrence. */
    public String title() {
        return title;
    }
}
