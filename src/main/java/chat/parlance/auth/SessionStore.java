package chat.parlance.auth;

import chat.parlance.model.SessionId;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
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
     * Opens a session. A user who has too many loses the one that was used least lately.
     *
     * @param agent what the program that logs in calls itself
     */
    Future<Void> create(SessionId session, UserId user, Instant expiresAt, byte[] refreshDigest, String agent);

    /**
     * Uses a refresh token up and puts the next one in its place. The return of a token that was used before is a theft:
     * the session is revoked.
     *
     * @return empty when the token is unknown or used, or its session expired or revoked
     */
    Future<Optional<Session>> rotate(byte[] refreshDigest, byte[] nextDigest);

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
