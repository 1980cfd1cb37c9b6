package chat.parlance.persistence;

import chat.parlance.model.RoomId;
import chat.parlance.room.ChangeLog;
import chat.parlance.room.Changes;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table {@code commit_log}, which the migrations explain, read by transaction id: whatever was not visible to an
 * earlier look has an id from that look's {@code xmin} on. A look that is not answered at all makes the node give up its
 * connections, for the path to Postgres is then broken. Belongs to one event loop.
 */
final class PostgresChangeLog implements ChangeLog {

    /** Each changed room is looked up by its key, however many Postgres expects: idle rooms cost nothing. */
    private static final String SINCE = """
        with look as (
            select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as mark,
                   coalesce((select xid from commit_log order by xid limit 1) <= $1::text::xid8, false) as complete
        )
        select look.mark, look.complete, r.room_id, r.head
        from look
        left join (select distinct unnest(rooms) as room_id from commit_log where xid >= $1::text::xid8) c on true
        left join lateral (select x.room_id, x.head from room x where x.room_id = c.room_id offset 0) r on true
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
    private long looks;
    private long markOfLastPrune;

    PostgresChangeLog(Links links) {
        this.links = links;
    }

    @Override
    public Future<Changes> since(long mark) {
        return run(SINCE, mark)
                .map(PostgresChangeLog::changes)
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
            run(PRUNE, until)
                    .onFailure(failure -> LOG.atWarn()
                            .addKeyValue("cause", failure.toString())
                            .log("Commit log not pruned"));
        }
    }

    private Future<RowSet<Row>> run(String sql, long mark) {
        return links.watch().run(pool -> pool.preparedQuery(sql).execute(Tuple.of(Long.toString(mark))), TIMEOUT_MS);
    }

    private static Changes changes(RowSet<Row> rows) {
        Map<RoomId, Long> heads = new HashMap<>();
        long mark = 0;
        boolean complete = false;
        for (Row row : rows) {
            mark = row.getLong("mark");
            complete = row.getBoolean("complete");
            if (row.getString("room_id") != null) {
                heads.put(new RoomId(row.getString("room_id")), row.getLong("head"));
            }
        }
        return new Changes(mark, complete, heads);
    }
}
