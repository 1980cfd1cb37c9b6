package chat.parlance.persistence;

import chat.parlance.persistence.PostgresUri.Server;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Search for the primary among the servers of a URI: all are queried at once. Of two primaries, as after the return of
 * an old one from a failover, the one with the later timeline is chosen, so that all nodes choose the same. Connections
 * that are opened together share the answer. A timeline earlier than one seen before is never chosen. May be used from
 * any thread.
 */
final class PrimarySearch {

    /** State of a server. A standby is read-only whatever its settings. */
    private static final String STATE = """
        select current_setting('transaction_read_only') = 'off' as writes,
               (pg_control_system()).system_identifier::text as system,
               case
                   when pg_is_in_recovery() then 0
                   else ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::bigint
               end as timeline
        """;

    /**
     * Time for the answer of one server; less than the poll waits for Postgres, or a dead server would hide the live
     * one.
     */
    private static final int ANSWER_TIMEOUT_MS = 1200;

    /** Time for the other servers after the answer of the first primary. */
    private static final int GRACE_MS = 100;

    private static final int SHARED_MS = 500;
    private static final Logger LOG = LoggerFactory.getLogger(PrimarySearch.class);

    /** State of one server: if it accepts writes, and its history. */
    private record Answer(Server server, boolean writes, String system, long timeline) {

        static Answer of(Server server, RowSet<Row> rows) {
            Row row = rows.iterator().next();
            return new Answer(server, row.getBoolean("writes"), row.getString("system"), row.getLong("timeline"));
        }
    }

    private final Vertx vertx;
    private final List<Server> servers;
    private final Function<Server, PgConnectOptions> options;
    private @Nullable Future<Server> search;
    private long begunNs;
    private @Nullable Answer last;

    /** @param options of a connection to one server */
    PrimarySearch(Vertx vertx, List<Server> servers, Function<Server, PgConnectOptions> options) {
        this.vertx = vertx;
        this.servers = servers;
        this.options = options;
    }

    /** Finds the primary; fails when no server accepts writes. */
    synchronized Future<Server> find() {
        Future<Server> current = search;
        boolean fresh = System.nanoTime() - begunNs < TimeUnit.MILLISECONDS.toNanos(SHARED_MS);
        if (current == null || current.failed() || (current.isComplete() && !fresh)) {
            begunNs = System.nanoTime();
            current = begin();
            search = current;
        }
        return current;
    }

    /** True when a connection leads to a primary. */
    Future<Boolean> admits(SqlClient connection) {
        return connection.query(STATE).execute().map(rows -> isPrimary(Answer.of(servers.getFirst(), rows)));
    }

    /**
     * True for a primary, but not for a former one: its timeline is earlier than one seen before, and its clients would
     * write another history.
     */
    private synchronized boolean isPrimary(Answer answer) {
        Answer known = last;
        boolean former =
                known != null && known.system().equals(answer.system()) && answer.timeline() < known.timeline();
        return answer.writes() && !former;
    }

    private Future<Server> begin() {
        List<Answer> primaries = new ArrayList<>();
        Promise<Server> found = Promise.promise();
        List<Future<?>> asked = new ArrayList<>();
        for (Server server : servers) {
            asked.add(ask(server).onSuccess(answer -> {
                if (isPrimary(answer)) {
                    synchronized (primaries) {
                        primaries.add(answer);
                    }
                    vertx.setTimer(GRACE_MS, fired -> choose(primaries, found));
                }
            }));
        }
        Future.join(asked).onComplete(all -> choose(primaries, found));
        return found.future();
    }

    private void choose(List<Answer> primaries, Promise<Server> found) {
        Optional<Answer> primary;
        synchronized (primaries) {
            primary = primaries.stream()
                    .max(Comparator.comparingLong(Answer::timeline)
                            .thenComparingInt(answer -> -servers.indexOf(answer.server())));
        }
        if (primary.isEmpty()) {
            found.tryFail("no server of postgres.uri takes writes");
        } else if (found.tryComplete(primary.get().server())) {
            note(primary.get());
        }
    }

    private synchronized void note(Answer primary) {
        if (last == null || !primary.server().equals(last.server())) {
            LOG.atInfo().addKeyValue("server", primary.server()).log("Found the primary of Postgres");
        }
        last = primary;
    }

    /** Queries one server, by a separate pool, which can be closed while its connection hangs. */
    private Future<Answer> ask(Server server) {
        Pool pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(1))
                .with(new NetClientOptions().setConnectTimeout(ANSWER_TIMEOUT_MS))
                .connectingTo(options.apply(server))
                .using(vertx)
                .build();
        return pool.query(STATE)
                .execute()
                .map(rows -> Answer.of(server, rows))
                .timeout(ANSWER_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .onComplete(answered -> pool.close());
    }
}
