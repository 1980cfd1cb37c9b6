package chat.parlance.persistence;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.concurrent.TimeUnit;

/**
 * The node's connections to Postgres. Commits of messages have connections of their own, so that no flood of reads delays
 * them, and so has the watch, so that a busy node does not take itself for one that is cut off.
 */
final class Links {

    private static final int CONNECT_TIMEOUT_MS = 1500;
    private static final int PIPELINED = 64;

    private record Set(Link readers, Link writers, Link watch) {}

    private final Vertx vertx;
    private final PostgresUri uri;
    private final Database.Settings settings;
    private volatile Set current;

    /** Connects when something is asked. */
    Links(Vertx vertx, PostgresUri uri, Database.Settings settings) {
        this.vertx = vertx;
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

    Link watch() {
        return current.watch();
    }

    /** Gives up every connection and makes new ones when something is asked. */
    void renew() {
        Set old = current;
        current = open();
        old.readers().giveUp();
        old.writers().giveUp();
        old.watch().giveUp();
    }

    private Set open() {
        return new Set(link(settings.readConnections()), link(settings.writers()), link(1));
    }

    private Link link(int connections) {
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
        Pool pool = PgBuilder.pool()
                .with(new PoolOptions()
                        .setMaxSize(connections)
                        .setConnectionTimeout(settings.statementTimeoutMs())
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .with(new NetClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS))
                .connectingTo(connect)
                .using(vertx)
                .build();
        return new Link(pool);
    }
}
