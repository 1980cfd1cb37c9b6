package chat.parlance.auth;

import chat.parlance.model.SessionId;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sessions and their one-use refresh tokens, stored as digests. */
public interface SessionStore {

    /** Session of a refresh token. */
    record Session(SessionId id, UserId user, Instant expiresAt) {}

    /**
     * Opens a session, and notes the log-in in the audit trail. A user who has too many sessions loses the least recently used one.
     *
     * @param passwordVersion of the password that was proved, see {@link UserStore.StoredPassword}
     * @param agent the name that the program which logs in gives itself
     * @param address that the log-in comes from
     * @return false when the password was changed meanwhile: a change ends the sessions of those who know the old password, also
     *     of a log-in that is under way
     */
    Future<Boolean> create(
            SessionId session,
            UserId user,
            int passwordVersion,
            Instant expiresAt,
            RefreshToken refreshToken,
            String agent,
            String address);

    /**
     * Consumes a refresh token and stores the next one. When the same holder presents the last used token again within
     * the grace period, while the next one is unused, it gets the first answer again. Any other reuse of a token counts
     * as a theft: the session is revoked.
     *
     * @param next the token's successor
     * @param holder digest of the client that presents the token; empty when it cannot be distinguished from others
     * @param address of the client; a repetition from another address is granted once, not for two tokens in a row
     * @return empty when the token is unknown or used, or its session expired or revoked
     */
    Future<Optional<Session>> rotate(
            RefreshToken used, RefreshToken next, Optional<byte[]> holder, String address, Duration grace);

    Future<Void> revoke(SessionId session);

    /** Ends one of a user's sessions; false when the user has no such session. */
    Future<Boolean> revoke(UserId user, SessionId session);

    /** Ends all sessions of a user but one, or all, and the user's tokens. */
    Future<Void> revokeAll(UserId user, Optional<SessionId> except);

    /** Sessions of a user, without those of tokens, that are neither revoked nor expired, the most recently used one first, at most a hundred. */
    Future<List<OpenSession>> of(UserId user);

    /** Sessions among the given ones that are neither revoked nor expired. */
    Future<Set<SessionId>> active(Collection<SessionId> sessions);
}
