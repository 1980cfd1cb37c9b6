package chat.parlance.persistence;

import chat.parlance.auth.LogInAttempts;
import io.vertx.core.Future;
import io.vertx.pgclient.data.Interval;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;

/** Log-in attempts in Postgres, by the SQL function {@code begin_log_in}, which the migrations define and explain. */
final class PostgresLogInAttempts implements LogInAttempts {

    private static final String BEGIN = "select attempt, locked_ms from begin_log_in($1, $2, $3, $4, $5)";

    /** Also notes the failure in the audit trail, by the SQL function {@code note_log_in}. */
    private static final String FAIL = """
        with failed as (
            update log_in_attempt set failed = true where attempt_id = $1 returning user_id, address
        )
        select note_log_in(user_id, address, false) from failed
        """;

    private static final String WITHDRAW = "delete from log_in_attempt where attempt_id = $1";

    private static final String SUCCEED = """
        delete from log_in_attempt
        where attempt_id = $3 or (user_id = $1 and address = $2 and failed)
        """;

    /** Time after which an unsettled attempt is ignored; longer than a password waits in the queue of hashes. */
    private static final Interval UNSETTLED = Interval.of().minutes(1);

    private final Statements statements;
    private final int maxFailures;
    private final Interval window;

    /**
     * @param maxFailures the most failures of one source within the window
     * @param windowSeconds length of the window
     */
    PostgresLogInAttempts(Statements statements, int maxFailures, int windowSeconds) {
        this.statements = statements;
        this.maxFailures = maxFailures;
        this.window = Interval.of().seconds(windowSeconds);
    }

    @Override
    public Future<Admission> begin(Source source) {
        return statements
                .run(BEGIN, Tuple.of(source.account(), source.address(), maxFailures, window, UNSETTLED))
                .map(rows -> admission(rows.iterator().next()));
    }

    private static Admission admission(Row row) {
        Long attempt = row.getLong("attempt");
        if (attempt != null) {
            return new Admission.Admitted(attempt);
        }
        Long lockedMs = row.getLong("locked_ms");
        return lockedMs == null ? new Admission.Busy() : new Admission.Locked(Duration.ofMillis(lockedMs));
    }

    @Override
    public Future<Void> fail(long attempt) {
        return statements.run(FAIL, Tuple.of(attempt)).mapEmpty();
    }

    @Override
    public Future<Void> withdraw(long attempt) {
        return statements.run(WITHDRAW, Tuple.of(attempt)).mapEmpty();
    }

    @Override
    public Future<Void> succeed(Source source, long attempt) {
        return statements
                .run(SUCCEED, Tuple.of(source.account(), source.address(), attempt))
                .mapEmpty();
    }
}
