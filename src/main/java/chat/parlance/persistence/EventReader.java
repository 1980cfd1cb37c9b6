package chat.parlance.persistence;

import chat.parlance.model.Cursor;
import chat.parlance.model.Event;
import chat.parlance.model.RoomId;
import chat.parlance.room.EventPage;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads events from Postgres, without a check of permissions. */
public final class EventReader {

    /** Limit of one page, so that a slow reader holds little of the node's memory. */
    private static final int PAGE_BYTES = 256 * 1024;

    private static final String READ = """
        select r.head, r.head_stamp, %s
        from room r
        left join lateral (%s) e on true
        where r.room_id = $1
        order by e.seq
        """.formatted(EventRow.COLUMNS, pageAfter("r.room_id", "$2", "$3"));

    private static final String COMPARE = """
        select q.room_id, q.seq as after, r.head, r.head_stamp, e.stamp as after_stamp
        from unnest($1::text[], $2::bigint[]) as q (room_id, seq)
        left join lateral (select x.head, x.head_stamp from room x where x.room_id = q.room_id offset 0) r on true
        left join lateral (
            select x.stamp from event x where x.room_id = q.room_id and x.seq = q.seq offset 0
        ) e on true
        """;

    private final Statements statements;

    EventReader(Statements statements) {
        this.statements = statements;
    }

    Future<EventPage> read(RoomId room, long after, int limit) {
        return statements
                .run(READ, Tuple.of(room.value(), after, limit))
                .map(rows -> EventPage.following(after, events(room, rows), head(rows.iterator())));
    }

    Future<Map<RoomId, EventPage>> compare(Map<RoomId, Long> seqs) {
        Tuple parameters = Tuple.tuple()
                .addArrayOfString(seqs.keySet().stream().map(RoomId::value).toArray(String[]::new))
                .addArrayOfLong(seqs.values().toArray(Long[]::new));
        return statements.run(COMPARE, parameters).map(rows -> {
            Map<RoomId, EventPage> pages = new HashMap<>();
            rows.forEach(row -> pages.put(
                    new RoomId(row.getString("room_id")),
                    new EventPage(List.of(), head(row), after(row.getLong("after"), row))));
            return pages;
        });
    }

    /** Query of the events of a room after one seq, limited in number and bytes, but at least one event. */
    static String pageAfter(String room, String after, String limit) {
        return """
            select *
            from (
                select p.*, sum(p.bytes) over (order by p.seq) - p.bytes as bytes_before
                from (
                    select *, coalesce(octet_length(text), 0) as bytes
                    from event
                    where room_id = %s and seq > %s
                    order by seq
                    limit %s
                ) p
            ) p
            where p.bytes_before < %d\
            """.formatted(room, after, limit, PAGE_BYTES);
    }

    /** Reads rows of a room joined with its events; a row of nulls is no event. */
    static List<Event> events(RoomId room, Iterable<Row> rows) {
        List<Event> events = new ArrayList<>();
        for (Row row : rows) {
            if (row.getLong("seq") != null) {
                events.add(EventRow.event(room, row));
            }
        }
        return events;
    }

    /** Reads the columns {@code head} and {@code head_stamp}, which are null only when there is no room. */
    static Cursor head(Row row) {
        return row.getLong("head") == null ? Cursor.START : EventRow.cursor(row, "head", "head_stamp");
    }

    /** The event at {@code seq}, from the column {@code after_stamp}; null when the store has none. */
    static @Nullable Cursor after(long seq, Row row) {
        if (seq == 0) {
            return Cursor.START;
        }
        return row.getLong("after_stamp") == null ? null : new Cursor(seq, EventRow.stamp(row, "after_stamp"));
    }

    private static Cursor head(Iterator<Row> rows) {
        return rows.hasNext() ? head(rows.next()) : Cursor.START;
    }
}
