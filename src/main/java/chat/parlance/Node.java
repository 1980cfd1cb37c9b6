package chat.parlance;

import chat.parlance.auth.AuthService;
import chat.parlance.auth.CommonPasswords;
import chat.parlance.auth.LoginThrottle;
import chat.parlance.auth.PasswordHasher;
import chat.parlance.auth.TokenService;
import chat.parlance.cluster.Cluster;
import chat.parlance.cluster.ClusterNodeBus;
import chat.parlance.config.ParlanceConfig;
import chat.parlance.error.StartupException;
import chat.parlance.http.AccountRoutes;
import chat.parlance.http.ApiRoutes;
import chat.parlance.http.Authentication;
import chat.parlance.http.ClientAddress;
import chat.parlance.http.Contract;
import chat.parlance.http.HttpVerticle;
import chat.parlance.http.MemberRoutes;
import chat.parlance.http.MessageRoutes;
import chat.parlance.http.Operations;
import chat.parlance.http.PageRoutes;
import chat.parlance.http.ReadRoutes;
import chat.parlance.http.ReferenceRoutes;
import chat.parlance.http.RoomRoutes;
import chat.parlance.http.Routes;
import chat.parlance.http.SearchRoutes;
import chat.parlance.http.SessionRoutes;
import chat.parlance.limit.Rate;
import chat.parlance.limit.RateLimits;
import chat.parlance.operations.ManagementVerticle;
import chat.parlance.operations.Metrics;
import chat.parlance.persistence.DataFolder;
import chat.parlance.persistence.Database;
import chat.parlance.persistence.EmbeddedDatabase;
import chat.parlance.persistence.Migrations;
import chat.parlance.persistence.PostgresUri;
import chat.parlance.room.EventStore;
import chat.parlance.room.ReadMarkers;
import chat.parlance.room.RoomHub;
import chat.parlance.room.RoomLimits;
import chat.parlance.room.RoomService;
import chat.parlance.room.Scheduler;
import chat.parlance.room.SignalHub;
import chat.parlance.room.SignalLimits;
import chat.parlance.room.StoreWatch;
import chat.parlance.search.SearchIndexer;
import chat.parlance.search.SearchService;
import chat.parlance.websocket.ConnectionLimits;
import chat.parlance.websocket.WebSocketVerticle;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.net.BindException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running node: database, cluster, and the verticles that its roles ask for. Starting and stopping block, and are for
 * the main thread.
 */
public final class Node {

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final int START_TIMEOUT_SECONDS = 60;
    private static final int CLOSE_TIMEOUT_SECONDS = 10;
    private static final int LIMITS_REPORT_MS = 250;
    private static final int LIMITS_SWEEP_MS = 10_000;

    private final ParlanceConfig config;
    private final Clock clock = Clock.systemUTC();
    private final Metrics metrics = new Metrics();
    private final List<WebSocketVerticle> sockets = new ArrayList<>();
    private final List<HttpVerticle> doors = new ArrayList<>();
    private final PageRoutes page = PageRoutes.load();
    private @Nullable DataFolder folder;
    private @Nullable EmbeddedDatabase embedded;
    private @Nullable Vertx vertx;
    private @Nullable StoreWatch watch;
    private @Nullable ManagementVerticle management;
    private volatile boolean draining;

    private Node(ParlanceConfig config) {
        this.config = config;
    }

    /**
     * Starts a node; when this returns it serves clients.
     *
     * @throws StartupException when it cannot; nothing of it is left running then
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

    /** The public port that was bound. */
    public int httpPort() {
        return doors.isEmpty() ? -1 : doors.getFirst().port();
    }

    /** The management port that was bound. */
    public int managementPort() {
        return management == null ? -1 : management.port();
    }

    /** Where this node's Postgres is, for another node that shall use it too. */
    public PostgresUri postgres() {
        return embedded == null ? PostgresUri.parse(config.postgres().uri().expose()) : embedded.uri();
    }

