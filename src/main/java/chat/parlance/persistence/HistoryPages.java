package chat.parlance.persistence;

import chat.parlance.model.Event;
import chat.parlance.model.MessageState;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.room.EventPage;
import chat.parlance.room.Range;
import chat.parlance.room.RoomAccess;
import chat.parlance.room.Selection;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pages of history with messages in their present state: one statement, one snapshot, index access only. */
final class HistoryPages {

    /** Seq for a page that has no seq. */
    private static final long NO_SEQ = 0;

    /** Limit of the users of a tally of a tail: nearly all users find themselves in it. */
    private static final int USERS_OF_A_TAIL = 1000;

    /** Joins of the present state of an event {@code e}. */
    static final String STATE = """
        left join message_state s on e.kind = 'message' and s.room_id = e.room_id and s.seq = e.seq
        left join event x on x.room_id = e.room_id and x.seq = s.edit_seq
        """;

    /** Parameters: $1 room, $2 viewer, $3 the seq of the page; the page follows, with further parameters. */
    private static final String SELECT = """
        select r.visibility, r.archived, m.membership, m.role, m.muted, r.head, r.head_stamp, a.stamp as after_stamp, %s
        from room r
        left join member m on m.room_id = r.room_id and m.user_id = $2
        left join event a on a.room_id = r.room_id and a.seq = $3
        left join lateral (
        """.formatted(columns("$2"));

    /** Parameters: $1 room, $2 limit. */
    private static final String TAIL = """
        select r.head, r.head_stamp, %s
        from room r
        left join lateral (
            select e.* from event e where e.room_id = r.room_id and %%s order by e.seq desc limit $2
        ) e on true
        """.formatted(columns("''", USERS_OF_A_TAIL)) + STATE + """
        where r.room_id = $1
        order by e.seq
        """;

    private static final String OF_ROOM = """
        ) e on true
        """ + STATE + """
            where r.room_id = $1 and %s
            order by e.seq
            """.formatted(PublicRooms.orOwn("$2"));

    private static final String BEFORE = """
        select e.* from event e where e.room_id = r.room_id and e.seq < $3 and %s order by e.seq desc limit $4
        """;

    private static final String AFTER = """
        select e.* from event e where e.room_id = r.room_id and e.seq > $3 and %s order by e.seq limit $4
        """;

    private static final String AROUND = """
        (select e.* from event e where e.room_id = r.room_id and e.seq <= $3 and %1$s order by e.seq desc limit $4)
        union all
        (select e.* from event e where e.room_id = r.room_id and e.seq > $3 and %1$s order by e.seq limit $5)
        """;

    /**
     * Finds the place by binary search: times rise with the seqs, which have no holes, so a room of a million events
     * takes twenty lookups in its primary key, and no index of times is needed. After a clock was set back, the place
     * is approximate.
     */
    private static final String FROM = """
        select e.*
        from event e
        where e.room_id = r.room_id and %s and e.seq >= (
            with recursive span as (
                select 1::bigint as low, r.head + 1 as high
                union all
                select case when x.at < $5 then x.seq + 1 else s.low end, case when x.at < $5 then s.high else x.seq end
                from span s
                cross join lateral (
                    select m.seq, m.at
                    from event m
                    where m.room_id = r.room_id and m.seq = (s.low + s.high) / 2 and s.low < s.high
                    offset 0
                ) x
            )
            select s.low from span s where s.low >= s.high
        )
        order by e.seq
        limit $4
        """;

    private final Statements statements;

    HistoryPages(Statements statements) {
        this.statements = statements;
    }

    /**
     * Columns that {@link EventRow#present} reads, with {@link #STATE}.
     *
     * @param viewer the parameter of the viewer
     */
    static String columns(String viewer) {
        return columns(viewer, MessageState.LISTED_USERS);
    }

