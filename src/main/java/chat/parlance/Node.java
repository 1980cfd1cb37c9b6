package chat.parlance;

import chat.parlance.cluster.Cluster;
import chat.parlance.config.ParlanceConfig;
import chat.parlance.error.StartupException;
import chat.parlance.operations.Metrics;
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
    private static final int START_TIMEOUT_MS = 60_000;
    private static final int CLOSE_TIMEOUT_MS = 10_000;

    /** Share of the stop timeout in which the pending polls must end. */
    private static final int IDLE_TIMEOUT_MS = 2_000;

    /**
     * Time after which an event loop is logged as blocked. A process that is short of CPU stands still for two seconds
     * at times.
     */
    private static final int BLOCKED_MS = 5_000;

    private final ParlanceConfig config;
    private final NodeSettings settings;
    private @Nullable DataFolder folder;
    private @Nullable EmbeddedDatabase embedded;
    private @Nullable Vertx vertx;
    private @Nullable Verticles verticles;
    private volatile boolean draining;

    private Node(ParlanceConfig config) {
        this.config = config;
        this.settings = new NodeSettings(config);
    }

    /**
     * Starts a node; when this returns it serves clients.
     *
     * @throws StartupException when the start fails; nothing of the node is left running then
     */
    public static Node start(ParlanceConfig config) {
        Node node = new Node(config);
        try {
            node.start();
            return node;
        } catch (StartupException refused) {
            node.close();
            throw refused;
        }
    }

    /** True when the node's roles serve clients. */
    public boolean hasDoor() {
        return settings.hasDoor();
    }

    /** Bound public port, for a node that serves clients. */
    public int httpPort() {
        return Objects.requireNonNull(verticles).httpPort();
    }

    /** Bound management port. */
    public int managementPort() {
        return Objects.requireNonNull(verticles).managementPort();
    }

    /** Address of this node's Postgres, for another node that will share it. */
    public PostgresUri postgres() {
        return embedded == null ? PostgresUri.parse(config.postgres().uri().expose()) : embedded.uri();
    }

    /**
     * Drains and stops, in bounded time: reports not ready, and waits for load balancers to see it; disconnects the
     * clients; finishes the pending work; leaves the cluster.
     */
    public void stop() {
        draining = true;
        LOG.info("Draining");
        pause(config.drain().unreadyMs());
        if (verticles != null) {
            try {
                await(verticles.drain(), config.drain().timeoutMs());
            } catch (StartupException failed) {
                LOG.atWarn().addKeyValue("cause", failed.getMessage()).log("Pending work was not finished");
            }
        }
        close();
    }

    private void start() {
        boolean ownDatabase = config.postgres().uri().isEmpty();
        if (ownDatabase || config.auth().key().isEmpty()) {
            folder = DataFolder.open(config.data());
        }
        String key = key(ownDatabase);
        PostgresUri uri = ownDatabase
                ? startEmbedded()
                : PostgresUri.parse(config.postgres().uri().expose());
        Migrations.run(uri, config.postgres().startTimeoutMs());
        Metrics metrics = new Metrics();
        Cluster joined = await(join(key, metrics), START_TIMEOUT_MS);
        vertx = joined.vertx();
        Services started = await(Services.start(joined, settings, uri, key, metrics), START_TIMEOUT_MS);
        Verticles deployed = new Verticles(
                started, settings, metrics, () -> !draining && started.watch().isCurrent(), joined::health);
        await(deployed.deploy(), START_TIMEOUT_MS);
        verticles = deployed;
    }

    private String key(boolean ownDatabase) {
        if (!config.auth().key().isEmpty()) {
            return config.auth().key().expose();
        }
        if (config.cluster().enabled() && !ownDatabase) {
            throw new StartupException("auth.key must be given, the same to all nodes of a cluster");
        }
        return Objects.requireNonNull(folder).secret("token.key");
    }

    private PostgresUri startEmbedded() {
        EmbeddedDatabase started = EmbeddedDatabase.start(
                Objects.requireNonNull(folder), config.postgres().embeddedPort());
        embedded = started;
        return started.uri();
    }

    private Future<Cluster> join(String key, Metrics metrics) {
        VertxOptions options = new VertxOptions()
                .setEventLoopPoolSize(settings.eventLoops() + 1)
                .setMaxEventLoopExecuteTime(BLOCKED_MS)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
                .setEventBusOptions(Cluster.busOptions(config.cluster().busPort()));
        return config.cluster().enabled()
                ? Cluster.join(options, settings.cluster(key), settings.busSecurity(), metrics)
                : Future.succeededFuture(Cluster.alone(options));
    }

    private void close() {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_TIMEOUT_MS);
        if (verticles != null) {
            close(verticles.close(), IDLE_TIMEOUT_MS, "A poll of Postgres did not end");
        }
        if (vertx != null) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
            close(vertx.close(), (int) leftMs, "Vert.x did not close");
        }
        try {
            if (embedded != null) {
                embedded.close();
            }
            if (folder != null) {
                folder.close();
            }
        } catch (IOException failed) {
            LOG.atWarn().addKeyValue("cause", failed.toString()).log("Not closed");
        }
    }

    private static void close(Future<?> closing, int timeoutMs, String failure) {
        try {
            await(closing, timeoutMs);
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

    private static <T> T await(Future<T> future, int timeoutMs) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw cause instanceof StartupException known ? known : new StartupException(reason(cause), cause);
        } catch (TimeoutException late) {
            throw new StartupException("not done within " + timeoutMs + " ms", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartupException("interrupted", interrupted);
        }
    }

    private static String reason(Throwable cause) {
        return cause instanceof BindException
                ? "the port is taken: " + cause.getMessage()
                : String.valueOf(cause.getMessage());
    }
}
