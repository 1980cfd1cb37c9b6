package chat.parlance.persistence;

import chat.parlance.account.AccountStore;
import chat.parlance.account.AuditStore;
import chat.parlance.account.InviteStore;
import chat.parlance.account.TokenStore;
import chat.parlance.auth.AccessTokenStore;
import chat.parlance.auth.AuthSettings;
import chat.parlance.auth.LogInAttempts;
import chat.parlance.auth.LogInSweep;
import chat.parlance.auth.SessionStore;
import chat.parlance.auth.SigningKeyStore;
import chat.parlance.auth.UserStore;
import chat.parlance.room.ChangeLog;
import chat.parlance.room.EventStore;
import chat.parlance.room.NodeBus;
import chat.parlance.room.PreferenceStore;
import chat.parlance.room.RoomLimits;
import chat.parlance.room.RoomStore;
import chat.parlance.room.SavedStore;
import chat.parlance.room.ThreadStore;
import chat.parlance.search.EntryStore;
import chat.parlance.search.SearchIndex;
import chat.parlance.search.SearchSettings;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The node's Postgres: its connections, and the stores over them. */
public final class Database {

    /**
     * @param maxRooms limit of the rooms of one user, without direct ones
     * @param local true when this node has the persistence role
     */
    public record Settings(
            PostgresSettings postgres,
            CommitSettings commit,
            SearchSettings.Turns searches,
            AuthSettings.LogIns logIns,
            RoomLimits room,
            int maxRooms,
            boolean local) {

        private int statementTimeoutMs() {
            return postgres.timeouts().statementTimeoutMs();
        }

        private int lockTimeoutMs() {
            return postgres.timeouts().lockTimeoutMs();
        }

        private int appendTimeoutMs() {
            return commit.appendTimeoutMs();
        }
    }

    private final Vertx vertx;
    private final Settings settings;
    private final NodeBus bus;
    private final StoreMeters meters;
    private final PostgresPools pools;
    private final Statements statements;
    private final RoomWrites writes;
    private final RoomJoins joins;
    private final LocalCommit local = new LocalCommit();
    private final AtomicInteger waiting = new AtomicInteger();

    private Database(Vertx vertx, PostgresUri uri, Settings settings, NodeBus bus, StoreMeters meters) {
        this.vertx = vertx;
        this.settings = settings;
        this.bus = bus;
        this.meters = meters;
        this.pools = new PostgresPools(vertx, uri, settings, meters);
        this.statements = new Statements(pools::readers, settings.statementTimeoutMs());
        Context context = vertx.getOrCreateContext();
        this.writes = new RoomWrites(
                context, settings.postgres().changes(), settings.lockTimeoutMs(), meters, System::nanoTime);
        this.joins = new RoomJoins(
                context,
                new PostgresJoinWriter(changes(), settings.maxRooms()),
                writes,
                bus,
                settings.postgres().changes().maxWaitingJoins(),
                settings.appendTimeoutMs(),
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
        return new PostgresEventStore(
                appends, new EventReader(statements), settings.commit().queue().maxQueued(), waiting, meters);
    }

    public RoomStore rooms() {
        return new PostgresRoomStore(statements, changes(), writes, joins, bus, settings.maxRooms());
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

    public AccountStore accounts() {
        return new PostgresAccounts(statements);
    }

    public InviteStore invites() {
        return new PostgresInvites(statements);
    }

    public AccessTokenStore accessTokens() {
        return new PostgresAccessTokens(statements);
    }

    public SigningKeyStore signingKeys() {
        return new PostgresSigningKeys(statements);
    }

    public TokenStore tokens() {
        return new PostgresAccessTokens(statements);
    }

    public AuditStore audit() {
        return new PostgresAudit(statements);
    }

    public SessionStore sessions() {
        return new PostgresSessionStore(statements, settings.logIns().maxSessions());
    }

    public LogInAttempts logInAttempts() {
        return new PostgresLogInAttempts(
                statements, settings.logIns().maxFailures(), settings.logIns().failureWindowSeconds());
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
        return new PostgresSearchIndex(
                new Statements(pools::searches, settings.statementTimeoutMs()),
                new SearchTurns(settings.searches(), settings.statementTimeoutMs(), meters, System::nanoTime),
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
                settings.commit(),
                settings.lockTimeoutMs(),
                settings.room().maxTextBytes(),
                local,
                meters);
    }
}
