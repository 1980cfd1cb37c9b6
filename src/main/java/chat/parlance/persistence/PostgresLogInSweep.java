package chat.parlance.persistence;

import chat.parlance.auth.LogInSweep;
import io.vertx.core.Future;
import io.vertx.pgclient.data.Interval;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;

/**
 * Sweep in Postgres. Each statement locks a bounded number of rows and skips those that another transaction has locked:
 * nodes that sweep at the same time share the work, and none waits.
 */
final class PostgresLogInSweep implements LogInSweep {

    /** Two selects, for the index on the revocation and the one on the expiry; one select would scan all sessions. */
    private static final String ENDED = """
        select session_id from (
            (select session_id from session where revoked_at < now() - $1::interval limit $2)
            union
            (select session_id from session where expires_at < now() - $1::interval limit $2)
        ) s
        """;

    /** Deletes ended sessions. The tokens of a session are one row, which is deleted with it. */
    private static final String ENDED_SESSIONS = """
        delete from session
        where session_id in (
            select s.session_id
            from session s
            where s.session_id in (%s)
            limit $2
            for update skip locked
        )
        """.formatted(ENDED);

    private static final String OLD_ATTEMPTS = """
        delete from log_in_attempt
        where attempt_id in (
            select attempt_id from log_in_attempt where at < now() - $1::interval limit $2 for update skip locked
        )
        """;

    private static final String ENDED_TALLIES = """
        with ended as (
            delete from log_in_tally
            where ctid in (select ctid from log_in_tally where since < now() - $1::interval limit $2 for update skip locked)
            returning user_id, address, succeeded, further
        ), written as (
            insert into audit (actor, action, subject, detail)
            select case when succeeded then user_id end, case when succeeded then 'log_in.done' else 'log_in.failed' end, user_id,
                   log_in_detail(user_id, address) || ', ' || further || ' more'
            from ended
            where further > 0
        )
        select from ended
        """;

    private static final String EXPIRED_INVITES = """
        delete from invite
        where invite_id in (
            select invite_id from invite where expires_at < now() - $1::interval limit $2 for update skip locked
        )
        """;

    private static final String EXPIRED_RESETS = """
        delete from password_reset
        where user_id in (
            select user_id from password_reset where expires_at < now() - $1::interval limit $2 for update skip locked
        )
        """;

    private final Statements statements;

    PostgresLogInSweep(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<Integer> endedSessions(Duration kept, int limit) {
        return delete(ENDED_SESSIONS, kept, limit);
    }

    @Override
    public Future<Integer> oldAttempts(Duration kept, int limit) {
        return delete(OLD_ATTEMPTS, kept, limit);
    }

    @Override
    public Future<Integer> endedTallies(Duration window, int limit) {
        return delete(ENDED_TALLIES, window, limit);
    }

    @Override
    public Future<Integer> expiredInvites(Duration kept, int limit) {
        return delete(EXPIRED_INVITES, kept, limit);
    }

    @Override
    public Future<Integer> expiredResets(int limit) {
        return delete(EXPIRED_RESETS, Duration.ZERO, limit);
    }

    private Future<Integer> delete(String sql, Duration kept, int limit) {
        Interval interval =
                Interval.of().hours((int) kept.toHours()).seconds(kept.toMinutesPart() * 60 + kept.toSecondsPart());
        return statements.run(sql, Tuple.of(interval, limit)).map(rows -> rows.rowCount());
    }
}