    /**
     * Drains and stops, in bounded time: not ready, and a while for load balancers to see it; then no clients; then
     * nothing under way; then out of the cluster.
     */
    public void stop() {
        draining = true;
        LOG.info("Draining");
        pause(config.drain().unreadyMs());
        try {
            await(
                    Future.all(sockets.stream().map(WebSocketVerticle::drain).toList()),
                    config.drain().timeoutMs());
        } catch (StartupException late) {
            LOG.warn("Not all clients went in time");
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
        Vertx started = await(vertx(), START_TIMEOUT_SECONDS * 1000);
        vertx = started;
        await(
                Contract.load(started).compose(contract -> deploy(started, uri, key, contract)),
                START_TIMEOUT_SECONDS * 1000);
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

    private Future<Vertx> vertx() {
        ParlanceConfig.Cluster cluster = config.cluster();
        VertxOptions options = new VertxOptions()
                .setEventLoopPoolSize(eventLoops() + 1)
                .setEventBusOptions(Cluster.busOptions(cluster.busPort()));
        return cluster.enabled()
                ? Cluster.join(
                        options,
                        new Cluster.Settings(cluster.name(), cluster.host(), cluster.port(), cluster.members()))
                : Future.succeededFuture(Vertx.builder().with(options).build());
    }

    private Future<?> deploy(Vertx started, PostgresUri uri, String key, Contract contract) {
        String id = nodeId(started);
        String name = config.node().name().isEmpty() ? id : config.node().name();
        return Cluster.bus(
                        started,
                        id,
                        new Cluster.BusSettings(
                                config.cluster().digestIntervalMs(),
                                config.cluster().inFlightLimitBytes(),
                                config.presence().intervalMs(),
                                config.presence().maxListed()),
                        metrics)
                .compose(bus -> {
                    Database opened = Database.of(started, uri, databaseSettings(), bus, metrics);
                    StoreWatch watching = watch(started, opened);
                    watch = watching;
                    RateLimits rates = rates(started, bus);
                    AuthService auth = auth(started, opened, key, rates);
                    return watching.answered()
                            .compose(answered ->
                                    deployRoles(started, name, bus, opened, watching, auth, rates, contract));
                });
    }

    private static String nodeId(Vertx started) {
        return started.isClustered()
                ? ((VertxInternal) started).clusterManager().getNodeId()
                : UUID.randomUUID().toString();
    }

    /** The node's one look at the store, on an event loop of its own choice. */
    private StoreWatch watch(Vertx started, Database opened) {
        ParlanceConfig.Watch settings = config.watch();
        return StoreWatch.start(
                opened.changes(),
                scheduler(started.getOrCreateContext()),
                new StoreWatch.Settings(settings.intervalMs(), settings.leaseMs()),
                System::nanoTime);
    }

    private static Scheduler scheduler(Context context) {
        return new Scheduler() {
            @Override
            public void after(long delayMs, Runnable action) {
                context.owner().setTimer(delayMs, fired -> context.runOnContext(turn -> action.run()));
            }

            @Override
            public void execute(Runnable action) {
                context.runOnContext(turn -> action.run());
            }
        };
    }

    private Future<?> deployRoles(
            Vertx started,
            String name,
            ClusterNodeBus bus,
            Database opened,
            StoreWatch watching,
            AuthService auth,
            RateLimits rates,
            Contract contract) {
        Future<?> persistence = Future.succeededFuture();
        if (config.node().roles().contains(ParlanceConfig.Role.PERSISTENCE)) {
            persistence = started.deployVerticle(opened.persistence());
            SearchIndexer.start(
                    opened.entries(),
                    watching,
                    scheduler(started.getOrCreateContext()),
                    new SearchIndexer.Settings(
                            config.search().indexBatch(), config.search().indexShare()));
        }
        return persistence
                .compose(deployed -> {
                    List<Future<?>> loops = new ArrayList<>();
                    for (int i = 0; i < eventLoops(); i++) {
                        loops.add(started.deployVerticle(
                                loop(started, name, bus, opened, watching, auth, rates, contract)));
                    }
                    return Future.all(loops);
                })
                .compose(deployed -> {
                    ManagementVerticle verticle = new ManagementVerticle(
                            config.management().host(), config.management().port(), metrics, this::isReady);
                    management = verticle;
                    return started.deployVerticle(verticle);
                });
    }

    /** The two doors of one event loop: an accepted connection that becomes a WebSocket stays on its loop. */
    private Deployable loop(
            Vertx started,
            String name,
            ClusterNodeBus bus,
            Database opened,
            StoreWatch watching,
            AuthService auth,
            RateLimits rates,
            Contract contract) {
        Authentication authentication = new Authentication(auth);
        SearchService searches =
                new SearchService(opened.searches(), config.search().pageLimit());
        List<Routes> routes = new ArrayList<>();
        List<Deployable> parts = new ArrayList<>();
        if (config.node().roles().contains(ParlanceConfig.Role.WEBSOCKET)) {
            WebSocketVerticle socket = new WebSocketVerticle(
                    new WebSocketVerticle.Settings(
                            name,
                            new HashSet<>(config.http().allowedOrigins()),
                            config.drain().spreadMs(),
                            config.watch().leaseMs(),
                            config.watch().cutOffAfterMs(),
                            config.signal().typingExpiresMs(),
                            connectionLimits()),
                    (context, current) -> rooms(context, current, bus, opened, watching),
                    watching,
                    searches,
                    auth,
                    rates,
                    authentication,
                    metrics,
                    clock);
            sockets.add(socket);
            parts.add(socket);
            routes.add(socket);
        }
        if (config.node().roles().contains(ParlanceConfig.Role.HTTP)) {
            routes.add(router -> {
                // Made on the event loop that it belongs to.
                RoomService rooms = new RoomService(opened.events(), opened.rooms(), roomLimits());
                ReadMarkers readMarkers =
                        new ReadMarkers(rooms, bus.signals(), scheduler(started.getOrCreateContext()), signalLimits());
                List<Operations> operations = List.of(
                        new AccountRoutes(
                                auth,
                                Duration.ofDays(config.auth().refreshTokenDays())
                                        .toSeconds()),
                        new SessionRoutes(auth),
                        new RoomRoutes(rooms),
                        new MemberRoutes(rooms),
                        new ReadRoutes(readMarkers),
                        new MessageRoutes(rooms),
                        new SearchRoutes(searches));
                new ApiRoutes(started, contract, authentication, rates, operations).mount(router);
            });
            routes.add(new ReferenceRoutes(contract));
            routes.add(page);
        }
        HttpVerticle door = new HttpVerticle(
                new HttpVerticle.Settings(
                        config.http().host(),
                        config.http().port(),
                        config.http().maxBodyBytes(),
                        config.http().idleTimeoutSeconds()),
                WebSocketVerticle.serverOptions(connectionLimits()),
                new ClientAddress(config.http().trustedProxies()),
                rates,
                routes);
        doors.add(door);
        parts.add(door);
        return new Together(parts);
    }

    private WebSocketVerticle.Rooms rooms(
            Context context, BooleanSupplier current, ClusterNodeBus bus, Database opened, StoreWatch watching) {
        EventStore events = opened.events();
        RoomService service = new RoomService(events, opened.rooms(), roomLimits());
        Scheduler scheduler = scheduler(context);
        RoomHub hub = new RoomHub(service, events, bus, watching, current, scheduler, roomLimits(), metrics);
        return new WebSocketVerticle.Rooms(
                service,
                hub,
                new SignalHub(bus.signals(), bus.presence(), signalLimits()),
                new ReadMarkers(service, bus.signals(), scheduler, signalLimits()));
    }

    private RateLimits rates(Vertx started, ClusterNodeBus bus) {
        ParlanceConfig.Limits limits = config.limits();
        RateLimits rates = new RateLimits(
                new RateLimits.Settings(
                        limits.enabled(),
                        Rate.perSecond(limits.connectionPerSecond(), limits.connectionBurst()),
                        Rate.perSecond(limits.userPerSecond(), limits.userBurst()),
                        Rate.perSecond(limits.addressPerSecond(), limits.addressBurst()),
                        Rate.perSecond(limits.handshakesPerSecond(), limits.handshakeBurst()),
                        Rate.perMinute(limits.loginsPerMinute(), limits.loginBurst()),
                        Rate.perHour(limits.registrationsPerHour(), limits.registrationBurst())),
                bus.spending(),
                metrics,
                System::nanoTime);
        started.setPeriodic(LIMITS_REPORT_MS, tick -> rates.report());
        started.setPeriodic(LIMITS_SWEEP_MS, tick -> rates.sweep());
        return rates;
    }

    private AuthService auth(Vertx started, Database opened, String key, RateLimits rates) {
        ParlanceConfig.Auth settings = config.auth();
        return new AuthService(
                opened.users(),
                opened.sessions(),
                new PasswordHasher(
                        started,
                        new PasswordHasher.Cost(settings.argon2MemoryKib(), settings.argon2Iterations()),
                        settings.hashQueue()),
                new TokenService(started, key, settings.issuer(), settings.accessTokenSeconds(), clock),
                new LoginThrottle(settings.maxFailures(), settings.failureWindowSeconds(), clock),
                rates,
                CommonPasswords.load(),
                clock,
                Duration.ofDays(settings.refreshTokenDays()));
    }

    private boolean isReady() {
        return !draining && watch != null && watch.isCurrent();
    }

    private void close() {
        if (vertx != null) {
            try {
                await(vertx.close(), CLOSE_TIMEOUT_SECONDS * 1000);
            } catch (StartupException late) {
                LOG.warn("Vert.x did not close in time");
            }
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

    private int eventLoops() {
        int configured = config.websocket().eventLoops();
        return configured == 0 ? Runtime.getRuntime().availableProcessors() : configured;
    }

    private Database.Settings databaseSettings() {
        return new Database.Settings(
                config.postgres().readConnections(),
                config.postgres().maxWaitingReads(),
                config.search().connections(),
                config.search().maxWaiting(),
                config.postgres().statementTimeoutMs(),
                config.persistence().appendTimeoutMs(),
                config.persistence().writers(),
                config.persistence().maxBatch(),
                config.persistence().maxQueued(),
                config.persistence().maxQueuedPerRoom(),
                config.node().roles().contains(ParlanceConfig.Role.PERSISTENCE));
    }

    private RoomLimits roomLimits() {
        ParlanceConfig.Room room = config.room();
        return new RoomLimits(
                room.maxTextBytes(), room.replayOnJoin(), room.catchUpLimit(), room.gapGraceMs(), room.pageLimit());
    }

    private SignalLimits signalLimits() {
        ParlanceConfig.Signal signal = config.signal();
        return new SignalLimits(signal.readIntervalMs(), signal.typingIntervalMs());
    }

    private ConnectionLimits connectionLimits() {
        ParlanceConfig.WebSocket limits = config.websocket();
        return new ConnectionLimits(
                limits.maxMessageBytes(),
                limits.maxFragments(),
                limits.outboundLimitBytes(),
                limits.authTimeoutMs(),
                limits.lineLoginTimeoutMs(),
                limits.pingIntervalMs(),
                limits.pongTimeoutMs(),
                config.presence().leaseMs(),
                limits.maxPingsPerSecond(),
                limits.maxPendingRequests(),
                config.limits().maxRefusals(),
                limits.maxRooms());
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
