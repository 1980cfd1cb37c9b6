package chat.parlance.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Rows of a query that is ordered by the bytes of its column {@code room_id}, one at a time, in bounded memory. */
final class RoomCursor implements AutoCloseable {

    /** Number of rows in memory; one of them may have the text of a long message. */
    private static final int FETCH = 1000;

    private final Statement statement;
    private final ResultSet rows;
    private @Nullable String room;

    private RoomCursor(Statement statement, ResultSet rows) {
        this.statement = statement;
        this.rows = rows;
    }

    /** @param connection one with an open transaction, without which Postgres would return all rows at once */
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

    /** Room of the current row; null after the last one. */
    @Nullable
    String room() {
        return room;
    }

    boolean isAt(String wanted) {
        return wanted.equals(room);
    }

    /** Current row. */
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
