package chat.parlance.testing;

import chat.parlance.Node;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A lock in {@link TestNode}'s Postgres, for example of a room, in which nothing can be committed until it is released.
 */
public record RoomLock(Connection connection) implements AutoCloseable {

    private static final int LOOK_MS = 10;
    private static final int PATIENCE_MS = 60_000;

    public static RoomLock of(String room) throws SQLException {
        return by("select from room where room_id = ? for update", room);
    }

    /** Runs a statement with one parameter or, when that is null, none, and keeps its locks. */
    public static RoomLock by(String sql, @Nullable String parameter) throws SQLException {
        Connection connection = Database.connect();
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (parameter != null) {
                statement.setString(1, parameter);
            }
            statement.execute();
        }
        return new RoomLock(connection);
    }

    /** Starts a node on which posts wait for a lock as long as a test needs. */
    public static Node startPatientNode(String... flags) {
        return TestNode.startBeside(Stream.concat(
                        Stream.of(flags),
                        Stream.of(
                                "--persistence.appendTimeoutMs=" + PATIENCE_MS,
                                "--postgres.lockTimeoutMs=" + PATIENCE_MS,
                                "--postgres.statementTimeoutMs=" + PATIENCE_MS))
                .toArray(String[]::new));
    }

    /** Waits until that many commits wait for it. */
    public void awaitWaiting(int commits) throws SQLException, InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        while (waiting() < commits) {
            if (System.nanoTime() - endNs > 0) {
                throw new AssertionError("no " + commits + " commits wait for the lock");
            }
            Thread.sleep(LOOK_MS);
        }
    }

    private int waiting() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select count(*) from pg_locks where not granted")) {
            found.next();
            return found.getInt(1);
        }
    }

    public void release() throws SQLException {
        connection.rollback();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
