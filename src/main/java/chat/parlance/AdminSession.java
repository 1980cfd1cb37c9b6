package chat.parlance;

import chat.parlance.account.AccountService;
import chat.parlance.account.AccountStore;
import chat.parlance.account.InviteService;
import chat.parlance.account.IssuedTokens;
import chat.parlance.auth.KeyRotation;
import chat.parlance.auth.NewPasswords;
import chat.parlance.auth.PasswordHasher;
import chat.parlance.auth.PasswordRules;
import chat.parlance.auth.Requester;
import chat.parlance.cluster.Cluster;
import chat.parlance.cluster.ClusterNodeBus;
import chat.parlance.config.ParlanceConfig;
import chat.parlance.error.ChatException;
import chat.parlance.error.StartupException;
import chat.parlance.limit.RateLimits;
import chat.parlance.operations.Metrics;
import chat.parlance.persistence.Database;
import chat.parlance.persistence.Migrations;
import chat.parlance.persistence.StoredDatabase;
import chat.parlance.room.RoomService;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The services of {@code parlance admin} on a database, beside running nodes or without any: the same that a node has,
 * and so the same rules. Blocks.
 */
final class AdminSession implements AutoCloseable {

    private static final int TIMEOUT_SECONDS = 30;

    private final StoredDatabase stored;
    private final ParlanceConfig config;
    private final Cluster cluster;
    private final ClusterNodeBus bus;
    private final Database database;

    private AdminSession(StoredDatabase stored, ParlanceConfig config) {
        this.stored = stored;
        this.config = config;
        this.cluster = Cluster.alone(
                new VertxOptions().setEventLoopPoolSize(1), UUID.randomUUID().toString());
        Metrics metrics = new Metrics();
        this.bus = await(cluster.bus(config.cluster().bus(), config.presence(), metrics.peers()));
        this.database = Database.of(cluster.vertx(), stored.uri(), Services.database(config), bus, metrics.store());
    }

    /** Opens the database of a configuration. */
    static AdminSession open(ParlanceConfig config) throws IOException {
        StoredDatabase stored = StoredDatabase.open(config.postgres(), config.data());
        return open(stored, config, stored::requireSchema);
    }

    /** {@link #open} for a command that may come before the first start of a node, and makes the database then. */
    static AdminSession openOrMake(ParlanceConfig config) throws IOException {
        StoredDatabase stored = StoredDatabase.openOrMake(config.postgres(), config.data());
        return open(
                stored,
                config,
                () -> Migrations.run(stored.uri(), config.postgres().timeouts().startTimeoutMs()));
    }

    private static AdminSession open(StoredDatabase stored, ParlanceConfig config, Runnable prepare)
            throws IOException {
        try {
            prepare.run();
            return new AdminSession(stored, config);
        } catch (RuntimeException refused) {
            stored.close();
            throw refused;
        }
    }

    AccountStore accountStore() {
        return database.accounts();
    }

    AccountService accounts() {
        return new AccountService(database.accounts(), database.audit());
    }

    InviteService invites() {
        RoomService rooms = new RoomService(database.events(), database.rooms(), config.room());
        return new InviteService(accounts(), database.invites(), rooms, Clock.systemUTC());
    }

    IssuedTokens tokens() {
        return new IssuedTokens(database.accounts(), database.tokens(), Clock.systemUTC());
    }

    KeyRotation keys() {
        return new KeyRotation(database.signingKeys());
    }

    /** Checks and hashes of passwords, as a node makes them. */
    NewPasswords passwords() {
        return new NewPasswords(
                new PasswordRules(Services.siteWords(config)),
                new PasswordHasher(cluster.vertx(), config.auth().hashing()),
                new RateLimits(config.limits(), bus.usage(), new Metrics().limits(), System::nanoTime));
    }

    /** The command line as the requester of an account. */
    static Requester requester() {
        return new Requester("command line", "", new Object(), () -> false);
    }

    /** @throws StartupException with the sentence of a refusal */
    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new StartupException(ChatException.of(cause).detail(), failed);
        } catch (TimeoutException passed) {
            throw new StartupException("the database did not answer within " + TIMEOUT_SECONDS + " s", passed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartupException("interrupted", interrupted);
        }
    }

    @Override
    public void close() throws IOException {
        database.close();
        await(cluster.vertx().close());
        stored.close();
    }
}
