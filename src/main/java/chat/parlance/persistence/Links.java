package chat.parlance.persistence;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's connections to Postgres. Commits of messages have connections of their own, so that no flood of reads delays
 * them, and so has the watch, so that a busy node does not take itself for one that is cut off. Searches and their indexer
 * have their own too, so that neither keeps a reader of history waiting.
 */
final class Links {

    private static final Logger LOG = LoggerFactory.getLogger(Links.class);
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

    private record Set(Link readers, Link writers, Link watch, Link searches, Link indexer) {

        void giveUp() {
            List.of(readers, writers, watch, searches, indexer).forEach(Link::giveUp);
        }
    }

    private final Vertx vertx;
    private final PostgresUri uri;
    private final Database.Settings settings;
    private final StoreMeters meters;
    private final PgConnectOptions tls;
    private final PrimarySearch primary;
    private volatile Set current;

    /** Connects when something is asked. */
    Links(Vertx vertx, PostgresUri uri, Database.Settings settings, StoreMeters meters) {
        this.vertx = vertx;
        this.meters = meters;
        this.uri = uri;
        this.settings = settings;
        // Files are read once: what changes on the disk later cannot break a node that runs.
        this.tls = new PgConnectOptions();
        uri.options().tls().configure(tls);
        this.primary = new PrimarySearch(vertx, uri.servers(), server -> options(server, Map.of()));
        this.current = open();
    }

    Link readers() {
        return current.readers();
    }

    Link writers() {
        return current.writers();
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
                link(Purpose.READS, settings.readConnections(), settings.maxWaitingReads(), Map.of()),
                link(Purpose.COMMITS, settings.writers(), UNBOUNDED, Map.of()),
                link(Purpose.WATCH, 1, UNBOUNDED, Map.of()),
                link(Purpose.SEARCHES, settings.searchConnections(), settings.maxWaitingSearches(), Map.of()),
                link(Purpose.INDEX, 1, UNBOUNDED, INDEXER));
    }

    private Link link(Purpose purpose, int connections, int maxWaiting, Map<String, String> properties) {
        ClientBuilder<Pool> builder = PgBuilder.pool()
                .with(new PoolOptions()
                        .setMaxSize(connections)
                        .setConnectionTimeout(settings.statementTimeoutMs())
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .with(new NetClientOptions().setConnectTimeout(connectTimeoutMs()))
                .using(vertx);
        if (uri.options().primary()) {
            builder.connectingTo(() -> primary.find().map(server -> options(server, properties)))
                    .withConnectHandler(this::admit);
        } else {
            builder.connectingTo(options(uri.servers().getFirst(), properties));
        }
        return new Link(builder.build(), purpose, maxWaiting, meters);
    }

    /**
     * Gives a new connection to the pool when it leads to a primary: the server may have become a standby since it was
     * found, and reads would show its stale data without an error.
     */
    private void admit(SqlConnection connection) {
        primary.admits(connection).onComplete(answer -> {
            if (answer.succeeded() && !answer.result()) {
                LOG.warn("Postgres is no longer the primary, its connections are given up");
                renew();
            } else {
                // To the pool, which drops it when it is broken.
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
                .setPipeliningLimit(PIPELINED)
                .addProperty("application_name", uri.options().applicationName())
                .addProperty("statement_timeout", Integer.toString(settings.statementTimeoutMs()));
        properties.forEach(connect::addProperty);
        return connect;
    }
}
