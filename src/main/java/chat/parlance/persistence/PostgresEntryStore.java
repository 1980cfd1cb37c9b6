package chat.parlance.persistence;

import chat.parlance.model.RoomId;
import chat.parlance.search.EntryStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The tables {@code search_entry} and {@code search_progress}, which the migrations explain. */
final class PostgresEntryStore implements EntryStore {

    /** Limit of text read in one turn, so that a turn is short for the event loop and for Postgres. */
    private static final int TURN_BYTES = 128 * 1024;

    private static final String BEHIND = """
        select r.room_id
        from room r
        left join search_progress p on p.room_id = r.room_id
        where r.room_id > $1 and r.head > coalesce(p.indexed, 0)
        order by r.room_id
        limit $2
        """;

    /** Starts the progress of a room. Looks up before it inserts, because each insert would use up a number. */
    private static final String BEGIN = """
        insert into search_progress (room_id)
        select r.room_id
        from room r
        where r.room_id = any ($1) and not exists (select from search_progress p where p.room_id = r.room_id)
        order by r.room_id
        on conflict do nothing
        """;

    /** Locks the progress of rooms, and skips those that another indexer holds. */
    private static final String TAKE = """
        select room_id, room_no, indexed
        from search_progress
        where room_id = any ($1)
        order by room_id
        for no key update skip locked
        """;

    private static final String HEADS = """
        select room_id, head from room where room_id = any ($1)
        """;

    /** Events after one seq of each room up to another, each with the present state of its message, if it has one. */
    private static final String READ = """
        select n.ordinal, n.seq, m.seq as message, m.at, m.sender, m.text, m.pinned
        from (
            select q.ordinal, q.room_id, e.seq, e.message,
                   sum(octet_length(e.text)) over (order by q.ordinal, e.seq) - octet_length(e.text) as bytes_before
            from unnest($1::text[], $2::bigint[], $3::bigint[]) with ordinality as q (room_id, after, until, ordinal)
            cross join lateral (
                select x.seq, coalesce(x.text, '') as text,
                       case when x.kind = 'message' then x.seq when x.kind in ('edit', 'delete', 'pin') then x.target end
                           as message
                from event x
                where x.room_id = q.room_id and x.seq > q.after and x.seq <= q.until
            ) e
        ) n
        left join lateral (
            select e.seq, e.at, e.sender, case when e.text is not null then coalesce(x.text, e.text) end as text,
                   coalesce(s.pin_seq, 0) > 0 as pinned
            from event e
            left join message_state s on s.room_id = e.room_id and s.seq = e.seq
            left join event x on x.room_id = e.room_id and x.seq = s.edit_seq
            where e.room_id = n.room_id and e.seq = n.message
        ) m on true
        where n.bytes_before < %d
        order by n.ordinal, n.seq
        """.formatted(TURN_BYTES);

    private static final String PUT = """
        insert into search_entry (room_no, at, seq, terms)
        select * from unnest($1::integer[], $2::timestamptz[], $3::bigint[], $4::text[]::tsvector[])
        on conflict (room_no, at, seq) do update set terms = excluded.terms
        """;

    private static final String REMOVE = """
        delete from search_entry e
        using unnest($1::integer[], $2::timestamptz[], $3::bigint[]) as q (room_no, at, seq)
        where e.room_no = q.room_no and e.at = q.at and e.seq = q.seq
        """;

    private static final String MOVE = """
        update search_progress p
        set indexed = q.indexed, last_at = greatest(p.last_at, q.last_at)
        from unnest($1::text[], $2::bigint[], $3::timestamptz[]) as q (room_id, indexed, last_at)
        where p.room_id = q.room_id
        """;

    private final Statements statements;

