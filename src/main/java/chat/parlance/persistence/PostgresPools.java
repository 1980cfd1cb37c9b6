package chat.parlance.persistence;

import chat.parlance.log.Condition;
import chat.parlance.search.SearchSettings;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's connections to Postgres, in pools. Commits of messages have a pool of their own, so that no flood of reads
 * delays them, and so does the poll, so that a busy node does not take itself for one that is cut off. Searches and
 * their indexer have pools, so that neither delays a reader of history, and so does each kind of statement that may
 * wait for the lock of a room, so that a locked room delays neither readers nor commits of other rooms.
 */
final class PostgresPools {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresPools.class);
    private static final int CONNECT_TIMEOUT_MS = 1500;
    private static final int PIPELINED = 64;

    /**
     * Longest statement that is prepared once for a connection, in characters. The client's default would have Postgres
     * parse and plan the long ones anew each time: the poll, and lists of rooms and threads.
     */
    private static final int LONGEST_PREPARED = 16_384;

    /** Time after which idle connections, opened for a burst or a locked room, are closed again. */
    private static final int IDLE_SECONDS = 60;

    private static final String LOCK_TIMEOUT = "lock_timeout";
    private static final String STATEMENT_TIMEOUT = "statement_timeout";

    /**
     * Settings of the indexer's connections. Commits do not wait for the disk: entries and the progress beside them are
     * lost together, and rebuilt. Only indexes are used: a turn reads a few events of a large table, which the planner
     * cannot know.
     */
    private static final Map<String, String> INDEXER = Map.of(
            "synchronous_commit", "off",
            "enable_seqscan", "off",
            "enable_hashjoin", "off",
            "enable_mergejoin", "off");

    /**
     * Settings of connections that append: each statement is planned once, for any length of its arrays, by index only.
     * Postgres would plan a call of these functions anew for its arrays, at several times the cost of the call.
     */
    private static final Map<String, String> APPENDS = Map.of(
            "plan_cache_mode", "force_generic_plan",
            "enable_seqscan", "off",
            "enable_hashjoin", "off",
            "enable_mergejoin", "off");

    /** Lock timeout of statements that skip locked rooms, and so wait only for other statements of that kind. */
    private static final int SHORT_LOCK_TIMEOUT_MS = 250;

    /** Number of answers of each pool at some time. */
    record Answers(Map<Workload, Long> counts) {}

    /**
     * Size of a pool.
     *
     * @param maxWaiting limit of the requests that wait for an answer; more are refused
     */
    private record Size(int connections, int maxWaiting) {}

    private final Vertx vertx;
    private final PostgresUri uri;
    private final Database.Settings settings;
    private final StoreMeters meters;
    private final PgConnectOptions tls;
    private final PrimarySearch primary;
    private final Condition failing = Condition.of(LOG, "Requests to Postgres fail", "Postgres answers again");
    private final Map<Workload, PostgresPool> current = new ConcurrentHashMap<>();

    /** Creates the pools, which connect lazily. */
    PostgresPools(Vertx vertx, PostgresUri uri, Database.Settings settings, StoreMeters meters) {
        this.vertx = vertx;
        this.meters = meters;
        this.uri = uri;
        this.settings = settings;
        // Files are read once, so that later changes on the disk cannot break a running node.
        this.tls = new PgConnectOptions();
        uri.options().tls().configure(tls);
        this.primary = new PrimarySearch(vertx, uri.servers(), server -> options(server, Map.of()));
        for (Workload workload : Workload.values()) {
            current.put(workload, open(workload));
        }
    }

    PostgresPool readers() {
        return pool(Workload.READS);
    }

    PostgresPool writers() {
        return pool(Workload.COMMITS);
    }

    PostgresPool lockWaiters() {
        return pool(Workload.LOCKED_COMMITS);
    }

    PostgresPool changes() {
        return pool(Workload.CHANGES);
    }

    PostgresPool watch() {
        return pool(Workload.WATCH);
    }

    PostgresPool searches() {
        return pool(Workload.SEARCHES);
    }

    PostgresPool indexer() {
        return pool(Workload.INDEX);
    }

    /** Numbers of answers so far, to be compared later. */
    Answers answers() {
        Map<Workload, Long> counts = new EnumMap<>(Workload.class);
        current.forEach((workload, pool) -> counts.put(workload, pool.answers()));
        return new Answers(counts);
    }

    /**
     * Gives up the connections of the poll, and of each other pool without an answer since {@code before}; new ones are
     * opened on demand. The path to Postgres may be broken for some connections and not for others: a pool that was
     * answered meanwhile is left alone, or one slow answer would fail the work of all.
     */
    void giveUpSilent(Answers before) {
        before.counts().forEach((workload, count) -> {
            if (workload == Workload.WATCH || pool(workload).answers() == count) {
                renew(workload);
            }
        });
    }

    /** Gives up all connections; new ones are opened on demand. */
    private void giveUpAll() {
        for (Workload workload : Workload.values()) {
            renew(workload);
        }
    }

    private void renew(Workload workload) {
        LOG.atDebug().addKeyValue("for", workload).log("Connections given up");
        PostgresPool old = current.put(workload, open(workload));
        if (old != null) {
            old.giveUp();
        }
    }

    /** Starts to close all connections of a node that sends no more queries. Vert.x waits for them when it closes. */
    void close() {
        current.values().forEach(PostgresPool::close);
    }

    private PostgresPool pool(Workload workload) {
        return Objects.requireNonNull(current.get(workload));
    }

    /** State of one pool. May be called from any thread. */
    PoolState state(Workload workload) {
        PostgresPool pool = pool(workload);
        return new PoolState(pool.connections(), size(workload).connections(), pool.pending());
    }

    private PostgresPool open(Workload workload) {
        return open(workload, size(workload), properties(workload));
    }

    private Size size(Workload workload) {
        int writers = settings.commit().connections().writers();
        return switch (workload) {
            case READS -> readSize();
            case COMMITS -> unbounded(writers);
            case LOCKED_COMMITS ->
                unbounded(writers + settings.commit().connections().lockWaiters());
            case CHANGES -> unbounded(settings.postgres().changes().changeConnections());
            case SEARCHES -> searchSize();
            case WATCH, INDEX -> unbounded(1);
        };
    }

    private Map<String, String> properties(Workload workload) {
        return switch (workload) {
            case READS, SEARCHES -> Map.of();
            case COMMITS -> appending(lockTimeout(SHORT_LOCK_TIMEOUT_MS));
            case LOCKED_COMMITS -> appending(forTurns());
            case CHANGES -> appending(forTurns());
            case WATCH -> lockTimeout(SHORT_LOCK_TIMEOUT_MS);
            case INDEX -> INDEXER;
        };
    }

    private Size readSize() {
        PostgresSettings.Reads reads = settings.postgres().reads();
        return new Size(reads.readConnections(), reads.maxWaitingReads());
    }

    private Size searchSize() {
        SearchSettings.Turns searches = settings.searches();
        return new Size(searches.connections(), searches.maxWaiting());
    }

    /**
     * Pool without a limit of waiting requests, for callers that send one after the other, such as the lanes of the
     * group commit.
     */
    private static Size unbounded(int connections) {
        return new Size(connections, Integer.MAX_VALUE);
    }

    /** Settings for turns of locked rooms, where the wait for a lock adds to the time of the statement itself. */
    private Map<String, String> forTurns() {
        return Map.of(
                STATEMENT_TIMEOUT,
                Integer.toString(settings.postgres().timeouts().statementTimeoutMs() + RoomTurns.LONGEST_TURN_MS));
    }

    private static Map<String, String> appending(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(APPENDS);
        all.putAll(properties);
        return all;
    }

    private static Map<String, String> lockTimeout(int timeoutMs) {
        return Map.of(LOCK_TIMEOUT, Integer.toString(timeoutMs));
    }

    private PostgresPool open(Workload workload, Size size, Map<String, String> properties) {
        ClientBuilder<Pool> builder = PgBuilder.pool()
                .with(new PoolOptions()
                        .setMaxSize(size.connections())
                        .setIdleTimeout(IDLE_SECONDS)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS)
                        .setConnectionTimeout(settings.postgres().timeouts().statementTimeoutMs())
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .with(new NetClientOptions().setConnectTimeout(connectTimeoutMs()))
                .using(vertx);
        if (uri.options().primary()) {
            builder.connectingTo(() -> primary.find().map(server -> options(server, properties)))
                    .withConnectHandler(this::admit);
        } else {
            builder.connectingTo(options(uri.servers().getFirst(), properties));
        }
        return new PostgresPool(builder.build(), workload, size.maxWaiting(), meters, failing);
    }

    /**
     * Adds a new connection to the pool when its server is a primary: the server may have become a standby since it was
     * found, and reads would return its stale data without an error.
     */
    private void admit(SqlConnection connection) {
        primary.admits(connection).onComplete(answer -> {
            if (answer.succeeded() && !answer.result()) {
                LOG.warn("Postgres is no longer the primary, its connections are given up");
                giveUpAll();
            } else {
                // Returned to the pool, which drops it when it is broken.
                connection.close();
            }
        });
    }

    private int connectTimeoutMs() {
        int configured = uri.options().connectTimeoutMs();
        return configured == 0 ? CONNECT_TIMEOUT_MS : configured;
    }

    private PgConnectOptions options(PostgresUri.Server server, Map<String, String> properties) {
        PgConnectOptions connect = new PgConnectOptions()
                .setHost(server.host())
                .setPort(server.port())
                .setDatabase(uri.database())
                .setUser(uri.user())
                .setPassword(uri.password())
                .setSslMode(tls.getSslMode())
                .setSslOptions(tls.getSslOptions())
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheSqlLimit(LONGEST_PREPARED)
                .setPipeliningLimit(PIPELINED)
                .addProperty("application_name", uri.options().applicationName())
                .addProperty(
                        STATEMENT_TIMEOUT,
                        Integer.toString(settings.postgres().timeouts().statementTimeoutMs()))
                .addProperty(
                        LOCK_TIMEOUT,
                        Integer.toString(settings.postgres().timeouts().lockTimeoutMs()));
        properties.forEach(connect::addProperty);
        return connect;
    }
}
