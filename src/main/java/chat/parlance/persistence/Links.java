package chat.parlance.persistence;

import chat.parlance.log.Condition;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's connections to Postgres. Commits of messages have connections of their own, so that no flood of reads delays
 * them, and so has the watch, so that a busy node does not take itself for one that is cut off. Searches and their indexer
 * have their own too, so that neither keeps a reader of history waiting.
 */
final class Links {

    private static final int CONNECT_TIMEOUT_MS = 1500;
    private static final int PIPELINED = 64;

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

    private static final Logger LOG = LoggerFactory.getLogger(Links.class);

    /** Answers that each link had at some time. */
    record Answers(Map<Purpose, Long> counts) {}

    private final Vertx vertx;
    private final PostgresUri uri;
    private final Database.Settings settings;
    private final StoreMeters meters;
    private final Condition failing = Condition.of(LOG, "Requests to Postgres fail", "Postgres answers again");
    private final Map<Purpose, Link> current = new ConcurrentHashMap<>();

    /** Connects when something is asked. */
    Links(Vertx vertx, PostgresUri uri, Database.Settings settings, StoreMeters meters) {
        this.vertx = vertx;
        this.meters = meters;
        this.uri = uri;
        this.settings = settings;
        for (Purpose purpose : Purpose.values()) {
            current.put(purpose, open(purpose));
        }
    }

    Link readers() {
        return link(Purpose.READS);
    }

    Link writers() {
        return link(Purpose.COMMITS);
    }

    Link watch() {
        return link(Purpose.WATCH);
    }

    Link searches() {
        return link(Purpose.SEARCHES);
    }

    Link indexer() {
        return link(Purpose.INDEX);
    }

    /** The answers so far, to be compared later. */
    Answers answers() {
        Map<Purpose, Long> counts = new EnumMap<>(Purpose.class);
        current.forEach((purpose, link) -> counts.put(purpose, link.answers()));
        return new Answers(counts);
    }

    /**
     * Gives up the connections of the watch, and of each other link that has had no answer since {@code before}, and makes
     * new ones when something is asked. The path to Postgres may be broken for some connections and not for others: a link that was answered
     * meanwhile is left alone, or one slow answer would fail the work of all.
     */
    void giveUpSilent(Answers before) {
        before.counts().forEach((purpose, count) -> {
            Link link = link(purpose);
            if (purpose == Purpose.WATCH || link.answers() == count) {
                LOG.atDebug().addKeyValue("for", purpose).log("Connections given up");
                current.put(purpose, open(purpose));
                link.giveUp();
            }
        });
    }

    /** Begins to close all connections, of a node that asks nothing any more. Vert.x waits for them when it closes. */
    void close() {
        current.values().forEach(Link::close);
    }

    private Link link(Purpose purpose) {
        return Objects.requireNonNull(current.get(purpose));
    }

    private Link open(Purpose purpose) {
        return switch (purpose) {
            case READS -> open(purpose, settings.readConnections(), settings.maxWaitingReads(), Map.of());
            case COMMITS -> open(purpose, settings.writers(), UNBOUNDED, Map.of());
            case WATCH -> open(purpose, 1, UNBOUNDED, Map.of());
            case SEARCHES -> open(purpose, settings.searchConnections(), settings.maxWaitingSearches(), Map.of());
            case INDEX -> open(purpose, 1, UNBOUNDED, INDEXER);
        };
    }

    private Link open(Purpose purpose, int connections, int maxWaiting, Map<String, String> properties) {
        PgConnectOptions connect = new PgConnectOptions()
                .setHost(uri.host())
                .setPort(uri.port())
                .setDatabase(uri.database())
                .setUser(uri.user())
                .setPassword(uri.password())
                .setCachePreparedStatements(true)
                .setPipeliningLimit(PIPELINED)
                .addProperty("application_name", "parlance")
                .addProperty("statement_timeout", Integer.toString(settings.statementTimeoutMs()));
        properties.forEach(connect::addProperty);
        Pool pool = PgBuilder.pool()
                .with(new PoolOptions()
                        .setMaxSize(connections)
                        .setConnectionTimeout(settings.statementTimeoutMs())
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .with(new NetClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS))
                .connectingTo(connect)
                .using(vertx)
                .build();
        return new Link(pool, purpose, maxWaiting, meters, failing);
    }
}
