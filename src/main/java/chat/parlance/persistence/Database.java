package chat.parlance.persistence;

import chat.parlance.auth.LogInAttempts;
import chat.parlance.auth.LogInSweep;
import chat.parlance.auth.SessionStore;
import chat.parlance.auth.UserStore;
import chat.parlance.room.ChangeLog;
import chat.parlance.room.EventStore;
import chat.parlance.room.NodeBus;
import chat.parlance.room.PreferenceStore;
import chat.parlance.room.RoomStore;
import chat.parlance.room.SavedStore;
import chat.parlance.room.ThreadStore;
import chat.parlance.search.EntryStore;
import chat.parlance.search.SearchIndex;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The node's Postgres: its connections, and the stores over them. */
public final class Database {

    /**
     * @param reads pool for everything that has no pool of its own
     * @param changes pool for statements that need the lock of a room: joins, changes of members and settings
     * @param searches pool for searches
     * @param searchesPerUser limit of running and waiting searches of one user
     * @param statementTimeoutMs timeout of a statement
     * @param lockTimeoutMs timeout of the wait for a lock that another transaction holds
     * @param appendTimeoutMs timeout of an append, whose outcome then counts as unknown
     * @param writers number of concurrent batches
     * @param lockWaiters connections that wait for locks of rooms on behalf of messages
     * @param maxBatch messages in one batch
     * @param maxQueued messages accepted and not yet answered
     * @param maxQueuedPerRoom messages of one room accepted and not yet answered
     * @param maxTextBytes the longest text of a message
     * @param local true when this node has the persistence role
     * @param users limits of each user
     */
    public record Settings(
            Pool reads,
            Pool changes,
            Pool searches,
            int searchesPerUser,
            int statementTimeoutMs,
            int lockTimeoutMs,
            int appendTimeoutMs,
            int writers,
            int lockWaiters,
            int maxBatch,
            int maxQueued,
            int maxQueuedPerRoom,
            int maxTextBytes,
            boolean local,
            UserLimits users) {}

    /**
     * Limits of one user.
     *
     * @param maxFailures failed log-ins of one account from one address within the window
     * @param windowSeconds length of the window
     * @param maxSessions open sessions
     * @param maxRooms the most rooms that the user may be in, without direct ones
     */
    public record UserLimits(int maxFailures, int windowSeconds, int maxSessions, int maxRooms) {}

    /**
     * A pool of connections.
     *
     * @param connections the most connections
     * @param maxWaiting the most requests that wait for an answer; more are refused
     */
    public record Pool(int connections, int maxWaiting) {}

    private final Vertx vertx;
    private final Settings settings;
    private final NodeBus bus;
    private final StoreMeters meters;
    private final PostgresPools pools;
    private final Statements statements;
    private final RoomWrites writes;
    private final LocalCommit local = new LocalCommit();
    private final AtomicInteger waiting = new AtomicInteger();

    private Database(Vertx vertx, PostgresUri uri, Settings settings, NodeBus bus, StoreMeters meters) {
        this.vertx = vertx;
        this.settings = settings;
        this.bus = bus;
        this.meters = meters;
        this.pools = new PostgresPools(vertx, uri, settings, meters);
        this.statements = new Statements(pools::readers, settings.statementTimeoutMs());
        this.writes = new RoomWrites(
                vertx.getOrCreateContext(),
                new RoomWrites.Limits(
                        settings.changes().connections(), settings.changes().maxWaiting(), settings.lockTimeoutMs()),
                meters,
                System::nanoTime);
        AppendCodecs.register(vertx.eventBus());
    }

    /** Creates the pools, which connect lazily: no query is sent to Postgres yet. */
    public static Database of(Vertx vertx, PostgresUri uri, Settings settings, NodeBus bus, StoreMeters meters) {
        return new Database(vertx, uri, settings, bus, meters);
    }

    /** Starts to close all connections; pending queries fail with {@code storage.unavailable}. */
    public void close() {
        pools.close();
    }

    /** State of the pool of one kind of work. May be called from any thread. */
    public PoolState pool(Workload workload) {
        return pools.state(workload);
    }

    /** Event store for the calling event loop. */
    public EventStore events() {
        Appends appends = settings.local()
                ? new LocalAppends(vertx, local, settings.appendTimeoutMs(), meters)
                : new RemoteAppends(vertx, settings.appendTimeoutMs(), meters);
        return new PostgresEventStore(appends, new EventReader(statements), settings.maxQueued(), waiting, meters);
    }

    public RoomStore rooms() {
        return new PostgresRoomStore(
                statements, changes(), writes, bus, settings.users().maxRooms());
    }

    private Statements changes() {
        return new Statements(pools::changes, settings.statementTimeoutMs() + RoomTurns.LONGEST_TURN_MS);
    }

    public PreferenceStore preferences() {
        return new PostgresPreferenceStore(statements, changes(), writes);
    }

    public ThreadStore threads() {
        return new PostgresThreads(statements);
    }

    public SavedStore saved() {
        return new PostgresSaved(statements);
    }

    public UserStore users() {
        return new PostgresUserStore(statements);
    }

    public SessionStore sessions() {
        return new PostgresSessionStore(statements, settings.users().maxSessions());
    }

    public LogInAttempts logInAttempts() {
        return new PostgresLogInAttempts(
                statements, settings.users().maxFailures(), settings.users().windowSeconds());
    }

    public LogInSweep logInSweep() {
        return new PostgresLogInSweep(statements);
    }

    /**
     * Log of recent commits, for the node's single poll.
     *
     * @param revocationsKept age of the oldest revoked sessions in the answer to a first query
     */
    public ChangeLog changes(Duration revocationsKept) {
        return new PostgresChangeLog(pools, statements, revocationsKept, meters);
    }

    /** Search index, for searches. */
    public SearchIndex searches() {
        Pool pool = settings.searches();
        return new PostgresSearchIndex(
                new Statements(pools::searches, settings.statementTimeoutMs()),
                new SearchTurns(
                        new SearchTurns.Limits(
                                pool.connections(),
                                pool.maxWaiting(),
                                settings.searchesPerUser(),
                                settings.statementTimeoutMs()),
                        meters,
                        System::nanoTime),
                meters);
    }

    /** Search index, for the node's single indexer. */
    public EntryStore entries() {
        return new PostgresEntryStore(new Statements(pools::indexer, settings.statementTimeoutMs()));
    }

    /** Verticle that commits messages; deployed once on a node with the persistence role. */
    public PersistenceVerticle persistence() {
        return new PersistenceVerticle(
                new PostgresBatchWriter(
                        new Statements(pools::writers, settings.appendTimeoutMs()),
                        new Statements(pools::lockWaiters, settings.appendTimeoutMs() + RoomTurns.LONGEST_TURN_MS)),
                bus,
                new GroupCommit.Limits(
                        settings.writers(),
                        settings.maxBatch(),
                        settings.maxQueued(),
                        settings.maxQueuedPerRoom(),
                        settings.appendTimeoutMs(),
                        settings.lockWaiters(),
                        settings.lockTimeoutMs()),
                settings.maxTextBytes(),
                local,
                meters);
    }
}
