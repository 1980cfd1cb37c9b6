package chat.parlance.persistence;

import chat.parlance.error.StartupException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads everything that is stored, in one snapshot beside whoever writes, by cursors and so in bounded memory. It reads
 * the tables and not their indexes, which may be what is broken. Blocks.
 */
public final class HistoryReader implements AutoCloseable {

    /** @param seq as stored, which may be anything in a broken database */
    public record StoredEvent(
            long seq,
            String kind,
            @Nullable String clientId,
            @Nullable String subject,
            @Nullable Long target,
            @Nullable String text) {}

    /**
     * A room with one of its events, or without any.
     *
     * @param head the room's counter, null when there is no such room
     */
    public record Entry(
            String room, @Nullable Long head, @Nullable StoredEvent event) {}

    /** What is told everything that is read. */
    public interface Visitor {

        void accept(Entry entry);

        /** Nothing follows. */
        void end();
    }

    /** Is told of a message whose text is not as it should be. */
    @FunctionalInterface
    public interface WrongText {

        /** @param erased whether the text is missing */
        void accept(String room, long seq, boolean erased);
    }

    private static final String SNAPSHOT = """
        set transaction isolation level repeatable read read only;
        set local enable_indexscan = off;
        set local enable_indexonlyscan = off;
        set local enable_bitmapscan = off;
        set local statement_timeout = 0;
        """;

    private static final String EVENTS = "select coalesce(sum(head), 0) from room";

    private static final String HISTORY = """
        select coalesce(r.room_id, e.room_id) as room_id, r.head, e.seq, e.kind, e.client_id, e.subject, e.target, e.text
        from room r
        full join event e on e.room_id = r.room_id
        order by coalesce(r.room_id, e.room_id), e.seq
        """;

    private static final String MEMBERS = """
        select room_id, user_id, membership from member where membership <> 'left' order by room_id
        """;

    private static final String DUPLICATE_IDS = """
        select sender, client_id, count(*) as times
        from event
        where client_id is not null
        group by sender, client_id
        having count(*) > 1
        """;

    /** A message has its text until it is deleted, and not afterwards. */
    private static final String WRONG_TEXTS = """
        select m.room_id, m.seq, m.text is null as erased
        from event m
        where m.kind = 'message'
          and (m.text is null) <> exists (
              select from event d where d.kind = 'delete' and d.room_id = m.room_id and d.target = m.seq
          )
        """;

    private static final int FETCH = 5000;
    private static final String NO_TABLE = "42P01";

    private final Connection connection;

    private HistoryReader(Connection connection) {
        this.connection = connection;
    }

    /** @throws StartupException when there is no database of Parlance */
    public static HistoryReader open(PostgresUri uri) {
        try {
            Connection connection = DriverManager.getConnection(uri.jdbcUrl(), uri.user(), uri.password());
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(SNAPSHOT);
            }
            return new HistoryReader(connection);
        } catch (SQLException refused) {
            throw failed(refused);
        }
    }

    /** How many events there should be. */
    public long expectedEvents() {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(EVENTS)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException refused) {
            throw failed(refused);
        }
    }

    /**
     * Hands out everything by room and seq, while {@code membersOf} may be asked for each room, in that order, how its
     * users stand.
     */
    public <V extends Visitor> V read(Function<Function<String, Map<String, String>>, V> begin) {
        try (Statement members = cursor();
                ResultSet memberRows = members.executeQuery(MEMBERS);
                Statement history = cursor();
                ResultSet rows = history.executeQuery(HISTORY)) {
            Members merged = new Members(memberRows);
            V visitor = begin.apply(merged::of);
            while (rows.next()) {
                visitor.accept(entry(rows));
            }
            visitor.end();
            return visitor;
        } catch (SQLException refused) {
            throw failed(refused);
        }
    }

    /** Hands out each sender and client id that stand more than once. */
    public void readDuplicateIds(BiConsumer<String, String> consumer) {
        try (Statement statement = cursor();
                ResultSet rows = statement.executeQuery(DUPLICATE_IDS)) {
            while (rows.next()) {
                consumer.accept(rows.getString("sender"), rows.getString("client_id"));
            }
        } catch (SQLException refused) {
            throw failed(refused);
        }
    }

    /** Hands out each message that was deleted and has its text, or has none and was not. */
    public void readWrongTexts(WrongText consumer) {
        try (Statement statement = cursor();
                ResultSet rows = statement.executeQuery(WRONG_TEXTS)) {
            while (rows.next()) {
                consumer.accept(rows.getString("room_id"), rows.getLong("seq"), rows.getBoolean("erased"));
            }
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

    private Statement cursor() throws SQLException {
        Statement statement = connection.createStatement();
        statement.setFetchSize(FETCH);
        return statement;
    }

    private static Entry entry(ResultSet row) throws SQLException {
        long head = row.getLong("head");
        Long known = row.wasNull() ? null : head;
        long seq = row.getLong("seq");
        StoredEvent event = row.wasNull()
                ? null
                : new StoredEvent(
                        seq,
                        row.getString("kind"),
                        row.getString("client_id"),
                        row.getString("subject"),
                        target(row),
                        row.getString("text"));
        return new Entry(row.getString("room_id"), known, event);
    }

    private static @Nullable Long target(ResultSet row) throws SQLException {
        long target = row.getLong("target");
        return row.wasNull() ? null : target;
    }

    private static StartupException failed(SQLException refused) {
        return NO_TABLE.equals(refused.getSQLState())
                ? new StartupException("there is no Parlance in this database", refused)
                : new StartupException("the database could not be read: " + refused.getMessage(), refused);
    }

    /** The members of one room after the other; both this and the history are in the order of the rooms' bytes. */
    private static final class Members {

        private final ResultSet rows;
        private boolean more;

        Members(ResultSet rows) throws SQLException {
            this.rows = rows;
            this.more = rows.next();
        }

        Map<String, String> of(String room) {
            Map<String, String> members = new HashMap<>();
            try {
                while (more && rows.getString("room_id").compareTo(room) <= 0) {
                    if (rows.getString("room_id").equals(room)) {
                        members.put(rows.getString("user_id"), rows.getString("membership"));
                    }
                    more = rows.next();
                }
            } catch (SQLException refused) {
                throw failed(refused);
            }
            return members;
        }
    }
}
