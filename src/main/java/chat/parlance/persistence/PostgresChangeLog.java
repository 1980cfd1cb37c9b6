package chat.parlance.persistence;

import chat.parlance.model.RoomId;
import chat.parlance.model.SessionId;
import chat.parlance.model.UserId;
import chat.parlance.room.ChangeLog;
import chat.parlance.room.Changes;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table {@code commit_log}, which the migrations explain, read by transaction id: whatever was not visible to an
 * earlier look has an id from that look's {@code xmin} on. A look that is not answered at all makes the node give up its
 * connections, for the path to Postgres is then broken. Belongs to one event loop.
 */
final class PostgresChangeLog implements ChangeLog {

    /** What changed is looked up by its key, however much Postgres expects: idle rooms and users cost nothing. */
    private static final String SINCE = """
        with look as (
            select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as mark,
                   coalesce((select xid from commit_log order by xid limit 1) <= $1::text::xid8, false) as complete
        ), recent as materialized (
            select rooms, member_rooms, member_users, read_seqs, sessions from commit_log where xid >= $1::text::xid8
        ), changed as materialized (
            select c.room_id, c.user_id, c.read_seq
            from recent, unnest(member_rooms, member_users, read_seqs) as c (room_id, user_id, read_seq)
        )
        select look.mark, look.complete, 'room' as what, r.room_id, null as user_id, r.head as seq,
               null as membership, null as role, null::boolean as muted, null::uuid as session_id
        from look
        left join (select distinct unnest(rooms) as room_id from recent) c on true
        left join lateral (select x.room_id, x.head from room x where x.room_id = c.room_id offset 0) r on true
        union all
        select look.mark, look.complete, 'marker', c.room_id, c.user_id, c.read_seq, null, null, null, null
        from look, (
            select room_id, user_id, max(read_seq) as read_seq
            from changed
            where read_seq is not null
            group by room_id, user_id
        ) c
        union all
        select look.mark, look.complete, 'place', c.room_id, c.user_id, null, m.membership, m.role, m.muted, null
        from look, (select distinct room_id, user_id from changed where read_seq is null) c
        left join lateral (
            select x.membership, x.role, x.muted from member x where x.room_id = c.room_id and x.user_id = c.user_id offset 0
        ) m on true
        union all
        select look.mark, look.complete, 'session', null, null, null, null, null, null, c.session_id
        from look, (select distinct unnest(sessions) as session_id from recent) c
        """;

    private static final String REVOKED = """
        select session_id from session where revoked_at > now() - make_interval(secs => $1)
        """;

    /** Leaves one row before the mark: that it is there says that nothing after it was pruned. */
    private static final String PRUNE = """
        delete from commit_log
        where xid < (select xid from commit_log where xid < $1::text::xid8 order by xid desc limit 1)
        """;

    private static final Logger LOG = LoggerFactory.getLogger(PostgresChangeLog.class);
    private static final int TIMEOUT_MS = 2000;
    private static final int LOOKS_PER_PRUNE = 60;

    private final Links links;
    private final Duration revocationsKept;
    private long looks;
    private long markOfLastPrune;

    /** @param revocationsKept told of so long back, when the log does not go back to the mark */
    PostgresChangeLog(Links links, Duration revocationsKept) {
        this.links = links;
        this.revocationsKept = revocationsKept;
    }

    @Override
    public Future<Changes> since(long mark) {
        return run(SINCE, Long.toString(mark))
                .map(PostgresChangeLog::changes)
                .compose(changes -> changes.complete() ? Future.succeededFuture(changes) : withRevoked(changes))
                .onSuccess(this::prune)
                .onFailure(failure -> {
                    if (failure instanceof TimeoutException) {
                        LOG.warn("Postgres does not answer, its connections are given up");
                        links.renew();
                    }
                });
    }

    /** What every node has seen by now, unless it slept; then it sees that the log no longer goes back so far. */
    private void prune(Changes changes) {
        if (++looks % LOOKS_PER_PRUNE == 0) {
            long until = markOfLastPrune;
            markOfLastPrune = changes.mark();
            run(PRUNE, Long.toString(until))
                    .onFailure(failure -> LOG.atWarn()
                            .addKeyValue("cause", failure.toString())
                            .log("Commit log not pruned"));
        }
    }

    private Future<Changes> withRevoked(Changes changes) {
        return run(REVOKED, (double) revocationsKept.toSeconds()).map(rows -> {
            Set<SessionId> revoked = new HashSet<>();
            rows.forEach(row -> revoked.add(new SessionId(row.getUUID("session_id"))));
            return changes.withRevoked(revoked);
        });
    }

    private Future<RowSet<Row>> run(String sql, Object parameter) {
        return links.watch().run(pool -> pool.preparedQuery(sql).execute(Tuple.of(parameter)), TIMEOUT_MS);
    }

    private static Changes changes(RowSet<Row> rows) {
        Map<RoomId, Long> heads = new HashMap<>();
        List<Changes.Place> places = new ArrayList<>();
        List<Changes.Marker> markers = new ArrayList<>();
        long mark = 0;
        boolean complete = false;
        Set<SessionId> revoked = new HashSet<>();
        for (Row row : rows) {
            mark = row.getLong("mark");
            complete = row.getBoolean("complete");
            switch (row.getString("what")) {
                case "room" -> {
                    if (row.getString("room_id") != null) {
                        heads.put(room(row), row.getLong("seq"));
                    }
                }
                case "marker" -> markers.add(new Changes.Marker(room(row), user(row), row.getLong("seq")));
                case "session" -> revoked.add(new SessionId(row.getUUID("session_id")));
                default -> places.add(new Changes.Place(room(row), user(row), RoomRow.standing(row)));
            }
        }
        return new Changes(mark, complete, heads, places, markers, revoked);
    }

    private static RoomId room(Row row) {
        return new RoomId(row.getString("room_id"));
    }

    private static UserId user(Row row) {
        return new UserId(row.getString("user_id"));
    }
}
