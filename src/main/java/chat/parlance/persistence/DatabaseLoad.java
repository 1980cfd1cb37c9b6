package chat.parlance.persistence;

import chat.parlance.error.StartupException;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/**
 * Fills a database that has nothing of its own yet with stored rows, in one transaction: it is filled whole or not at
 * all. Blocks.
 */
public final class DatabaseLoad implements AutoCloseable {

    /** Tables to which everything else belongs: without rows in them a database has nothing of its own. */
    private static final List<String> OWNERS = List.of("account", "room", "event", "audit");

    private static final int LEAVE_TIMEOUT_MS = 5_000;
    private static final int LOOK_MS = 100;

    private static final String OTHERS = """
        select count(*)
        from pg_stat_activity
        where datname = current_database() and usename = current_user and pid <> pg_backend_pid()
              and application_name = current_setting('application_name')
        """;

    private static final String TABLES = """
        select c.relname
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = current_schema() and c.relkind in ('r', 'p')
        """;

    private static final String BEGIN = """
        set local statement_timeout = 0;
        set local idle_in_transaction_session_timeout = 0;
        """;

    private static final String SET_SEQUENCE = "select setval(quote_ident(?)::regclass, ?)";

    private final Connection connection;
    private final List<StoredTable> tables;

    private DatabaseLoad(Connection connection, List<StoredTable> tables) {
        this.connection = connection;
        this.tables = tables;
    }

    /**
     * Refuses a database that has data, that nodes use, or whose schema is another than that of the stored rows.
     *
     * @throws StartupException with the reason
     */
    public static void requireFree(PostgresUri uri, Schema stored) {
        try (Connection connection = uri.connect();
                Statement statement = connection.createStatement()) {
            requireNoNodes(statement, uri);
            Set<String> tables = new HashSet<>();
            try (ResultSet rows = statement.executeQuery(TABLES)) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            if (tables.isEmpty()) {
                return;
            }
            Schema present = Schema.read(connection);
            if (present.version() == 0) {
                throw new StartupException(
                        "the database " + uri + " has tables that are not Parlance's; name an empty database");
            }
            for (String owner : OWNERS) {
                if (tables.contains(owner) && hasRows(statement, owner)) {
                    throw new StartupException(
                            "the database %s is not empty: table %s has rows; name an empty database, nothing was changed"
                                    .formatted(uri, owner));
                }
            }
            if (!present.migrations().equals(stored.migrations())) {
                throw new StartupException(
                        "the database %s has the schema of version %d already, and the backup is of version %d; name an empty database"
                                .formatted(uri, present.version(), stored.version()));
            }
        } catch (SQLException refused) {
            throw failed(refused);
        }
    }

    /** A command that has just ended may have a connection for a moment still. */
    private static void requireNoNodes(Statement statement, PostgresUri uri) throws SQLException {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LEAVE_TIMEOUT_MS);
        while (others(statement) > 0) {
            if (System.nanoTime() > endNs) {
                throw new StartupException("a node or a command uses the database " + uri + "; stop it first");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new StartupException("interrupted", interrupted);
            }
        }
    }

    private static long others(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(OTHERS)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /**
     * Begins to fill a database that has the schema of the stored rows and nothing of its own. Triggers are off: what
     * they would write is in the rows.
     *
     * @param stored the schema of the rows
     * @param storedTables the tables of the rows
     * @throws StartupException when the schema or a table differs
     */
    public static DatabaseLoad open(PostgresUri uri, Schema stored, List<StoredTable> storedTables) {
        try {
            Connection connection = uri.connect();
            try {
                connection.setAutoCommit(false);
                List<StoredTable> tables = Catalogue.tables(connection);
                requireSame(Schema.read(connection), stored, Set.copyOf(tables), Set.copyOf(storedTables));
                DatabaseLoad load = new DatabaseLoad(connection, tables);
                load.prepare();
                return load;
            } catch (SQLException | StartupException refused) {
                connection.close();
                throw refused;
            }
        } catch (SQLException refused) {
            throw failed(refused);
        }
    }

    private static void requireSame(
            Schema present, Schema stored, Set<StoredTable> tables, Set<StoredTable> storedTables) {
        if (!present.migrations().equals(stored.migrations())) {
            throw new StartupException(
                    "the schema of version %d of the backup was made by other migrations than those of this build; restore it with Parlance %s"
                            .formatted(stored.version(), stored.madeBy()));
        }
        if (!tables.equals(storedTables)) {
            Set<StoredTable> missing = new HashSet<>(storedTables);
            missing.removeAll(tables);
            Set<StoredTable> surplus = new HashSet<>(tables);
            surplus.removeAll(storedTables);
            throw new StartupException(
                    "the tables of the backup and of the schema differ: the schema lacks %s, the backup lacks %s"
                            .formatted(missing, surplus));
        }
    }

    /** Removes the rows that migrations or a first start have made: the stored ones take their place. */
    private void prepare() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(BEGIN);
            for (StoredTable table : tables.reversed()) {
                statement.execute("alter table " + table.quotedName() + " disable trigger user");
                if (hasRows(statement, table.quotedName())) {
                    statement.execute("delete from " + table.quotedName());
                }
            }
        }
    }

    private static boolean hasRows(Statement statement, String quotedName) throws SQLException {
        try (ResultSet rows = statement.executeQuery("select exists (select from " + quotedName + ")")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    /**
     * Reads rows in the text format of COPY. Tables come in the order of {@link DatabaseSnapshot#tables}.
     *
     * @return their number
     */
    public long copy(StoredTable table, InputStream in) throws IOException {
        String sql = "copy %s (%s) from stdin".formatted(table.quotedName(), table.quotedColumns());
        try {
            return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, in);
        } catch (SQLException refused) {
            throw failed(refused);
        }
    }

    /** Switches the triggers on again, and commits. */
    public void commit(Map<String, Long> sequences) {
        try (Statement statement = connection.createStatement();
                PreparedStatement set = connection.prepareStatement(SET_SEQUENCE)) {
            for (Map.Entry<String, Long> sequence : sequences.entrySet()) {
                set.setString(1, sequence.getKey());
                set.setLong(2, sequence.getValue());
                set.execute();
            }
            for (StoredTable table : tables) {
                statement.execute("alter table " + table.quotedName() + " enable trigger user");
            }
            connection.commit();
            connection.setAutoCommit(true);
            // Otherwise the first queries are planned for empty tables.
            for (StoredTable table : tables) {
                statement.execute("analyze " + table.quotedName());
            }
        } catch (SQLException refused) {
            throw failed(refused);
        }
    }

    /** Rolls back what was not committed. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException refused) {
            throw failed(refused);
        }
    }

    private static StartupException failed(SQLException refused) {
        return new StartupException("the database could not be filled: " + refused.getMessage(), refused);
    }
}
