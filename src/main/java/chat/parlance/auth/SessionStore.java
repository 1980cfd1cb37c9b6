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

/** Log-ins and their one-use refresh tokens, kept as digests. */
public interface SessionStore {

    /** The session that a refresh token belongs to. */
    record Session(SessionId id, UserId user, Instant expiresAt) {}

    /**
     * Opens a session. A user who has too many loses the least recently used one.
     *
     * @param passwordVersion of the password that was proved, see {@link UserStore.StoredPassword}
     * @param agent the name that the program which logs in gives itself
     * @return false when the password was changed meanwhile: a change ends the sessions of those who know the old password, also
     *     of a log-in that is under way
     */
    Future<Boolean> create(
            SessionId session,
            UserId user,
            int passwordVersion,
            Instant expiresAt,
            RefreshToken refreshToken,
            String agent);

    /**
     * Uses up a refresh token and stores the next one. The token used last that the same holder presents again within the grace,
     * while the next one is unused, gets the first answer again. Any other return of a used token counts as a theft: the
     * session is revoked.
     *
     * @param next the token's successor
     * @param holder mark of the client that presents the token; empty when it cannot be told from others
     * @param address from which the token comes; a repetition for another one is granted once, not for two tokens in a row
     * @return empty when the token is unknown or used, or its session expired or revoked
     */
    Future<Optional<Session>> rotate(
            RefreshToken used, RefreshToken next, Optional<byte[]> holder, String address, Duration grace);

    Future<Void> revoke(SessionId session);

    /** Ends one of a user's sessions; false when the user has no such one. */
    Future<Boolean> revoke(UserId user, SessionId session);

    /** Ends all sessions of a user but one, or all. */
    Future<Void> revokeAll(UserId user, Optional<SessionId> except);

    /** Those of a user that are neither revoked nor expired, the one used last first, at most a hundred. */
    Future<List<OpenSession>> of(UserId user);

    /** Those of the sessions that are neither revoked nor expired. */
    Future<Set<SessionId>> active(Collection<SessionId> sessions);
}
