package chat.parlance.persistence;

import chat.parlance.model.ReadMarker;
import chat.parlance.model.RoomId;
import chat.parlance.model.Unread;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Moves read markers, those of many users in one statement. Belongs to one event loop. */
final class PostgresReadMarkers {

    private record Key(String room, String user) {}

    private record Wanted(Key key, long seq) {}

    /**
     * Locks the members' rows in one order, so that two nodes which move the same markers wait for each other once, and
     * counts in the snapshot that the head is of.
     */
    private static final String MOVE = """
        with wanted as (
            select q.room_id, q.user_id, max(q.seq) as seq
            from unnest($1::text[], $2::text[], $3::bigint[]) as q (room_id, user_id, seq)
            group by q.room_id, q.user_id
        ), locked as (
            select m.room_id, m.user_id, m.read_seq as before, greatest(m.read_seq, least(w.seq, r.head)) as read_seq, r.head
            from wanted w
            join room r on r.room_id = w.room_id
            join member m on m.room_id = w.room_id and m.user_id = w.user_id
            where m.membership = 'joined'
            order by m.room_id, m.user_id
            for no key update of m
        ), moved as (
            update member m
            set read_seq = l.read_seq
            from locked l
            where m.room_id = l.room_id and m.user_id = l.user_id and l.before < l.read_seq
        )
        select l.room_id, l.user_id, l.head, l.read_seq, u.unread, n.mentions
        from locked l
        """ + UnreadCounts.of("l.room_id", "l.user_id", "l.read_seq");

    private static final int MOVES_AT_ONCE = 64;

    private final Statements statements;
    private final Gathering<Wanted, Optional<ReadMarker>> moves = new Gathering<>(this::move, MOVES_AT_ONCE);

    PostgresReadMarkers(Statements statements) {
        this.statements = statements;
    }

    /** Empty when the user is no member of the room. */
    Future<Optional<ReadMarker>> move(RoomId room, UserId user, long seq) {
        return moves.ask(new Wanted(new Key(room.value(), user.value()), seq));
    }

    private Future<List<Optional<ReadMarker>>> move(List<Wanted> wanted) {
        Tuple parameters = Tuple.of(
                wanted.stream().map(one -> one.key().room()).toArray(String[]::new),
                wanted.stream().map(one -> one.key().user()).toArray(String[]::new),
                wanted.stream().map(Wanted::seq).toArray(Long[]::new));
        return statements.run(MOVE, parameters).map(rows -> {
            Map<Key, ReadMarker> moved = markers(rows);
            List<Optional<ReadMarker>> answers = new ArrayList<>(wanted.size());
            wanted.forEach(one -> answers.add(Optional.ofNullable(moved.get(one.key()))));
            return answers;
        });
    }

    private static Map<Key, ReadMarker> markers(RowSet<Row> rows) {
        Map<Key, ReadMarker> markers = new HashMap<>();
        for (Row row : rows) {
            Key key = new Key(row.getString("room_id"), row.getString("user_id"));
            markers.put(
                    key,
                    new ReadMarker(
                            new RoomId(key.room()),
                            new UserId(key.user()),
                            row.getLong("head"),
                            new Unread(row.getLong("read_seq"), row.getInteger("unread"), row.getInteger("mentions"))));
        }
        return markers;
    }
}
