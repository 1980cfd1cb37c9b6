package chat.parlance;

import chat.parlance.account.LinkCode;
import chat.parlance.build.Build;
import chat.parlance.cluster.Cluster;
import chat.parlance.cluster.ClusterSettings;
import chat.parlance.cluster.NodeIdentity;
import chat.parlance.config.ParlanceConfig;
import chat.parlance.error.StartupException;
import chat.parlance.operations.Metrics;
import chat.parlance.operations.NodeBuild;
import chat.parlance.operations.OpenFiles;
import chat.parlance.persistence.DataFolder;
import chat.parlance.persistence.EmbeddedDatabase;
import chat.parlance.persistence.Migrations;
import chat.parlance.persistence.PostgresUri;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.BindException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running node: database, cluster, and the verticles of its roles. Start and stop block, and are called on the main
 * thread.
 */
public final class Node {

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final int CLOSE_TIMEOUT_MS = 10_000;

    /** Time in which an interrupted start must end what it has begun. */
    private static final int GIVE_UP_TIMEOUT_MS = 15_000;

    private static final String STOPPED = "the start was stopped";

    /** Share of the stop timeout in which the pending polls must end. */
    private static final int IDLE_TIMEOUT_MS = 2_000;

    /**
     * Time after which an event loop is logged as blocked. A process that is short of CPU stands still for two seconds
     * at times.
     */
    private static final int BLOCKED_MS = 5_000;

    private final ParlanceConfig config;
    private final String id = UUID.randomUUID().toString();
    private final CountDownLatch startEnded = new CountDownLatch(1);
    private volatile @Nullable Thread starter;
    private volatile @Nullable DataFolder folder;
    private volatile @Nullable EmbeddedDatabase embedded;
    private volatile @Nullable Vertx vertx;
    private volatile @Nullable Verticles verticles;
    private volatile @Nullable LinkCode setupCode;
    private volatile boolean draining;

    /** A node that is not started yet. */
    public Node(ParlanceConfig config) {
        this.config = config;
    }

    /**
     * Starts a node; when this returns it serves clients.
     *
     * @throws StartupException when the start fails; nothing of the node is left running then
     */
    public static Node start(ParlanceConfig config) {
        Node node = new Node(config);
        node.start();
        return node;
    }

    /**
     * Starts; when this returns it serves clients.
     *
     * @throws StartupException when it cannot, or was stopped meanwhile; nothing of it is left running then
     */
    public void start() {
        starter = Thread.currentThread();
        try {
            startParts();
            if (draining) {
                throw new StartupException(STOPPED);
            }
        } catch (RuntimeException | Error refused) {
            // An interrupt ended the start; what is closed now has to be waited for.
            boolean interrupted = Thread.interrupted();
            close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw refused;
        } finally {
            startEnded.countDown();
        }
    }

    /** The node's name in welcome frames, logs and metrics. */
    public String name() {
        return config.node().nameOr(id);
    }

    /** True once the node was told to stop. */
    public boolean isStopping() {
        return draining;
    }

    /** True when the node's roles serve clients. */
    public boolean servesClients() {
        return config.node().servesClients();
    }

    /** Bound public port, for a node that serves clients. */
    public int httpPort() {
        return Objects.requireNonNull(verticles).httpPort();
    }

    /** Bound management port. */
    public int managementPort() {
        return Objects.requireNonNull(verticles).managementPort();
    }

    /** Code that makes the first owner, when this start has made one. */
    public Optional<String> setupCode() {
        return Optional.ofNullable(setupCode).map(LinkCode::text);
    }

    /** Address of this node's Postgres, for another node that will share it. */
    public PostgresUri postgres() {
        return embedded == null ? config.postgres().server() : embedded.uri();
    }

    /**
     * Drains and stops, in bounded time: reports not ready, and waits for load balancers to see it; disconnects the
     * clients; finishes the pending work; leaves the cluster. A pending start is given up, and what it has begun is ended.
     */
    public void stop() {
        draining = true;
        if (startEnded.getCount() > 0) {
            LOG.info("Stopping before the start is complete");
            giveUpStart();
            LOG.info("Stopped");
            return;
        }
        Verticles serving = verticles;
        if (serving == null) {
            return;
        }
        LOG.info("Draining");
        pause(config.drain().unreadyMs());
        try {
            await(serving.drain(), config.drain().timeoutMs(), "not done within drain.timeoutMs");
        } catch (StartupException failed) {
            LOG.atWarn().addKeyValue("cause", failed.getMessage()).log("Pending work was not finished");
        }
        close();
        LOG.info("Stopped");
    }

