package chat.parlance.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** The rows of a query that is ordered by the bytes of its column {@code room_id}, a row at a time, in bounded memory. */
final class RoomCursor implements AutoCloseable {

    /** Rows in memory at once; one of them may have the text of a long message. */
    private static final int FETCH = 1000;

    private final Statement statement;
    private final ResultSet rows;
    private @Nullable String room;

    private RoomCursor(Statement statement, ResultSet rows) {
        this.statement = statement;
        this.rows = rows;
    }

    /** @param connection with a transaction under way, which is what makes Postgres hand out rows bit by bit */
    static RoomCursor open(Connection connection, String sql) throws SQLException {
        Statement statement = connection.createStatement();
        try {
            statement.setFetchSize(FETCH);
            RoomCursor cursor = new RoomCursor(statement, statement.executeQuery(sql));
            cursor.next();
            return cursor;
        } catch (SQLException refused) {
            statement.close();
            throw refused;
        }
    }

    /** The room of the present row; null when there is none left. */
    @Nullable
    String room() {
        return room;
    }

    boolean isAt(String wanted) {
        return wanted.equals(room);
    }

    /** The present row. */
    ResultSet row() {
        return rows;
    }

    void next() throws SQLException {
        room = rows.next() ? rows.getString("room_id") : null;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
