package chat.parlance.websocket;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Principal;
import chat.parlance.room.UserConnection;
import org.jspecify.annotations.Nullable;

/**
 * Authenticated user of one connection, with the resources that the node holds for this user: the connection's slot
 * among those of the user, and a session that ends with the connection. Belongs to one event loop.
 */
final class Identity {

    private final EventLoop loop;
    private final UserConnection connection;
    private final AddressSlots slots;
    private @Nullable Principal principal;
    /** Principal of a session that only this connection uses, because no other client has a token of it. */
    private @Nullable Principal own;

    private boolean ended;

    Identity(EventLoop loop, UserConnection connection, AddressSlots slots) {
        this.loop = loop;
        this.connection = connection;
        this.slots = slots;
    }

    /** Principal of the client, null before the log-in. */
    @Nullable
    Principal principal() {
        return principal;
    }

    /** Principal of the client, for requests that only a user may send. */
    Principal require() {
        if (principal == null) {
            throw new ChatException(ErrorCode.AUTH_REQUIRED);
        }
        return principal;
    }

    /**
     * Takes an authenticated principal. A renewal must be by the same user.
     *
     * @throws ChatException with {@code connection.limit}, when the user has too many connections
     */
    void proved(Principal proved) {
        if (principal != null && !principal.user().equals(proved.user())) {
            throw new ChatException(ErrorCode.AUTH_INVALID_TOKEN, "The token is another user's");
        }
        if (principal == null) {
            loop.rates().opened(proved.user());
            loop.signals().add(proved.user(), connection);
            slots.loggedIn();
        }
        principal = proved;
    }

    /**
     * Ties the principal's session to the connection: it ends when the connection closes or the client logs in as
     * another user.
     */
    void own(Principal opened) {
        if (ended) {
            loop.auth().logOut(opened);
        } else {
            own = opened;
        }
    }

    /** Forgets the user, for another log-in. */
    void forget() {
        if (own != null) {
            // If this fails, the session ends when it expires, or when its user opens one too many.
            loop.auth().logOut(own);
            own = null;
        }
        if (principal != null) {
            loop.signals().remove(principal.user(), connection);
            loop.rates().closed(principal.user());
        }
        principal = null;
    }

    /** Closes: forgets the user, and ends a session that is opened from now on at once. */
    void end() {
        ended = true;
        forget();
    }

    /**
     * True when the connection must be closed, because the time for a log-in is over or the token has expired. Tokens
     * alone go by the wall clock. A person in line mode has no token to renew, so its log-in does not expire: the
     * session is looked up regularly anyway.
     *
     * @param openMs age of the connection
     */
    boolean isLapsed(Subprotocol subprotocol, long openMs) {
        Principal proof = principal;
        return switch (subprotocol) {
            case JSON ->
                proof == null
                        ? openMs >= loop.limits().authTimeoutMs()
                        : !proof.expiresAt().isAfter(loop.clock().instant());
            case LINES -> proof == null && openMs >= loop.limits().lineLoginTimeoutMs();
        };
    }
}