    /** The thread that starts also closes, unless it is stuck. */
    private void giveUpStart() {
        Thread starting = starter;
        if (starting == null) {
            return;
        }
        starting.interrupt();
        try {
            if (startEnded.await(GIVE_UP_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        LOG.warn("The start did not end");
        close();
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }

    private void startParts() {
        if (draining) {
            throw new StartupException(STOPPED);
        }
        if (config.node().servesClients()) {
            OpenFiles.warnIfTooFew(config.limits().connections().connections());
        }
        PortCheck.run(config);
        boolean ownDatabase = config.postgres().isEmbedded();
        if (ownDatabase || config.auth().key().isEmpty()) {
            folder = DataFolder.open(config.data());
        }
        String key = key(ownDatabase);
        PostgresUri uri = ownDatabase ? startEmbedded() : config.postgres().server();
        Migrations.run(uri, config.postgres().timeouts().startTimeoutMs());
        Metrics metrics = new Metrics(config.node().name());
        Build build = Build.load();
        metrics.describe(new NodeBuild(name(), build.version(), build.commit(), build.schema()));
        Cluster joined = step("joining the cluster", join(key, metrics));
        vertx = joined.vertx();
        Services started = step("reading the store", Services.start(joined, config, uri, key, metrics));
        Verticles deployed = new Verticles(
                started, config, metrics, () -> !draining && started.watch().isCurrent(), joined);
        step("opening the ports", deployed.deploy());
        verticles = deployed;
        if (config.node().servesClients()) {
            setupCode = step(
                            "offering a code for the first owner",
                            started.accounts().offerSetup())
                    .orElse(null);
        }
    }

    private <T> T step(String step, Future<T> future) {
        if (draining) {
            throw new StartupException(STOPPED);
        }
        int timeoutMs = config.node().startTimeoutMs();
        return await(
                future,
                timeoutMs,
                "the start took too long: %s was not done within %d ms (node.startTimeoutMs)"
                        .formatted(step, timeoutMs));
    }

    private String key(boolean ownDatabase) {
        if (!config.auth().key().isEmpty()) {
            return config.auth().key().expose();
        }
        if (config.cluster().enabled() && !ownDatabase) {
            throw new StartupException("auth.key must be given, the same to all nodes of a cluster");
        }
        return Objects.requireNonNull(folder).secret(DataFolder.SIGNING_KEY);
    }

    private PostgresUri startEmbedded() {
        EmbeddedDatabase started = EmbeddedDatabase.start(
                Objects.requireNonNull(folder),
                config.postgres().embeddedPort(),
                config.postgres().timeouts().startTimeoutMs());
        embedded = started;
        return started.uri();
    }

    private Future<Cluster> join(String key, Metrics metrics) {
        ClusterSettings cluster = config.cluster();
        VertxOptions options = new VertxOptions()
                .setEventLoopPoolSize(config.websocket().loops() + 1)
                .setMaxEventLoopExecuteTime(BLOCKED_MS)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
                .setEventBusOptions(Cluster.busOptions(cluster.bus().busPort()));
        NodeIdentity identity = new NodeIdentity(id, name());
        return cluster.enabled()
                ? Cluster.join(
                        options, identity, cluster.joining().withSecretOr(key), cluster.security(), metrics.peers())
                : Future.succeededFuture(Cluster.alone(options, id));
    }

    private synchronized void close() {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_TIMEOUT_MS);
        Verticles deployed = verticles;
        if (deployed != null) {
            close(deployed.close(), IDLE_TIMEOUT_MS, "A poll of Postgres did not end");
        }
        Vertx running = vertx;
        if (running != null) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
            close(running.close(), (int) leftMs, "Vert.x did not close");
        }
        EmbeddedDatabase database = embedded;
        DataFolder held = folder;
        try {
            if (database != null) {
                database.close();
            }
            if (held != null) {
                held.close();
            }
        } catch (IOException failed) {
            LOG.atWarn().addKeyValue("cause", failed.toString()).log("Not closed");
        }
    }

    private static void close(Future<?> closing, int timeoutMs, String failure) {
        try {
            await(closing, timeoutMs, "not done within " + timeoutMs + " ms");
        } catch (StartupException failed) {
            LOG.atWarn().addKeyValue("cause", failed.getMessage()).log(failure);
        }
    }

    private static void pause(int milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param late the error when it takes too long */
    private static <T> T await(Future<T> future, int timeoutMs, String late) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw cause instanceof StartupException known ? known : new StartupException(reason(cause), cause);
        } catch (TimeoutException passed) {
            throw new StartupException(late, passed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartupException(STOPPED, interrupted);
        }
    }

    private static String reason(Throwable cause) {
        return cause instanceof BindException
                ? "a port of cluster.* is taken: " + cause.getMessage()
                : String.valueOf(cause.getMessage());
    }
}
