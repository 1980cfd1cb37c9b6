package chat.parlance;

import chat.parlance.cluster.Cluster;
import chat.parlance.config.NodeConfig;
import chat.parlance.config.ParlanceConfig;
import chat.parlance.http.AccountRoutes;
import chat.parlance.http.AdministrationRoutes;
import chat.parlance.http.ApiRoutes;
import chat.parlance.http.Authentication;
import chat.parlance.http.DirectoryRoutes;
import chat.parlance.http.HttpVerticle;
import chat.parlance.http.InviteRoutes;
import chat.parlance.http.MemberRoutes;
import chat.parlance.http.MessageRoutes;
import chat.parlance.http.Operations;
import chat.parlance.http.PageRoutes;
import chat.parlance.http.PreferenceRoutes;
import chat.parlance.http.ReadRoutes;
import chat.parlance.http.ReferenceRoutes;
import chat.parlance.http.RegistrationRoutes;
import chat.parlance.http.RoomRoutes;
import chat.parlance.http.Routes;
import chat.parlance.http.SavedRoutes;
import chat.parlance.http.SearchRoutes;
import chat.parlance.http.SessionRoutes;
import chat.parlance.http.StrictServer;
import chat.parlance.http.ThreadRoutes;
import chat.parlance.http.TokenRoutes;
import chat.parlance.operations.ManagementVerticle;
import chat.parlance.operations.Metrics;
import chat.parlance.room.RoomHub;
import chat.parlance.room.SignalHub;
import chat.parlance.search.SearchIndexer;
import chat.parlance.websocket.WebSocketVerticle;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Verticles of a node's roles. */
final class Verticles {

    private final Services services;
    private final ParlanceConfig config;
    private final Metrics metrics;
    private final Authentication authentication;
    private final PageRoutes page;
    private final List<WebSocketVerticle> sockets = new ArrayList<>();
    private final List<HttpVerticle> doors = new ArrayList<>();
    private final ManagementVerticle management;
    private final List<String> loopIds = new ArrayList<>();
    private final List<String> persistenceIds = new ArrayList<>();
    private @Nullable SearchIndexer indexer;

    /**
     * @param isReady true when the node can serve clients now
     * @param cluster the node's cluster
     */
    Verticles(Services services, ParlanceConfig config, Metrics metrics, BooleanSupplier isReady, Cluster cluster) {
        metrics.observeReadiness(isReady);
        this.services = services;
        this.config = config;
        this.metrics = metrics;
        this.authentication = new Authentication(services.auth());
        this.page = PageRoutes.load(config.page());
        this.management = new ManagementVerticle(
                config.management(),
                rules(config.management().host()),
                metrics,
                isReady,
                cluster::health,
                cluster::members);
    }

    /** Deploys the verticles in the order of their dependencies; the ports for clients open last. */
    Future<?> deploy() {
        return persistence()
                .compose(deployed -> {
                    int doorLoops =
                            config.node().servesClients() ? config.websocket().loops() : 0;
                    List<Future<?>> loops = new ArrayList<>();
                    for (int i = 0; i < doorLoops; i++) {
                        loops.add(services.vertx().deployVerticle(loop()).onSuccess(loopIds::add));
                    }
                    return Future.all(loops);
                })
                .compose(deployed -> services.vertx().deployVerticle(management));
    }

    /**
     * Disconnects all clients, answers the pending requests, and then finishes the messages of other nodes, while the
     * connections to Postgres are open.
     */
    Future<?> drain() {
        return Future.all(sockets.stream().map(WebSocketVerticle::drain).toList())
                .compose(gone -> undeploy(loopIds))
                .compose(closed -> undeploy(persistenceIds));
    }

    /** Stops the verticles, and then the services. */
    Future<?> close() {
        Future<?> idle = indexer == null ? Future.succeededFuture() : indexer.stop();
        return idle.transform(stopped -> services.close());
    }

    /** Bound public port, for a node whose roles have one. */
    int httpPort() {
        return doors.getFirst().port();
    }

    /** Bound management port. */
    int managementPort() {
        return management.port();
    }

    private Future<?> persistence() {
        if (!config.node().has(NodeConfig.Role.PERSISTENCE)) {
            return Future.succeededFuture();
        }
        indexer = SearchIndexer.start(
                services.database().entries(),
                services.watch(),
                Services.scheduler(services.vertx().getOrCreateContext()),
                config.search().indexing());
        metrics.observeIndexer(indexer::backlog);
        return services.vertx()
                .deployVerticle(services.database().persistence())
                .onSuccess(persistenceIds::add);
    }

