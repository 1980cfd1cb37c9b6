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
import java.util.function.Function;
import java.util.function.Supplier;

/** Runs prepared statements, and turns what fails into a code of the catalogue. */
final class Statements {

    static final String UNIQUE_VIOLATION = "23505";

    private final Supplier<Link> link;
    private final int timeoutMs;

    /**
     * @param link to Postgres as it is now
     * @param timeoutMs after which the caller is told {@code storage.unavailable}, whatever became of the statement
     */
    Statements(Supplier<Link> link, int timeoutMs) {
        this.link = link;
        this.timeoutMs = timeoutMs;
    }

    Future<RowSet<Row>> run(String sql, Tuple parameters) {
        return run(pool -> pool.preparedQuery(sql).execute(parameters));
    }

    /** Does its work in a transaction, which is rolled back when it fails. */
    <T> Future<T> transaction(Function<SqlConnection, Future<T>> work) {
        return run(pool -> pool.withTransaction(work));
    }

    private <T> Future<T> run(Function<Pool, Future<T>> work) {
        return link.get().run(work, timeoutMs).recover(Statements::failed);
    }

    static boolean isUniqueViolation(Throwable failure) {
        return failure instanceof PgException refused && UNIQUE_VIOLATION.equals(refused.getSqlState());
    }

    /** The link has logged it. */
    private static <T> Future<T> failed(Throwable failure) {
        if (failure instanceof ChatException || isUniqueViolation(failure)) {
            return Future.failedFuture(failure);
        }
        return Future.failedFuture(new ChatException(ErrorCode.STORAGE_UNAVAILABLE));
    }
}
