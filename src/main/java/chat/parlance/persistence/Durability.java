package chat.parlance.persistence;

import chat.parlance.error.StartupException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Check that a commit on a connection survives a crash of its Postgres, which is the promise of an acknowledgement.
 * Blocks.
 */
final class Durability {

    /** Query of the settings in force for this connection's role and database. */
    private static final String SETTINGS = """
        select current_setting('synchronous_commit') as synchronous_commit,
               current_setting('synchronous_standby_names') <> '' as has_standby,
               current_setting('fsync')::boolean as fsync,
               current_setting('full_page_writes')::boolean as full_page_writes
        """;

    private Durability() {}

    /** @throws StartupException with every reason why a commit may not survive */
    static void require(Connection connection, PostgresUri uri) throws SQLException {
        List<String> weaknesses = weaknesses(connection);
        if (!weaknesses.isEmpty()) {
            throw new StartupException("Postgres at " + uri + " may lose what it has committed: "
                    + String.join("; ", weaknesses) + "; see docs/CONTRACT.md");
        }
    }

    /** Reasons why a commit may not survive; empty when it does. */
    static List<String> weaknesses(Connection connection) throws SQLException {
        List<String> weaknesses = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet settings = statement.executeQuery(SETTINGS)) {
            settings.next();
            String commit = settings.getString("synchronous_commit");
            if (commit.equals("off")) {
                weaknesses.add("synchronous_commit is off");
            }
            if (commit.equals("local") && settings.getBoolean("has_standby")) {
                weaknesses.add("synchronous_commit is local, which does not wait for the synchronous standby");
            }
            if (!settings.getBoolean("fsync")) {
                weaknesses.add("fsync is off");
            }
            if (!settings.getBoolean("full_page_writes")) {
                weaknesses.add("full_page_writes is off");
            }
        }
        return weaknesses;
    }
}
