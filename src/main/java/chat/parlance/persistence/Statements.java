package chat.parlance.persistence;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs prepared statements, and turns what fails into a code of the catalogue. */
final class Statements {

    static final String UNIQUE_VIOLATION = "23505";

    private static final Logger LOG = LoggerFactory.getLogger(Statements.class);

    private final SqlClient client;
    private final int timeoutMs;

    /** @param timeoutMs after which the caller is told {@code storage.unavailable}, whatever became of the statement */
    Statements(SqlClient client, int timeoutMs) {
        this.client = client;
        this.timeoutMs = timeoutMs;
    }

    Future<RowSet<Row>> run(String sql, Tuple parameters) {
        return bounded(client.preparedQuery(sql).execute(parameters));
    }

    /** Bounds the time of any work on the database. */
    <T> Future<T> bounded(Future<T> work) {
        return work.timeout(timeoutMs, TimeUnit.MILLISECONDS).recover(Statements::failed);
    }

    static boolean isUniqueViolation(Throwable failure) {
        return failure instanceof PgException refused && UNIQUE_VIOLATION.equals(refused.getSqlState());
    }

    private static <T> Future<T> failed(Throwable failure) {
        if (failure instanceof ChatException || isUniqueViolation(failure)) {
            return Future.failedFuture(failure);
        }
        LOG.atWarn().addKeyValue("cause", failure.toString()).log("Statement failed");
        return Future.failedFuture(new ChatException(ErrorCode.STORAGE_UNAVAILABLE));
    }
}
