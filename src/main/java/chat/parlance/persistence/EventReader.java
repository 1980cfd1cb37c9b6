package chat.parlance.persistence;

import chat.parlance.model.Event;
import chat.parlance.model.RoomId;
import chat.parlance.room.EventPage;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads events from Postgres, whoever may see them. */
public final class EventReader {

    /** What one page holds at most, so that who reads slowly does not hold much of the node's memory. */
    private static final int PAGE_BYTES = 256 * 1024;

    private static final String READ = """
        select r.head, %s
        from room r
        left join lateral (%s) e on true
        where r.room_id = $1
        order by e.seq
        """.formatted(EventRow.COLUMNS, pageAfter("r.room_id", "$2", "$3"));

    private static final String HEADS = """
        select room_id, head from room where room_id = any ($1)
        """;

    private final Statements statements;

    EventReader(Statements statements) {
        this.statements = statements;
    }

    Future<EventPage> read(RoomId room, long after, int limit) {
        return statements.run(READ, Tuple.of(room.value(), after, limit)).map(rows -> page(room, rows));
    }

    Future<Map<RoomId, Long>> heads(Collection<RoomId> rooms) {
        String[] ids = rooms.stream().map(RoomId::value).toArray(String[]::new);
        return statements.run(HEADS, Tuple.of(ids)).map(rows -> {
            Map<RoomId, Long> heads = new HashMap<>();
            rows.forEach(row -> heads.put(new RoomId(row.getString("room_id")), row.getLong("head")));
            return heads;
        });
    }

    /** The events of a room after one seq, at most so many and of so many bytes, but at least one. */
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

    /** Reads rows of a room's head joined with its events; no event is a row of nulls. */
    static EventPage page(RoomId room, Iterable<Row> rows) {
        List<Event> events = new ArrayList<>();
        long head = 0;
        for (Row row : rows) {
            head = row.getLong("head");
            if (row.getLong("seq") != null) {
                events.add(EventRow.event(room, row));
            }
        }
        return new EventPage(events, head);
    }
}
