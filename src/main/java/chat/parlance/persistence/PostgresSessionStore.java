package chat.parlance.persistence;

import chat.parlance.auth.OpenSession;
import chat.parlance.auth.RefreshToken;
import chat.parlance.auth.SessionStore;
import chat.parlance.model.SessionId;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Sessions and refresh tokens in Postgres. */
final class PostgresSessionStore implements SessionStore {

    private static final String CREATE = "select open_session($1, $2, $3, $4, $5, $6, $7, $8, $9) as opened";

    /**
     * Uses a token and renews it. The row lock lets one of two clients that use a token at once find it unused; the
     * other continues with REPEAT.
     */
    private static final String ROTATE = """
        with renewed as (
            update refresh_token t
            set newest = $3, newest_shared = false,
                used = t.newest, used_at = now(), used_by = $4, used_from = $5, used_shared = t.newest_shared
            from session s
            where t.family = $1 and t.newest = $2 and s.session_id = t.session_id
              and s.revoked_at is null and s.expires_at > now()
            returning s.session_id, s.user_id, s.expires_at
        ),
        seen as (
            update session s set used_at = now() from renewed where s.session_id = renewed.session_id
        )
        select session_id, user_id, expires_at from renewed
        """;

    /**
     * Repeats an answer. The row lock waits for a pending use of the next token, after which nothing is repeated. A
     * client that repeats the answers of one token after the other from another address is a second holder, whatever it
     * calls itself.
     */
    private static final String REPEAT = """
        update refresh_token t
        set newest_shared = t.newest_shared or t.used_from is distinct from $5
        from session s
        where t.family = $1 and t.used = $2 and t.newest = $3
          and t.used_by = $4 and t.used_at > now() - make_interval(secs => $6)
          and (t.used_from = $5 or not t.used_shared)
          and s.session_id = t.session_id and s.revoked_at is null and s.expires_at > now()
        returning s.session_id, s.user_id, s.expires_at
        """;

    /** Revokes the session of a used token: one that is not the newest of its family, however old. */
    private static final String REVOKE_BY_USED_TOKEN = """
        update session
        set revoked_at = now()
        where session_id = (select session_id from refresh_token where family = $1 and newest <> $2)
          and revoked_at is null
        """;

    private static final String REVOKE = """
        update session set revoked_at = now() where session_id = $1 and revoked_at is null
        """;

    private static final String REVOKE_OF_USER = """
        update session set revoked_at = now()
        where session_id = $1 and user_id = $2 and revoked_at is null and expires_at > now() and not is_token
        """;

    private static final String REVOKE_ALL = """
        update session set revoked_at = now()
        where user_id = $1 and session_id is distinct from $2::uuid and revoked_at is null
        """;

    private static final String OF_USER = """
        select session_id, created_at, used_at, agent
        from session
        where user_id = $1 and revoked_at is null and expires_at > now() and not is_token
        order by used_at desc, session_id
        limit 100
        """;

    private static final String ACTIVE = """
        select session_id
        from session
        where session_id = any ($1) and revoked_at is null and expires_at > now()
        """;

    private final Statements statements;
    private final int maxSessions;

    /** @param maxSessions open sessions of a user; one more ends the least recently used one */
    PostgresSessionStore(Statements statements, int maxSessions) {
        this.statements = statements;
        this.maxSessions = maxSessions;
    }

    @Override
    public Future<Boolean> create(
            SessionId session,
            UserId user,
            int passwordVersion,
            Instant expiresAt,
            RefreshToken refreshToken,
            String agent,
            String address) {
        return statements
                .run(
                        CREATE,
                        Tuple.of(
                                session.value(),
                                user.value(),
                                passwordVersion,
                                expiresAt.atOffset(ZoneOffset.UTC),
                                Buffer.buffer(refreshToken.familyDigest()),
                                Buffer.buffer(refreshToken.digest()),
                                agent,
                                address,
                                maxSessions))
                .map(rows -> rows.iterator().next().getBoolean("opened"));
    }

    @Override
    public Future<Optional<Session>> rotate(
            RefreshToken used, RefreshToken next, Optional<byte[]> holder, String address, Duration grace) {
        Buffer family = Buffer.buffer(used.familyDigest());
        Buffer digest = Buffer.buffer(used.digest());
        Buffer nextDigest = Buffer.buffer(next.digest());
        Buffer mark = holder.map(Buffer::buffer).orElse(null);
        return first(ROTATE, Tuple.of(family, digest, nextDigest, mark, address))
                .compose(rotated -> rotated.isPresent()
                        ? Future.succeededFuture(rotated)
                        : first(REPEAT, Tuple.of(family, digest, nextDigest, mark, address, (double)
                                grace.toSeconds())))
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture(found)
                        : statements
                                .run(REVOKE_BY_USED_TOKEN, Tuple.of(family, digest))
                                .map(Optional.empty()));
    }

    private Future<Optional<Session>> first(String statement, Tuple parameters) {
        return statements.run(statement, parameters).map(rows -> {
            for (Row row : rows) {
                return Optional.of(new Session(
                        new SessionId(row.getUUID("session_id")),
                        new UserId(row.getString("user_id")),
                        row.getOffsetDateTime("expires_at").toInstant()));
            }
            return Optional.empty();
        });
    }

    @Override
    public Future<Void> revoke(SessionId session) {
        return statements.run(REVOKE, Tuple.of(session.value())).mapEmpty();
    }

    @Override
    public Future<Boolean> revoke(UserId user, SessionId session) {
        return statements
                .run(REVOKE_OF_USER, Tuple.of(session.value(), user.value()))
                .map(rows -> rows.rowCount() == 1);
    }

    @Override
    public Future<Void> revokeAll(UserId user, Optional<SessionId> except) {
        return statements
                .run(
                        REVOKE_ALL,
                        Tuple.of(user.value(), except.map(SessionId::value).orElse(null)))
                .mapEmpty();
    }

    @Override
    public Future<List<OpenSession>> of(UserId user) {
        return statements.run(OF_USER, Tuple.of(user.value())).map(rows -> {
            List<OpenSession> open = new ArrayList<>();
            rows.forEach(row -> open.add(new OpenSession(
                    new SessionId(row.getUUID("session_id")),
                    row.getOffsetDateTime("created_at").toInstant(),
                    row.getOffsetDateTime("used_at").toInstant(),
                    row.getString("agent"))));
            return open;
        });
    }

    @Override
    public Future<Set<SessionId>> active(Collection<SessionId> sessions) {
        UUID[] ids = sessions.stream().map(SessionId::value).toArray(UUID[]::new);
        return statements.run(ACTIVE, Tuple.of(ids)).map(rows -> {
            Set<SessionId> active = new HashSet<>();
            rows.forEach(row -> active.add(new SessionId(row.getUUID("session_id"))));
            return active;
        });
    }
}
