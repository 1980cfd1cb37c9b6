package chat.parlance.persistence;

import chat.parlance.error.StartupException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stored data in one snapshot, while nodes may write, by cursors and so in bounded memory. It reads the
 * tables and not their indexes, which may be the broken part, with one exception: events are read in the order of their
 * primary key, so that Postgres need not sort a whole history. {@link #countEvents} shows if the key led to all of
 * them. Blocks.
 */
public final class HistoryReader implements AutoCloseable {

    /** Row of a room. */
    public record StoredRoom(
            String name,
            String topic,
            String description,
            boolean archived,
            boolean direct,
            long head,
            long headStamp) {}

    /**
     * Row of a user in a room.
     *
     * @param membership one of {@code joined, invited, banned, left}
     * @param invitedBy the inviting user of an invited one; null otherwise
     */
    public record StoredMember(
            String membership,
            String role,
            boolean muted,
            @Nullable String invitedBy,
            long readSeq) {}

    /**
     * Row of an event.
     *
     * @param seq as stored, which may be anything in a broken database
     * @param text null for a message or edit whose text cannot name a user
     * @param mentions the members that this event is stored to name
     * @param mentioned the users that the message is stored to mention, when this event has its present text and may
     *     name a user; otherwise null
     */
    public record StoredEvent(
            long seq,
            long stamp,
            long previous,
            String kind,
            String sender,
            @Nullable String clientId,
            @Nullable String subject,
            @Nullable Long target,
            @Nullable String text,
            Set<String> mentions,
            @Nullable Set<String> mentioned) {}

    /** Visitor of all stored data, room by room in the order of their ids. */
    public interface Visitor {

        /**
         * Starts a room.
         *
         * @param room null when the room has events or members but no row
         * @param members by user id
         */
        void beginRoom(String id, @Nullable StoredRoom room, Map<String, StoredMember> members);

        /** Takes the next event of the room, in the order of seqs. */
        void accept(StoredEvent event);

        /** Ends the room. */
        void endRoom();
    }

    /** Receiver of contradictions. */
    @FunctionalInterface
    public interface Contradiction {

        /**
         * @param room empty for a contradiction outside a single room
         * @param seq of the event, 0 for a contradiction outside a single event
         */
        void accept(String room, long seq, String text);
    }

    private static final String SNAPSHOT = """
        set transaction isolation level repeatable read read only;
        set local statement_timeout = 0;
        """;

    /**
     * Planner settings for reads without indexes. Nested loops are off as well, whatever Postgres expects of the
     * tables' sizes.
     */
    private static final String BY_TABLE = """
        set local enable_indexscan = off;
        set local enable_indexonlyscan = off;
        set local enable_bitmapscan = off;
        set local enable_nestloop = off;
        set local enable_seqscan = on;
        set local enable_sort = on;
        """;

    /** Planner settings for reads by primary key. Without the index Postgres sorts. */
    private static final String BY_INDEX = """
        set local enable_indexscan = on;
        set local enable_indexonlyscan = on;
        set local enable_bitmapscan = off;
        set local enable_seqscan = off;
        set local enable_sort = off;
        """;

    private static final String EXPECTED = "select coalesce(sum(head), 0) from room";

    private static final String COUNT = "select count(*) from event";

    private static final String ROOMS = """
        select room_id, name, topic, description, archived, visibility = 'direct' as direct, head, head_stamp
        from room
        order by room_id
        """;

    private static final String MEMBERS = """
        select room_id, user_id, membership, role, muted, read_seq,
               case when membership = 'invited' then invited_by end as invited_by
        from member
        order by room_id
        """;

    /** Query of the events. It reads texts only where they are checked, for they are most of a history. */
    private static final String EVENTS = """
        select e.room_id, e.seq, e.stamp, e.previous, e.kind, e.sender, e.client_id, e.subject, e.target,
               case when m.seq is null or e.text ~ '[@＠﹫]' then e.text end as text,
               coalesce(e.mentions, '{}') as mentions,
               case
                   when m.seq is not null and (e.text ~ '[@＠﹫]' or e.mentions is not null)
                        and coalesce((select s.edit_seq from message_state s
                                      where s.room_id = e.room_id and s.seq = m.seq), e.seq) = e.seq
                   then array(select n.user_id from mention n where n.room_id = e.room_id and n.seq = m.seq)
               end as mentioned
        from event e
        cross join lateral (select case e.kind when 'message' then e.seq when 'edit' then e.target end as seq) m
        order by e.room_id, e.seq
        """;

    private static final int FETCH = 1000;
    private static final String NO_TABLE = "42P01";

    private final Connection connection;

    private HistoryReader(Connection connection) {
        this.connection = connection;
    }

    /** @throws StartupException when there is no database of Parlance */
    public static HistoryReader open(PostgresUri uri) {
        try {
            Connection connection = uri.connect();
            connection.setAutoCommit(false);
            HistoryReader reader = new HistoryReader(connection);
            reader.execute(SNAPSHOT);
            reader.execute(BY_TABLE);
            return reader;
        } catch (SQLException refused) {
            throw failed(refused);
        }
    }

    /**
     * Reasons why an acknowledged message may be lost in a crash of this Postgres, a line each; empty when there are
     * none.
     */
    public List<String> weaknesses() {
        try {
            return Durability.weaknesses(connection);
        } catch (SQLException refused) {
            throw failed(refused);
        }
    }

    /** Number of events that there should be. */
    public long expectedEvents() {
        return number(EXPECTED);
    }

    /** Number of events in the table, counted without indexes. */
    public long countEvents() {
        return number(COUNT);
    }

    /** Passes every room with its members and events to the visitor. */
    public void read(Visitor visitor) {
        try (RoomCursor rooms = RoomCursor.open(connection, ROOMS);
                RoomCursor members = RoomCursor.open(connection, MEMBERS);
                RoomCursor events = openEvents()) {
            for (String room = first(rooms, members, events); room != null; room = first(rooms, members, events)) {
                visitor.beginRoom(room, takeRoom(rooms, room), takeMembers(members, room));
                while (events.isAt(room)) {
                    visitor.accept(event(events.row()));
                    events.next();
                }
                visitor.endRoom();
            }
        } catch (SQLException refused) {
            throw failed(refused);
        }
    }

    /** Passes the contradictions that a check finds to the receiver. */
    public void read(HistoryCheck check, Contradiction contradiction) {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH);
            try (ResultSet rows = statement.executeQuery(check.sql())) {
                while (rows.next()) {
                    contradiction.accept(rows.getString("room_id"), rows.getLong("seq"), rows.getString("text"));
                }
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

    private RoomCursor openEvents() throws SQLException {
        execute(BY_INDEX);
        RoomCursor events = RoomCursor.open(connection, EVENTS);
        execute(BY_TABLE);
        return events;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException refused) {
            throw failed(refused);
        }
    }

    /** First room of all cursors, null when all are at their ends. Ids are ASCII: their order is that of bytes. */
    private static @Nullable String first(RoomCursor... cursors) {
        return Stream.of(cursors)
                .map(RoomCursor::room)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private static @Nullable StoredRoom takeRoom(RoomCursor rooms, String room) throws SQLException {
        if (!rooms.isAt(room)) {
            return null;
        }
        ResultSet row = rooms.row();
        StoredRoom stored = new StoredRoom(
                row.getString("name"),
                row.getString("topic"),
                row.getString("description"),
                row.getBoolean("archived"),
                row.getBoolean("direct"),
                row.getLong("head"),
                row.getLong("head_stamp"));
        rooms.next();
        return stored;
    }

    private static Map<String, StoredMember> takeMembers(RoomCursor rows, String room) throws SQLException {
        Map<String, StoredMember> members = new HashMap<>();
        while (rows.isAt(room)) {
            ResultSet row = rows.row();
            members.put(
                    row.getString("user_id"),
                    new StoredMember(
                            row.getString("membership"),
                            row.getString("role"),
                            row.getBoolean("muted"),
                            row.getString("invited_by"),
                            row.getLong("read_seq")));
            rows.next();
        }
        return members;
    }

    private static StoredEvent event(ResultSet row) throws SQLException {
        long target = row.getLong("target");
        boolean hasTarget = !row.wasNull();
        return new StoredEvent(
                row.getLong("seq"),
                row.getLong("stamp"),
                row.getLong("previous"),
                row.getString("kind"),
                row.getString("sender"),
                row.getString("client_id"),
                row.getString("subject"),
                hasTarget ? target : null,
                row.getString("text"),
                Objects.requireNonNull(users(row, "mentions")),
                users(row, "mentioned"));
    }

    private static @Nullable Set<String> users(ResultSet row, String column) throws SQLException {
        Array users = row.getArray(column);
        return users == null ? null : Set.copyOf(List.of((String[]) users.getArray()));
    }

    private static StartupException failed(SQLException refused) {
        return NO_TABLE.equals(refused.getSQLState())
                ? new StartupException("there is no Parlance in this database", refused)
                : new StartupException("the database could not be read: " + refused.getMessage(), refused);
    }
}
