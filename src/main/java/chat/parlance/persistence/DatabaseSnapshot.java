package chat.parlance.persistence;

import chat.parlance.error.StartupException;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.postgresql.PGConnection;

/** Rows of all tables in one snapshot, read while nodes may write. Blocks. */
public final class DatabaseSnapshot implements AutoCloseable {

    /** Times are written in one zone, whatever that of this machine is. */
    private static final String BEGIN = """
        set transaction isolation level repeatable read read only;
        set local statement_timeout = 0;
        set local idle_in_transaction_session_timeout = 0;
        set local timezone = 'UTC';
        """;

    private static final String EXPECTED = """
        select coalesce(sum(greatest(c.reltuples, 0)), 0)::bigint
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = current_schema() and c.relkind = 'r'
        """;

    private static final String SEQUENCES = """
        select sequencename, last_value
        from pg_sequences
        where schemaname = current_schema() and last_value is not null
        """;

    private final Connection connection;
    private final Schema schema;
    private final List<StoredTable> tables;

    private DatabaseSnapshot(Connection connection, Schema schema, List<StoredTable> tables) {
        this.connection = connection;
        this.schema = schema;
        this.tables = tables;
    }

    /** @throws StartupException when there is no database of Parlance */
    public static DatabaseSnapshot open(PostgresUri uri) {
        try {
            Connection connection = uri.connect();
            try (Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute(BEGIN);
                Schema schema = Schema.read(connection);
                if (schema.version() == 0) {
                    throw new StartupException("there is no Parlance in this database");
                }
                return new DatabaseSnapshot(connection, schema, Catalogue.tables(connection));
            } catch (SQLException | StartupException refused) {
                connection.close();
                throw refused;
            }
        } catch (SQLException refused) {
            throw failed(refused);
        }
    }

    public Schema schema() {
        return schema;
    }

    /** Tables, each behind those that it references. */
    public List<StoredTable> tables() {
        return tables;
    }

    /** Estimate of the number of rows in all tables, 0 when Postgres has none. */
    public long expectedRows() {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(EXPECTED)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException refused) {
            throw failed(refused);
        }
    }

    /**
     * Writes the rows of a table in the text format of COPY, a line each; does not close the stream.
     *
     * @return their number
     */
    public long copy(StoredTable table, OutputStream out) throws IOException {
        String sql = "copy (select %s from %s) to stdout".formatted(table.quotedColumns(), table.quotedName());
        try {
            return connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql, out);
        } catch (SQLException refused) {
            throw failed(refused);
        }
    }

    /** Last values of the sequences that were used. Read after the rows, so none is behind a row. */
    public SortedMap<String, Long> sequences() {
        SortedMap<String, Long> sequences = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SEQUENCES)) {
            while (rows.next()) {
                sequences.put(rows.getString("sequencename"), rows.getLong("last_value"));
            }
            return sequences;
        } catch (SQLException refused) {
            throw failed(refused);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException refused) {
            throw failed(refused);
        }
    }

    private static StartupException failed(SQLException refused) {
        return new StartupException("the database could not be read: " + refused.getMessage(), refused);
    }
}
