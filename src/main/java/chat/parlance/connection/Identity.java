package chat.parlance.connection;

import chat.parlance.auth.AuthService;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.limit.RateLimits;
import chat.parlance.limit.Slot;
import chat.parlance.model.Grant;
import chat.parlance.model.Principal;
import chat.parlance.model.RoomId;
import chat.parlance.model.Scope;
import chat.parlance.room.SignalHub;
import chat.parlance.room.UserConnection;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Authenticated user of one connection, with the resources that the node holds for this user: the connection's slot
 * among those of the user, and a session that ends with the connection. Belongs to one event loop.
 */
final class Identity {

    private static final long FOREVER_MS = Duration.ofDays(1).toMillis();

    private final RateLimits rates;
    private final SignalHub signals;
    private final AuthService auth;
    private final Clock clock;
    private final UserConnection connection;
    private final Slot unproven;
    private @Nullable Principal principal;
    /** Principal of a session that only this connection uses, because no other client has a token of it. */
    private @Nullable Principal own;

    private boolean ended;

    /** @param unproven slot of a client that has not logged in, in the limits of its address */
    Identity(
            RateLimits rates,
            SignalHub signals,
            AuthService auth,
            Clock clock,
            UserConnection connection,
            Slot unproven) {
        this.rates = rates;
        this.signals = signals;
        this.auth = auth;
        this.clock = clock;
        this.connection = connection;
        this.unproven = unproven;
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
     * Takes an authenticated principal. A renewal must be by the same user, with the same grant.
     *
     * @throws ChatException with {@code connection.limit}, when the user has too many connections
     */
    void proved(Principal proved) {
        if (principal != null && !principal.user().equals(proved.user())) {
            throw new ChatException(ErrorCode.AUTH_INVALID_TOKEN, "The token is another user's");
        }
        if (principal != null && !principal.grant().equals(proved.grant())) {
            // The connection follows rooms by the grant with which it has joined them.
            throw new ChatException(ErrorCode.AUTH_INVALID_TOKEN, "The token has other scopes, connect anew");
        }
        if (principal == null) {
            rates.opened(proved.user());
            signals.add(proved.user(), connection);
            unproven.close();
        }
        principal = proved;
    }

    /** True when the client may see its user's own state in a room, or, without a room, in all. */
    boolean sees(@Nullable RoomId room) {
        if (principal == null) {
            return true;
        }
        Grant grant = principal.grant();
        return grant.has(Scope.READ) && (room == null ? !grant.isLimitedToRooms() : grant.includes(room));
    }

    /**
     * Ties the principal's session to the connection: it ends when the connection closes or the client logs in as
     * another user.
     */
    void own(Principal opened) {
        if (ended) {
            auth.logOut(opened);
        } else {
            own = opened;
        }
    }

    /** Forgets the user, for another log-in. */
    void forget() {
        if (own != null) {
            // If this fails, the session ends when it expires, or when its user opens one too many.
            auth.logOut(own);
            own = null;
        }
        if (principal != null) {
            signals.remove(principal.user(), connection);
            rates.closed(principal.user());
        }
        principal = null;
    }

    /** Closes: forgets the user, and ends a session that is opened from now on at once. */
    void end() {
        ended = true;
        forget();
    }

    /**
     * Time until the connection must be closed, not positive when it must be closed now: the time for a log-in is over,
     * the token has expired, or the session was revoked while the client logged in. Tokens alone go by the wall clock.
     *
     * @param openMs age of the connection
     */
    long lapsesInMs(Language language, long openMs) {
        if (principal == null) {
            return language.loginTimeoutMs() - openMs;
        }
        if (auth.isRevoked(principal.session())) {
            return 0;
        }
        return language.endsWithToken()
                ? Duration.between(clock.instant(), principal.expiresAt()).toMillis()
                : FOREVER_MS;
    }
}
