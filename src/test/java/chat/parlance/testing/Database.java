package chat.parlance.testing;

import chat.parlance.persistence.PostgresUri;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Direct access to Postgres, for changes that no node would make. */
public final class Database {

    private Database() {}

    /** Connects to the Postgres that all tests share. */
    public static Connection connect() throws SQLException {
        return connect(TestNode.shared().postgres());
    }

    public static Connection connect(PostgresUri uri) throws SQLException {
        return DriverManager.getConnection(uri.jdbcUrl(), uri.user(), uri.password());
    }

    /**
     * Runs a statement in the Postgres that all tests share.
     *
     * @param values of the statement's parameters
     * @return number of changed rows
     */
    public static int update(String sql, Object... values) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** Version of the schema that the migrations have made. */
    public static int schemaVersion() throws SQLException {
        String sql = "select max(version::int) from flyway_schema_history where success";
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getInt(1);
        }
    }

    /** Gives the first event of a room another kind, also one that no node knows. */
    public static void setKindOfFirstEvent(String room, String kind) throws SQLException {
        if (update("update event set kind = ? where room_id = ? and seq = 1", kind, room) != 1) {
            throw new AssertionError("no event in " + room);
        }
    }
}
