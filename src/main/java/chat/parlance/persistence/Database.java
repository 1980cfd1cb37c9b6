package chat.parlance.persistence;

import chat.parlance.auth.SessionStore;
import chat.parlance.auth.UserStore;
import chat.parlance.room.EventStore;
import chat.parlance.room.NodeBus;
import chat.parlance.room.RoomStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.concurrent.TimeUnit;

/**
 * The node's Postgres: its connections, and the stores over them. Commits of messages have connections of their own, so
 * that no flood of reads delays them.
 */
public final class Database {

    /**
     * @param readConnections for everything but the commits of messages
     * @param statementTimeoutMs after which a statement is given up
     * @param appendTimeoutMs after which an append counts as not known
     * @param writers batches under way at once
     * @param maxBatch messages in one batch
     * @param maxQueued messages that wait
     * @param local whether this node has the persistence role
     */
    public record Settings(
            int readConnections,
            int statementTimeoutMs,
            int appendTimeoutMs,
            int writers,
            int maxBatch,
            int maxQueued,
            boolean local) {}

    private final Vertx vertx;
    private final Settings settings;
    private final NodeBus bus;
    private final CommitMeters meters;
    private final Pool readers;
    private final Pool writers;
    private final Statements statements;

    private Database(Vertx vertx, PostgresUri uri, Settings settings, NodeBus bus, CommitMeters meters) {
        this.vertx = vertx;
        this.settings = settings;
        this.bus = bus;
        this.meters = meters;
        this.readers = pool(vertx, uri, settings.readConnections(), settings.statementTimeoutMs());
        this.writers = pool(vertx, uri, settings.writers(), settings.statementTimeoutMs());
        this.statements = new Statements(readers, settings.statementTimeoutMs());
        AppendCodecs.register(vertx.eventBus());
    }

    /** Connects lazily: nothing is asked of Postgres yet. */
    public static Database of(Vertx vertx, PostgresUri uri, Settings settings, NodeBus bus, CommitMeters meters) {
        return new Database(vertx, uri, settings, bus, meters);
    }

    /** The event store for the calling event loop. */
    public EventStore events() {
        return new BusEventStore(vertx, new EventReader(statements), settings.local(), settings.appendTimeoutMs());
    }

    public RoomStore rooms() {
        return new PostgresRoomStore(readers, statements, bus);
    }

    public UserStore users() {
        return new PostgresUserStore(statements);
    }

    public SessionStore sessions() {
        return new PostgresSessionStore(statements);
    }

    /** The verticle that commits messages; to be deployed once on a node with the persistence role. */
    public PersistenceVerticle persistence() {
        return new PersistenceVerticle(
                new PostgresBatchWriter(new Statements(writers, settings.appendTimeoutMs())),
                bus,
                new GroupCommit.Limits(settings.writers(), settings.maxBatch(), settings.maxQueued()),
                meters);
    }

    /** Whether Postgres answers. */
    public Future<Boolean> answers() {
        return readers.query("select 1")
                .execute()
                .timeout(settings.statementTimeoutMs(), TimeUnit.MILLISECONDS)
                .map(true)
                .otherwise(false);
    }

    public Future<Void> close() {
        return Future.join(readers.close(), writers.close()).mapEmpty();
    }

    private static Pool pool(Vertx vertx, PostgresUri uri, int size, int statementTimeoutMs) {
        PgConnectOptions connect = new PgConnectOptions()
                .setHost(uri.host())
                .setPort(uri.port())
                .setDatabase(uri.database())
                .setUser(uri.user())
                .setPassword(uri.password())
                .setCachePreparedStatements(true)
                .setPipeliningLimit(64)
                .addProperty("application_name", "parlance")
                .addProperty("statement_timeout", Integer.toString(statementTimeoutMs));
        return PgBuilder.pool()
                .with(new PoolOptions()
                        .setMaxSize(size)
                        .setConnectionTimeout(statementTimeoutMs)
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .connectingTo(connect)
                .using(vertx)
                .build();
    }
}