    PostgresEntryStore(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<List<RoomId>> behind(String after, int limit) {
        return statements
                .run(BEHIND, Tuple.of(after, limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new RoomId(row.getString("room_id")))
                        .toList());
    }

    @Override
    public Future<Turn> advance(List<RoomId> rooms, int maxEvents) {
        if (rooms.isEmpty()) {
            return Future.succeededFuture(new Turn(0, List.of()));
        }
        String[] ids = rooms.stream().map(RoomId::value).toArray(String[]::new);
        return statements
                .run(BEGIN, Tuple.of(ids))
                .compose(begun -> statements.transaction(connection -> run(connection, TAKE, Tuple.of(ids))
                        .compose(taken -> run(connection, HEADS, Tuple.of(ids))
                                .compose(heads -> advance(connection, rooms, spans(taken, heads), maxEvents)))));
    }

    /** Spans to process of the locked rooms. */
    private static Map<RoomId, IndexedSpan> spans(RowSet<Row> taken, RowSet<Row> heads) {
        Map<RoomId, IndexedSpan> spans = new LinkedHashMap<>();
        for (Row row : taken) {
            RoomId room = new RoomId(row.getString("room_id"));
            spans.put(room, new IndexedSpan(room, row.getInteger("room_no"), row.getLong("indexed")));
        }
        for (Row row : heads) {
            IndexedSpan span = spans.get(new RoomId(row.getString("room_id")));
            if (span != null) {
                span.headIs(row.getLong("head"));
            }
        }
        return spans;
    }

    private static Future<Turn> advance(
            SqlConnection connection, List<RoomId> rooms, Map<RoomId, IndexedSpan> spans, int maxEvents) {
        List<IndexedSpan> chosen = new ArrayList<>();
        int left = maxEvents;
        for (RoomId room : rooms) {
            IndexedSpan span = spans.get(room);
            if (span != null && left > 0) {
                left -= span.choose(left);
                chosen.add(span);
            }
        }
        Tuple parameters = Tuple.of(
                chosen.stream().map(span -> span.room().value()).toArray(String[]::new),
                chosen.stream().map(IndexedSpan::indexed).toArray(Long[]::new),
                chosen.stream().map(IndexedSpan::until).toArray(Long[]::new));
        return run(connection, READ, parameters)
                .compose(events -> {
                    events.forEach(row ->
                            chosen.get(row.getLong("ordinal").intValue() - 1).take(row));
                    return write(connection, chosen).map(written -> events.size());
                })
                .map(events -> new Turn(events, unfinished(rooms, spans)));
    }

    /**
     * Rooms with events left. Those that had their share come last, so that a room with a large backlog does not delay
     * the others.
     */
    private static List<RoomId> unfinished(List<RoomId> rooms, Map<RoomId, IndexedSpan> spans) {
        return rooms.stream()
                .filter(room -> !spans.containsKey(room) || !spans.get(room).isFinished())
                .sorted(Comparator.comparing(
                        room -> spans.containsKey(room) && spans.get(room).hasMoved()))
                .toList();
    }

    private static Future<?> write(SqlConnection connection, List<IndexedSpan> spans) {
        List<IndexedSpan> moved = spans.stream().filter(IndexedSpan::hasMoved).toList();
        List<SearchEntry> entries =
                moved.stream().flatMap(span -> span.entries().stream()).toList();
        List<SearchEntry> present =
                entries.stream().filter(entry -> entry.terms() != null).toList();
        List<SearchEntry> gone =
                entries.stream().filter(entry -> entry.terms() == null).toList();
        Future<?> put = present.isEmpty()
                ? Future.succeededFuture()
                : run(
                        connection,
                        PUT,
                        keys(present)
                                .addValue(
                                        present.stream().map(SearchEntry::terms).toArray(String[]::new)));
        return put.compose(done -> gone.isEmpty() ? Future.succeededFuture() : run(connection, REMOVE, keys(gone)))
                .compose(done -> moved.isEmpty()
                        ? Future.succeededFuture()
                        : run(
                                connection,
                                MOVE,
                                Tuple.of(
                                        moved.stream()
                                                .map(span -> span.room().value())
                                                .toArray(String[]::new),
                                        moved.stream().map(IndexedSpan::indexed).toArray(Long[]::new),
                                        moved.stream().map(IndexedSpan::lastAt).toArray(OffsetDateTime[]::new))));
    }

    private static Tuple keys(List<SearchEntry> entries) {
        return Tuple.of(
                entries.stream().map(SearchEntry::room).toArray(Integer[]::new),
                entries.stream().map(SearchEntry::at).toArray(OffsetDateTime[]::new),
                entries.stream().map(SearchEntry::seq).toArray(Long[]::new));
    }

    private static Future<RowSet<Row>> run(SqlConnection connection, String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters);
    }
}
