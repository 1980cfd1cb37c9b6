package chat.parlance.persistence;

import chat.parlance.model.ReadMarker;
import chat.parlance.model.RoomId;
import chat.parlance.model.Stamp;
import chat.parlance.model.Target;
import chat.parlance.model.Unread;
import chat.parlance.model.UserId;
import chat.parlance.room.MovedMarker;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Moves read markers, those of many users in one statement. Belongs to one event loop. */
final class PostgresReadMarkers {

    private record Key(String room, String user) {}

    private record Wanted(Key key, Set<Target> targets) {}

    private record Move(Key key, Target target) {

        @Nullable
        Long stamp() {
            Stamp stamp = target.stamp();
            return stamp == null ? null : stamp.value();
        }
    }

    /**
     * Locks the members' rows in one order, so that two nodes which move the same markers wait for each other once. Compares
     * stamps and counts in the snapshot that the head is of.
     */
    private static final String MOVE = """
        with move as materialized (
            select q.*,
                   q.stamp is null or coalesce(q.stamp = (
                       select e.stamp from event e where e.room_id = q.room_id and e.seq = q.seq
                   ), false) as proved
            from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[])
                 with ordinality as q (room_id, user_id, seq, stamp, ordinal)
        ), wanted as (
            select q.room_id, q.user_id, coalesce(max(q.seq) filter (where q.proved), 0) as seq,
                   array_agg(q.ordinal) filter (where not q.proved) as refused
            from move q
            group by q.room_id, q.user_id
        ), locked as (
            select m.room_id, m.user_id, m.read_seq as before, greatest(m.read_seq, least(w.seq, r.head)) as read_seq,
                   r.head, w.refused
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
        select l.room_id, l.user_id, l.head, l.read_seq, l.refused, u.unread, n.mentions
        from locked l
        """ + UnreadCounts.of("l.room_id", "l.user_id", "l.read_seq");

    private static final int MOVES_AT_ONCE = 64;

    private final Statements statements;
    private final Gathering<Wanted, Optional<MovedMarker>> moves = new Gathering<>(this::move, MOVES_AT_ONCE);

    PostgresReadMarkers(Statements statements) {
        this.statements = statements;
    }

    /** Empty when the user is no member of the room. */
    Future<Optional<MovedMarker>> move(RoomId room, UserId user, Set<Target> targets) {
        return moves.ask(new Wanted(new Key(room.value(), user.value()), targets));
    }

    private Future<List<Optional<MovedMarker>>> move(List<Wanted> wanted) {
        List<Move> asked = wanted.stream()
                .flatMap(one -> one.targets().stream().map(target -> new Move(one.key(), target)))
                .toList();
        Tuple parameters = Tuple.of(
                strings(asked, move -> move.key().room()),
                strings(asked, move -> move.key().user()),
                numbers(asked, move -> move.target().seq()),
                numbers(asked, Move::stamp));
        return statements.run(MOVE, parameters).map(rows -> {
            Map<Key, MovedMarker> moved = moved(rows, asked);
            return wanted.stream()
                    .map(one -> Optional.ofNullable(moved.get(one.key())))
                    .toList();
        });
    }

    private static Map<Key, MovedMarker> moved(RowSet<Row> rows, List<Move> asked) {
        Map<Key, MovedMarker> moved = new HashMap<>();
        for (Row row : rows) {
            Key key = new Key(row.getString("room_id"), row.getString("user_id"));
            ReadMarker marker = new ReadMarker(
                    new RoomId(key.room()),
                    new UserId(key.user()),
                    row.getLong("head"),
                    new Unread(row.getLong("read_seq"), row.getInteger("unread"), row.getInteger("mentions")));
            moved.put(key, new MovedMarker(marker, targets(row.getArrayOfLongs("refused"), asked)));
        }
        return moved;
    }

    /** @param ordinals of the moves, from 1, null for none */
    private static Set<Target> targets(Long @Nullable [] ordinals, List<Move> asked) {
        return ordinals == null
                ? Set.of()
                : Arrays.stream(ordinals)
                        .map(ordinal -> asked.get((int) (ordinal - 1)).target())
                        .collect(Collectors.toSet());
    }

    private static String[] strings(List<Move> moves, Function<Move, String> value) {
        return moves.stream().map(value).toArray(String[]::new);
    }

    private static Long[] numbers(List<Move> moves, Function<Move, @Nullable Long> value) {
        return moves.stream().map(value).toArray(Long[]::new);
    }
}
