package chat.parlance.persistence;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Runs prepared statements, and maps failures to error codes. */
final class Statements {

    static final String UNIQUE_VIOLATION = "23505";

    private static final Set<String> LOCK_NOT_AVAILABLE_AND_DEADLOCK = Set.of("55P03", "40P01");

    private final Supplier<PostgresPool> link;
    private final int timeoutMs;

    /**
     * @param link the present pool to Postgres
     * @param timeoutMs time after which the caller gets {@code storage.unavailable}, whatever the outcome of the
     *     statement
     */
    Statements(Supplier<PostgresPool> link, int timeoutMs) {
        this.link = link;
        this.timeoutMs = timeoutMs;
    }

    Future<RowSet<Row>> run(String sql, Tuple parameters) {
        return attempt(sql, parameters).recover(Statements::overloadedWhenLocked);
    }

    /** Runs work in a transaction, which is rolled back when it fails. */
    <T> Future<T> transaction(Function<SqlConnection, Future<T>> work) {
        return attemptTransaction(work).recover(Statements::overloadedWhenLocked);
    }

    /** {@link #run} that fails with a {@link LockTimeoutException} when a lock was not free in time. */
    Future<RowSet<Row>> attempt(String sql, Tuple parameters) {
        return run(pool -> pool.preparedQuery(sql).execute(parameters));
    }

    /** {@link #transaction} that fails with a {@link LockTimeoutException} when a lock was not free in time. */
    <T> Future<T> attemptTransaction(Function<SqlConnection, Future<T>> work) {
        return run(pool -> pool.withTransaction(work));
    }

    private <T> Future<T> run(Function<Pool, Future<T>> work) {
        return link.get().run(work, timeoutMs).recover(Statements::failed);
    }

    private static <T> Future<T> overloadedWhenLocked(Throwable failure) {
        return Future.failedFuture(
                failure instanceof LockTimeoutException ? new ChatException(ErrorCode.SERVER_OVERLOADED) : failure);
    }

    static boolean isUniqueViolation(Throwable failure) {
        return failure instanceof PgException refused && UNIQUE_VIOLATION.equals(refused.getSqlState());
    }

    /** True when Postgres cancelled a statement because of a lock, and so stored nothing. */
    static boolean isLockTimeout(Throwable failure) {
        return failure instanceof PgException refused
                && LOCK_NOT_AVAILABLE_AND_DEADLOCK.contains(refused.getSqlState());
    }

    /** Fails without a log line: the pool has logged the failure. */
    private static <T> Future<T> failed(Throwable failure) {
        if (isLockTimeout(failure)) {
            return Future.failedFuture(new LockTimeoutException(failure));
        }
        if (failure instanceof ChatException || isUniqueViolation(failure)) {
            return Future.failedFuture(failure);
        }
        return Future.failedFuture(new ChatException(ErrorCode.STORAGE_UNAVAILABLE));
    }
}
