package chat.parlance.persistence;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
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

/**
 * Moves read markers, those of many users in one statement, which skips members whose rows another transaction holds.
 * Each skipped one is moved by a separate statement in the turn of its room. Belongs to one event loop.
 */
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

    private sealed interface Moved {

        record To(MovedMarker marker) implements Moved {}

        record Locked() implements Moved {}

        record NoMember() implements Moved {}
    }

    /**
     * Locks the members' rows in a fixed order. Compares stamps and counts in the same snapshot as the head. A member
     * whose row was not locked is answered without a head.
     */
    private static final String MOVE = """
        with move as materialized (
            select q.*,
                   q.stamp is null or coalesce(q.stamp = (
                       select e.stamp from event e where e.room_id = q.room_id and e.seq = q.seq
                   ), false) as proved
            from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[])
                 with ordinality as q (room_id, user_id, seq, stamp, ordinal)
            where set_config('lock_timeout', $5, true) is not null
        ), wanted as (
            select q.room_id, q.user_id, coalesce(max(q.seq) filter (where q.proved), 0) as seq,
                   array_agg(q.ordinal) filter (where not q.proved) as refused
            from move q
            group by q.room_id, q.user_id
        ), locked as (
            select m.room_id, m.user_id, m.read_turn, m.read_seq as before, greatest(m.read_seq, least(w.seq, r.head)) as read_seq, r.head
            from wanted w
            join room r on r.room_id = w.room_id
            join member m on m.room_id = w.room_id and m.user_id = w.user_id
            where m.membership = 'joined'
            order by m.room_id, m.user_id
            for no key update of m %s
        ), moved as (
            update member m
            set read_seq = l.read_seq
            from locked l
            where m.room_id = l.room_id and m.user_id = l.user_id and l.before < l.read_seq
        )
        select w.room_id, w.user_id, w.refused, l.head, l.read_seq, l.read_turn, u.unread, n.mentions
        from wanted w
        join member m on m.room_id = w.room_id and m.user_id = w.user_id and m.membership = 'joined'
        left join locked l on l.room_id = w.room_id and l.user_id = w.user_id
        """ + UnreadCounts.of("l.room_id", "l.user_id", "l.read_seq");

    /** Moves the marker to just before message $3, unless it is there or further back already. */
    private static final String UNREAD = """
        with target as materialized (
            select m.room_id, m.user_id, r.head, greatest(least($3::bigint, r.head + 1) - 1, 0) as read_seq,
                   $4::bigint is null or exists (
                       select from event e where e.room_id = m.room_id and e.seq = $3 and e.stamp = $4
                   ) as proved
            from room r
            join member m on m.room_id = r.room_id
            where m.room_id = $1 and m.user_id = $2 and m.membership = 'joined'
                  and set_config('lock_timeout', $5, true) is not null
        ), moved as (
            update member m
            set read_seq = t.read_seq, read_turn = m.read_turn + 1
            from target t
            where m.room_id = t.room_id and m.user_id = t.user_id and t.proved and m.read_seq > t.read_seq
            returning m.read_seq, m.read_turn
        ), now as (
            select t.room_id, t.user_id, t.head, t.proved, coalesce(v.read_seq, m.read_seq) as read_seq,
                   coalesce(v.read_turn, m.read_turn) as read_turn
            from target t
            join member m on m.room_id = t.room_id and m.user_id = t.user_id
            left join moved v on true
        )
        select l.*, u.unread, n.mentions
        from now l
        """ + UnreadCounts.of("l.room_id", "l.user_id", "l.read_seq");

    private static final String MOVE_UNLOCKED = MOVE.formatted("skip locked");
    private static final String MOVE_WHEN_UNLOCKED = MOVE.formatted("");
    private static final int MOVES_AT_ONCE = 64;

    /** Lock wait of the statement that skips locked members, and so waits for nothing else. */
    private static final int ANY_WAIT_MS = 1000;

    private final Statements statements;
    private final Statements transactions;
    private final RoomWrites writes;
    private final QueryBatcher<Wanted, Moved> moves = new QueryBatcher<>(this::move, MOVES_AT_ONCE);

    /**
     * @param statements for work that waits for no lock
     * @param transactions for the statements of {@code writes}
     */
    PostgresReadMarkers(Statements statements, Statements transactions, RoomWrites writes) {
        this.statements = statements;
        this.transactions = transactions;
        this.writes = writes;
    }

    /** Moves a marker; empty when the user is not a member of the room. */
    Future<Optional<MovedMarker>> move(RoomId room, UserId user, Set<Target> targets) {
        Wanted wanted = new Wanted(new Key(room.value(), user.value()), targets);
        return moves.ask(wanted).compose(moved -> switch (moved) {
            case Moved.To to -> Future.succeededFuture(Optional.of(to.marker()));
            case Moved.NoMember none -> Future.succeededFuture(Optional.empty());
            case Moved.Locked locked -> moveWhenUnlocked(room, wanted);
        });
    }

    /**
     * Moves a marker back to before a message; empty when the user is not a member of the room. Fails with {@code
     * history.changed} when the message has another stamp.
     */
    Future<Optional<ReadMarker>> moveBack(RoomId room, UserId user, Target target) {
        Stamp stamp = target.stamp();
        return writes.write(
                room,
                waitMs -> transactions
                        .attempt(
                                UNREAD,
                                Tuple.of(
                                        room.value(),
                                        user.value(),
                                        target.seq(),
                                        stamp == null ? null : stamp.value(),
                                        Integer.toString(LockWait.timeoutMs(waitMs))))
                        .map(rows -> {
                            if (rows.size() == 0) {
                                return Optional.empty();
                            }
                            Row row = rows.iterator().next();
                            if (!row.getBoolean("proved")) {
                                throw new ChatException(ErrorCode.HISTORY_CHANGED);
                            }
                            return Optional.of(marker(new Key(room.value(), user.value()), row.getLong("head"), row));
                        }));
    }

    private Future<List<Moved>> move(List<Wanted> wanted) {
        List<Move> asked = moves(wanted);
        return statements.run(MOVE_UNLOCKED, parameters(asked, ANY_WAIT_MS)).map(rows -> {
            Map<Key, Moved> moved = outcomes(rows, asked);
            return wanted.stream()
                    .map(one -> moved.getOrDefault(one.key(), new Moved.NoMember()))
                    .toList();
        });
    }

    /** Moves the marker of a locked member; empty when the member left during the wait for the lock. */
    private Future<Optional<MovedMarker>> moveWhenUnlocked(RoomId room, Wanted wanted) {
        List<Move> asked = moves(List.of(wanted));
        return writes.write(
                room,
                waitMs -> transactions
                        .attempt(MOVE_WHEN_UNLOCKED, parameters(asked, waitMs))
                        .map(rows -> outcomes(rows, asked).get(wanted.key()) instanceof Moved.To to
                                ? Optional.of(to.marker())
                                : Optional.empty()));
    }

    private static List<Move> moves(List<Wanted> wanted) {
        return wanted.stream()
                .flatMap(one -> one.targets().stream().map(target -> new Move(one.key(), target)))
                .toList();
    }

    private static Tuple parameters(List<Move> asked, int waitMs) {
        return Tuple.of(
                strings(asked, move -> move.key().room()),
                strings(asked, move -> move.key().user()),
                numbers(asked, move -> move.target().seq()),
                numbers(asked, Move::stamp),
                Integer.toString(LockWait.timeoutMs(waitMs)));
    }

    private static Map<Key, Moved> outcomes(RowSet<Row> rows, List<Move> asked) {
        Map<Key, Moved> outcomes = new HashMap<>();
        for (Row row : rows) {
            Key key = new Key(row.getString("room_id"), row.getString("user_id"));
            Long head = row.getLong("head");
            outcomes.put(
                    key,
                    head == null
                            ? new Moved.Locked()
                            : new Moved.To(new MovedMarker(
                                    marker(key, head, row), targets(row.getArrayOfLongs("refused"), asked))));
        }
        return outcomes;
    }

    private static ReadMarker marker(Key key, long head, Row row) {
        return new ReadMarker(
                new RoomId(key.room()),
                new UserId(key.user()),
                head,
                new Unread(
                        row.getLong("read_seq"),
                        row.getInteger("unread"),
                        row.getInteger("mentions"),
                        row.getInteger("read_turn")));
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
