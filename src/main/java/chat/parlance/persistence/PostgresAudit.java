package chat.parlance.persistence;

import chat.parlance.account.AuditEntry;
import chat.parlance.account.AuditStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Audit trail in Postgres; {@link AccountTransaction} writes it. */
final class PostgresAudit implements AuditStore {

    private static final String COLUMNS = "select audit_id, at, actor, action, subject, detail from audit ";

    private static final String BEFORE = COLUMNS + "where audit_id < $1 order by audit_id desc limit $2";

    private static final String BEFORE_OF_ACTION =
            COLUMNS + "where action = $3 and audit_id < $1 order by audit_id desc limit $2";

    private static final String AFTER = COLUMNS + "where audit_id > $1 order by audit_id limit $2";

    private final Statements statements;

    PostgresAudit(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<List<AuditEntry>> before(long id, @Nullable String action, int limit) {
        return (action == null
                        ? statements.run(BEFORE, Tuple.of(id, limit))
                        : statements.run(BEFORE_OF_ACTION, Tuple.of(id, limit, action)))
                .map(PostgresAudit::entries);
    }

    @Override
    public Future<List<AuditEntry>> after(long id, int limit) {
        return statements.run(AFTER, Tuple.of(id, limit)).map(PostgresAudit::entries);
    }

    private static List<AuditEntry> entries(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new AuditEntry(
                        row.getLong("audit_id"),
                        EventRow.instant(row, "at"),
                        row.getString("actor"),
                        row.getString("action"),
                        row.getString("subject"),
                        row.getString("detail")))
                .toList();
    }
}
