package chat.parlance.persistence;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The node's connections to Postgres. Commits of messages have connections of their own, so that no flood of reads delays
 * them, and so has the watch, so that a busy node does not take itself for one that is cut off. Searches and their indexer
 * have their own too, so that neither keeps a reader of history waiting, and so has each kind of statement that may wait
 * for the lock of a room, so that a locked room keeps neither readers nor commits of other rooms waiting.
 */
final class Links {

    private static final int CONNECT_TIMEOUT_MS = 1500;
    private static final int PIPELINED = 64;

    /** Connections that were needed for a storm or a locked room are closed again. */
    private static final int IDLE_SECONDS = 60;

    private static final String LOCK_TIMEOUT = "lock_timeout";
    private static final String STATEMENT_TIMEOUT = "statement_timeout";

    /** For who asks one thing after the other, as the lanes of the group commit do. */
    private static final int UNBOUNDED = Integer.MAX_VALUE;

    /**
     * Commits that do not wait for the disk: entries and the progress that tells of them are lost together, and made
     * again. And looks by index only: a turn reads a few events of a large table, which the planner cannot know.
     */
    private static final Map<String, String> INDEXER = Map.of(
            "synchronous_commit", "off",
            "enable_seqscan", "off",
            "enable_hashjoin", "off",
            "enable_mergejoin", "off");

    /** Of what passes locked rooms over, and so waits only for others that do the same. */
    private static final int SHORT_LOCK_TIMEOUT_MS = 250;

    private record Set(
            Link readers, Link writers, Link lockWaiters, Link changes, Link watch, Link searches, Link indexer) {

        void giveUp() {
            List.of(readers, writers, lockWaiters, changes, watch, searches, indexer)
                    .forEach(Link::giveUp);
        }
    }

    private final Vertx vertx;
    private final PostgresUri uri;
    private final Database.Settings settings;
    private final StoreMeters meters;
    private volatile Set current;

    /** Connects when something is asked. */
    Links(Vertx vertx, PostgresUri uri, Database.Settings settings, StoreMeters meters) {
        this.vertx = vertx;
        this.meters = meters;
        this.uri = uri;
        this.settings = settings;
        this.current = open();
    }

    Link readers() {
        return current.readers();
    }

    Link writers() {
        return current.writers();
    }

    Link lockWaiters() {
        return current.lockWaiters();
    }

    Link changes() {
        return current.changes();
    }

    Link watch() {
        return current.watch();
    }

    Link searches() {
        return current.searches();
    }

    Link indexer() {
        return current.indexer();
    }

    /** Gives up every connection and makes new ones when something is asked. */
    void renew() {
        Set old = current;
        current = open();
        old.giveUp();
    }

    private Set open() {
        return new Set(
                link(
                        Purpose.READS,
                        settings.reads().connections(),
                        settings.reads().maxWaiting(),
                        Map.of()),
                link(Purpose.COMMITS, settings.writers(), UNBOUNDED, lockTimeout(SHORT_LOCK_TIMEOUT_MS)),
                link(Purpose.LOCKED_COMMITS, settings.writers() + settings.lockWaiters(), UNBOUNDED, forTurns()),
                link(Purpose.CHANGES, settings.changes().connections(), UNBOUNDED, forTurns()),
                link(Purpose.WATCH, 1, UNBOUNDED, lockTimeout(SHORT_LOCK_TIMEOUT_MS)),
                link(
                        Purpose.SEARCHES,
                        settings.searches().connections(),
                        settings.searches().maxWaiting(),
                        Map.of()),
                link(Purpose.INDEX, 1, UNBOUNDED, INDEXER));
    }

    /** The wait for a lock comes to the time of the statement itself. */
    private Map<String, String> forTurns() {
        return Map.of(STATEMENT_TIMEOUT, Integer.toString(settings.statementTimeoutMs() + RoomTurns.LONGEST_TURN_MS));
    }

    private static Map<String, String> lockTimeout(int timeoutMs) {
        return Map.of(LOCK_TIMEOUT, Integer.toString(timeoutMs));
    }

    private Link link(Purpose purpose, int connections, int maxWaiting, Map<String, String> properties) {
        PgConnectOptions connect = new PgConnectOptions()
                .setHost(uri.host())
                .setPort(uri.port())
                .setDatabase(uri.database())
                .setUser(uri.user())
                .setPassword(uri.password())
                .setCachePreparedStatements(true)
                .setPipeliningLimit(PIPELINED)
                .addProperty("application_name", "parlance")
                .addProperty(STATEMENT_TIMEOUT, Integer.toString(settings.statementTimeoutMs()))
                .addProperty(LOCK_TIMEOUT, Integer.toString(settings.lockTimeoutMs()));
        properties.forEach(connect::addProperty);
        Pool pool = PgBuilder.pool()
                .with(new PoolOptions()
                        .setMaxSize(connections)
                        .setIdleTimeout(IDLE_SECONDS)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS)
                        .setConnectionTimeout(settings.statementTimeoutMs())
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .with(new NetClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS))
                .connectingTo(connect)
                .using(vertx)
                .build();
        return new Link(pool, purpose, maxWaiting, meters);
    }
}
