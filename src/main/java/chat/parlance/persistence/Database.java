package chat.parlance.persistence;

import chat.parlance.auth.SessionStore;
import chat.parlance.auth.UserStore;
import chat.parlance.room.ChangeLog;
import chat.parlance.room.EventStore;
import chat.parlance.room.NodeBus;
import chat.parlance.room.RoomStore;
import chat.parlance.search.EntryStore;
import chat.parlance.search.SearchIndex;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The node's Postgres: its connections, and the stores over them. */
public final class Database {

    /**
     * @param readConnections for everything but the commits of messages
     * @param maxWaitingReads of these, beyond which a read is refused
     * @param searchConnections for searches
     * @param maxWaitingSearches of these likewise
     * @param statementTimeoutMs after which a statement is given up
     * @param appendTimeoutMs after which an append counts as not known
     * @param writers batches under way at once
     * @param maxBatch messages in one batch
     * @param maxQueued messages accepted and not yet answered
     * @param maxQueuedPerRoom messages of one room accepted and not yet answered
     * @param local whether this node has the persistence role
     */
    public record Settings(
            int readConnections,
            int maxWaitingReads,
            int searchConnections,
            int maxWaitingSearches,
            int statementTimeoutMs,
            int appendTimeoutMs,
            int writers,
            int maxBatch,
            int maxQueued,
            int maxQueuedPerRoom,
            boolean local) {}

    private final Vertx vertx;
    private final Settings settings;
    private final NodeBus bus;
    private final StoreMeters meters;
    private final Links links;
    private final Statements statements;
    private final AtomicInteger waiting = new AtomicInteger();

    private Database(Vertx vertx, PostgresUri uri, Settings settings, NodeBus bus, StoreMeters meters) {
        this.vertx = vertx;
        this.settings = settings;
        this.bus = bus;
        this.meters = meters;
        this.links = new Links(vertx, uri, settings, meters);
        this.statements = new Statements(links::readers, settings.statementTimeoutMs());
        AppendCodecs.register(vertx.eventBus());
    }

    /** Connects lazily: nothing is asked of Postgres yet. */
    public static Database of(Vertx vertx, PostgresUri uri, Settings settings, NodeBus bus, StoreMeters meters) {
        return new Database(vertx, uri, settings, bus, meters);
    }

    /** Begins to close all connections; what is still asked fails with {@code storage.unavailable}. */
    public void close() {
        links.close();
    }

    /** The event store for the calling event loop. */
    public EventStore events() {
        return new BusEventStore(
                vertx,
                new EventReader(statements),
                new BusEventStore.Settings(settings.local(), settings.appendTimeoutMs(), settings.maxQueued()),
                waiting,
                meters);
    }

    public RoomStore rooms() {
        return new PostgresRoomStore(statements, bus);
    }

    public UserStore users() {
        return new PostgresUserStore(statements);
    }

    public SessionStore sessions() {
        return new PostgresSessionStore(statements);
    }

    /**
     * What was committed lately, for the node's one watch.
     *
     * @param revocationsKept how far back it tells of ended sessions to who asks for the first time
     */
    public ChangeLog changes(Duration revocationsKept) {
        return new PostgresChangeLog(links, statements, revocationsKept);
    }

    /** The index, for searches. */
    public SearchIndex searches() {
        return new PostgresSearchIndex(new Statements(links::searches, settings.statementTimeoutMs()));
    }

    /** The index, for the node's one indexer. */
    public EntryStore entries() {
        return new PostgresEntryStore(new Statements(links::indexer, settings.statementTimeoutMs()));
    }

    /** The verticle that commits messages; to be deployed once on a node with the persistence role. */
    public PersistenceVerticle persistence() {
        return new PersistenceVerticle(
                new PostgresBatchWriter(new Statements(links::writers, settings.appendTimeoutMs())),
                bus,
                new GroupCommit.Limits(
                        settings.writers(),
                        settings.maxBatch(),
                        settings.maxQueued(),
                        settings.maxQueuedPerRoom(),
                        settings.appendTimeoutMs()),
                meters);
    }
}