    private static String columns(String viewer, int users) {
        return """
            e.seq, e.stamp, e.previous, e.at, e.sender, e.kind, e.client_id, e.subject, e.target, e.thread, e.to_room,
            e.removed, e.body,
            case when e.text is not null then coalesce(x.text, e.text) end as text,
            case when x.seq is null then e.mentions else x.mentions end as mentions,
            s.edit_seq, s.pin_seq, s.closed_seq, s.replies, s.last_reply, s.repliers,
            (select l.at from event l where l.room_id = e.room_id and l.seq = s.last_reply) as last_reply_at,
            case when s.seq is not null then coalesce((
                select jsonb_agg(jsonb_build_array(g.emoji, g.count, g.users) order by g.first)
                from (
                    select c.emoji, count(*) as count, min(c.seq) as first,
                           (array_agg(c.user_id order by c.user_id <> %1$s, c.seq))[1:%2$d] as users
                    from reaction c
                    where c.room_id = e.room_id and c.target = e.seq
                    group by c.emoji
                ) g
            ), '[]') end as reactions,
            case when s.seq is not null and e.body is not null then coalesce((
                select jsonb_agg(jsonb_build_array(g.option, g.count, g.users) order by g.option)
                from (
                    select v.option, count(*) as count,
                           (array_agg(v.user_id order by v.user_id <> %1$s, v.seq))[1:%2$d] as users
                    from vote v
                    where v.room_id = e.room_id and v.target = e.seq
                    group by v.option
                ) g
            ), '[]') end as votes
            """.formatted(viewer, users);
    }

    Future<Optional<RoomAccess>> read(RoomId room, UserId viewer, Selection selection, Range range) {
        Tuple parameters = Tuple.of(room.value(), viewer.value());
        String page = switch (range) {
            case Range.Before before -> {
                parameters.addLong(before.seq()).addInteger(before.limit());
                yield BEFORE;
            }
            case Range.After after -> {
                parameters.addLong(after.seq()).addInteger(after.limit());
                yield AFTER;
            }
            case Range.Around around -> {
                int before = (around.limit() + 1) / 2;
                parameters.addLong(around.seq()).addInteger(before).addInteger(around.limit() - before);
                yield AROUND;
            }
            case Range.From from -> {
                parameters
                        .addLong(NO_SEQ)
                        .addInteger(from.limit())
                        .addOffsetDateTime(from.at().atOffset(ZoneOffset.UTC));
                yield FROM;
            }
        };
        return statements
                .run(SELECT + page.formatted(condition(selection, parameters)) + OF_ROOM, parameters)
                .map(rows -> access(room, range, rows));
    }

    Future<Optional<EventPage>> tail(RoomId room, Selection selection, int limit) {
        Tuple parameters = Tuple.of(room.value(), limit);
        return statements
                .run(TAIL.formatted(condition(selection, parameters)), parameters)
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(new EventPage(
                                events(room, rows),
                                EventReader.head(rows.iterator().next()),
                                null)));
    }

    /** Condition of an event {@code e}; adds its parameters. */
    private static String condition(Selection selection, Tuple parameters) {
        return switch (selection) {
            case Selection.Events events -> "true";
            case Selection.Messages messages -> "e.kind = 'message'";
            case Selection.Pinned pinned -> """
                e.seq in (select p.seq from message_state p where p.room_id = r.room_id and p.pin_seq > 0)\
                """;
            case Selection.Replies replies -> {
                parameters.addLong(replies.thread());
                yield "e.thread = $" + parameters.size();
            }
        };
    }

    private static List<Event> events(RoomId room, RowSet<Row> rows) {
        List<Event> events = new ArrayList<>();
        for (Row row : rows) {
            if (row.getLong("seq") != null) {
                events.add(EventRow.present(room, row));
            }
        }
        return events;
    }

    private static Optional<RoomAccess> access(RoomId room, Range range, RowSet<Row> rows) {
        if (rows.size() == 0) {
            return Optional.empty();
        }
        Row first = rows.iterator().next();
        return Optional.of(new RoomAccess(
                RoomRow.visibility(first),
                first.getBoolean("archived"),
                RoomRow.membership(first),
                new EventPage(
                        events(room, rows),
                        EventReader.head(first),
                        range instanceof Range.After after ? EventReader.after(after.seq(), first) : null)));
    }
}