    private Future<?> undeploy(List<String> ids) {
        return Future.all(ids.stream().map(services.vertx()::undeploy).toList());
    }

    /**
     * HTTP and WebSocket verticles of one event loop: an accepted connection that becomes a WebSocket stays on its
     * loop.
     */
    private Deployable loop() {
        List<Routes> routes = new ArrayList<>();
        List<Deployable> parts = new ArrayList<>();
        Loop loop = new Loop();
        if (config.node().has(NodeConfig.Role.WEBSOCKET)) {
            WebSocketVerticle socket = new WebSocketVerticle(
                    webSocket(),
                    loop::rooms,
                    services.watch(),
                    services.searches(),
                    services.auth(),
                    services.directory(),
                    services.rates(),
                    authentication,
                    metrics.connections(),
                    Clock.systemUTC());
            sockets.add(socket);
            parts.add(socket);
            routes.add(socket);
        }
        if (config.node().has(NodeConfig.Role.HTTP)) {
            // Created on the event loop that owns them.
            routes.add(router -> new ApiRoutes(
                            services.vertx(),
                            services.description(),
                            authentication,
                            services.rates(),
                            loop.operations())
                    .mount(router));
            routes.add(new ReferenceRoutes(services.description()));
            routes.add(page);
        }
        HttpVerticle door = new HttpVerticle(
                config.http(),
                rules(config.http().host()),
                WebSocketVerticle.serverOptions(config.websocket().limits()),
                services.rates(),
                metrics.http(),
                routes);
        doors.add(door);
        parts.add(door);
        return new VerticleGroup(parts);
    }

    private WebSocketVerticle.Settings webSocket() {
        return new WebSocketVerticle.Settings(
                services.node(),
                config.http().origins(),
                config.drain(),
                config.watch(),
                config.room(),
                config.signal(),
                config.presence(),
                config.websocket().limits());
    }

    /** @param listenHost address at which the server listens */
    private StrictServer.Rules rules(String listenHost) {
        return config.http().rules(listenHost, config.limits().excess().maxRefusals());
    }

    /** One event loop, whose verticles share its services. Made by the first that needs them, on the event loop. */
    private final class Loop {

        private @Nullable LoopServices own;

        private LoopServices own(Context context) {
            LoopServices made = own;
            if (made == null) {
                made = LoopServices.of(services, config, metrics, context);
                own = made;
            }
            return made;
        }

        List<Operations> operations() {
            LoopServices here = own(services.vertx().getOrCreateContext());
            return List.of(
                    new AccountRoutes(
                            services.auth(),
                            config.auth().lifetimes().refreshToken().toSeconds()),
                    new RegistrationRoutes(here.registrations(), services.accounts()),
                    new AdministrationRoutes(services.accounts(), here.rooms()),
                    new InviteRoutes(here.invites()),
                    new SessionRoutes(services.auth()),
                    new TokenRoutes(services.tokens()),
                    new RoomRoutes(here.rooms(), here.preferences()),
                    new MemberRoutes(here.rooms()),
                    new ReadRoutes(here.readMarkers()),
                    new PreferenceRoutes(here.preferences()),
                    new MessageRoutes(here.rooms()),
                    new ThreadRoutes(here.threads()),
                    new SavedRoutes(here.saved()),
                    new SearchRoutes(services.searches()),
                    new DirectoryRoutes(services.directory(), services.accounts()));
        }

        WebSocketVerticle.Rooms rooms(Context context, BooleanSupplier current) {
            LoopServices here = own(context);
            return new WebSocketVerticle.Rooms(
                    here.rooms(),
                    new RoomHub(
                            here.rooms(),
                            here.events(),
                            services.bus(),
                            services.watch(),
                            current,
                            here.scheduler(),
                            config.room(),
                            metrics.rooms()),
                    new SignalHub(
                            services.bus().signals(),
                            services.bus().presence(),
                            here.rooms(),
                            here.threads(),
                            services.watch(),
                            here.scheduler(),
                            config.signal()),
                    here.readMarkers(),
                    here.preferences(),
                    here.threads(),
                    here.saved(),
                    here.registrations(),
                    services.accounts(),
                    here.scheduler());
        }
    }
}
