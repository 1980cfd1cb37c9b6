package chat.parlance.websocket;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Principal;
import chat.parlance.room.UserConnection;
import org.jspecify.annotations.Nullable;

/**
 * The user that the client of one connection has proved to be, with what the node holds for this user: the connection's place
 * among those of the user, and a session that ends with the connection. Belongs to one event loop.
 */
final class Identity {

    private final EventLoop loop;
    private final UserConnection connection;
    private final AddressSlots slots;
    private @Nullable Principal principal;
    /** Principal of the session that only this connection has, for nobody else has a token of it. */
    private @Nullable Principal own;

    private boolean ended;

    Identity(EventLoop loop, UserConnection connection, AddressSlots slots) {
        this.loop = loop;
        this.connection = connection;
        this.slots = slots;
    }

    /** Null for a client that has not logged in. */
    @Nullable
    Principal principal() {
        return principal;
    }

    /** The same, for requests that only a user may send. */
    Principal require() {
        if (principal == null) {
            throw new ChatException(ErrorCode.AUTH_REQUIRED);
        }
        return principal;
    }

    /**
     * Takes the client for the user that it has proved to be. A renewal is by the same user.
     *
     * @throws ChatException with {@code connection.limit}, when the user has too many
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

    /** Ends the session of the principal together with the connection, or when the client logs in as another user. */
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
            // If it fails, the session ends when it expires, or as one too many of its user.
            loop.auth().logOut(own);
            own = null;
        }
        if (principal != null) {
            loop.signals().remove(principal.user(), connection);
            loop.rates().closed(principal.user());
        }
        principal = null;
    }

    /** The connection is closed: forgets the user, and ends a session that is opened from now on at once. */
    void end() {
        ended = true;
        forget();
    }

    /**
     * True when the connection has to be closed, because the time for a log-in is up or the proof has expired. Proofs alone go by
     * the wall clock. A person in line mode has no token to renew, so that proof does not expire: the session is looked up every
     * second anyway.
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
