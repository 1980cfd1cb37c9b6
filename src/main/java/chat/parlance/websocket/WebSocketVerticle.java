package chat.parlance.websocket;

import chat.parlance.auth.AuthService;
import chat.parlance.auth.UserDirectory;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.http.AllowedMethods;
import chat.parlance.http.Authentication;
import chat.parlance.http.ClientAddress;
import chat.parlance.http.Origins;
import chat.parlance.http.Routes;
import chat.parlance.limit.RateLimits;
import chat.parlance.model.Principal;
import chat.parlance.model.RoomId;
import chat.parlance.model.SessionId;
import chat.parlance.model.Since;
import chat.parlance.model.Stamp;
import chat.parlance.protocol.CloseCode;
import chat.parlance.room.PreferenceService;
import chat.parlance.room.ReadMarkers;
import chat.parlance.room.RoomHub;
import chat.parlance.room.RoomService;
import chat.parlance.room.SavedService;
import chat.parlance.room.Scheduler;
import chat.parlance.room.SignalHub;
import chat.parlance.room.StoreWatch;
import chat.parlance.room.ThreadService;
import chat.parlance.search.SearchService;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Connections of one event loop. The verticle is deployed on the same context as an {@link
 * chat.parlance.http.HttpVerticle}, which accepts connections and hands over those that become WebSockets.
 */
public final class WebSocketVerticle extends VerticleBase implements Routes {

    private static final int TICK_MS = 1000;

    /**
     * Ticks between two lookups of all sessions, which find the expired ones; revoked ones arrive with each poll of the
     * store.
     */
    private static final int TICKS_PER_SESSION_CHECK = 60;

    private static final int DRAIN_CHECK_MS = 20;

    /**
     * Longest pause before the reconnect of a client that is disconnected alone: the others are disconnected at other
     * times.
     */
    private static final int RECONNECT_WITHIN_MS = 250;

    /** Room services of one event loop. */
    public record Rooms(
            RoomService service,
            RoomHub hub,
            SignalHub signals,
            ReadMarkers readMarkers,
            PreferenceService preferences,
            ThreadService threads,
            SavedService saved,
            Scheduler scheduler) {}

    /** Factory of the room services of one event loop, called on it. */
    @FunctionalInterface
    public interface RoomsOfLoop {

        /** @param current true while this node's data is fresh enough to be shown */
        Rooms start(Context context, BooleanSupplier current);
    }

    /**
     * @param node the node's name, as clients see it
     * @param origins of the pages that may connect
     * @param drainSpreadMs interval over which a stopping node disconnects its clients
     * @param leaseMs the most age of the list of revoked sessions; beyond it nothing is shown to any client
     * @param cutOffAfterMs time without an answer of the store, after which clients are sent to another node
     * @param typingExpiresMs time that a client shows a typing notice
     */
    public record Settings(
            String node,
            Origins origins,
            int drainSpreadMs,
            int leaseMs,
            int cutOffAfterMs,
            int typingExpiresMs,
            ConnectionLimits limits) {}

    private final Settings settings;
    private final RoomsOfLoop roomsOfLoop;
    private final StoreWatch watch;
    private final SearchService searches;
    private final AuthService auth;
    private final UserDirectory directory;
    private final RateLimits rates;
    private final Authentication authentication;
    private final ConnectionMeters meters;
    private final Clock clock;
    private @Nullable EventLoop loop;
    private StoreWatch.@Nullable Registration watching;
    private long revocationsHeardNs = System.nanoTime();
    private long ticks;
    private boolean draining;

    public WebSocketVerticle(
            Settings settings,
            RoomsOfLoop roomsOfLoop,
            StoreWatch watch,
            SearchService searches,
            AuthService auth,
            UserDirectory directory,
            RateLimits rates,
            Authentication authentication,
            ConnectionMeters meters,
            Clock clock) {
        this.settings = settings;
        this.roomsOfLoop = roomsOfLoop;
        this.watch = watch;
        this.searches = searches;
        this.auth = auth;
        this.directory = directory;
        this.rates = rates;
        this.authentication = authentication;
        this.meters = meters;
        this.clock = clock;
    }

    /** Server options for WebSockets: no compression, because the size of the decompressed data has no bound. */
    public static HttpServerOptions serverOptions(ConnectionLimits limits) {
        return new HttpServerOptions()
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setMaxWebSocketFrameSize(limits.maxMessageBytes())
                .setMaxWebSocketMessageSize(limits.maxMessageBytes())
                .setWebSocketSubProtocols(Subprotocol.wireNames());
    }

    @Override
    public Future<?> start() {
        loop = new EventLoop(
                settings.node(),
                roomsOfLoop.start(context, this::isCurrent),
                searches,
                auth,
                directory,
                rates,
                settings.limits(),
                meters,
                new Flusher(context),
                new SharedFrames(settings.typingExpiresMs()),
                clock);
        watching = watch.listen(action -> context.runOnContext(turn -> action.run()), changes -> {
            loop().connections().stream()
                    .filter(connection -> isRevoked(connection.principal()))
                    .toList()
                    .forEach(connection -> connection.close(CloseCode.UNAUTHENTICATED));
            revocationsHeardNs = System.nanoTime();
        });
        vertx.setPeriodic(TICK_MS, fired -> tick());
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        if (watching != null) {
            watching.close();
        }
        if (loop != null) {
            loop.hub().close();
            loop.signals().close();
            loop.frames().clear();
        }
        return Future.succeededFuture();
    }

    @Override
    public void mount(Router router) {
        mount(router, "/ws", Subprotocol.JSON);
        mount(router, "/lines", Subprotocol.LINES);
    }

    /**
     * Mounts one route for all methods: a handshake is a GET, and a WebSocket has no content whose head a HEAD could
     * request.
     */
    private void mount(Router router, String path, Subprotocol byPath) {
        router.route(path).handler(context -> {
            if (context.request().method().equals(HttpMethod.GET)) {
                upgrade(context, byPath);
            } else {
                AllowedMethods.refuseAllButGet(context);
            }
        });
    }

    /**
     * Refuses new connections, and disconnects every client at a random time within the spread; completes when all are
     * gone. May be called from any thread.
     */
    public Future<Void> drain() {
        Promise<Void> gone = Promise.promise();
        context.runOnContext(turn -> {
            draining = true;
            List.copyOf(loop().connections())
                    .forEach(connection -> vertx.setTimer(
                            ThreadLocalRandom.current().nextInt(1, settings.drainSpreadMs() + 1),
                            fired -> connection.sendAway("drain", RECONNECT_WITHIN_MS)));
            vertx.setPeriodic(DRAIN_CHECK_MS, check -> {
                if (loop().connections().isEmpty()) {
                    vertx.cancelTimer(check);
                    gone.tryComplete();
                }
            });
        });
        return gone.future();
    }

    private void upgrade(RoutingContext context, Subprotocol byPath) {
        Handshake.check(context);
        HttpServerRequest request = context.request();
        settings.origins().check(context);
        String address = ClientAddress.of(context);
        rates.handshake(address);
        if (draining) {
            throw new ChatException(ErrorCode.SERVER_DRAINING);
        }
        if (!isCurrent()) {
            throw new ChatException(ErrorCode.STORAGE_UNAVAILABLE);
        }
        RoomId room = room(context);
        Since since = since(context);
        AddressSlots slots = AddressSlots.take(context, rates, byPath);
        request.pause();
        authentication
                .credentials(context)
                .onFailure(refused -> slots.end())
                .onFailure(context::fail)
                .onSuccess(found -> request.toWebSocket()
                        .onFailure(refused -> slots.end())
                        .onFailure(refused -> found.ifPresent(principal -> authentication.abandon(context, principal)))
                        .onSuccess(socket -> {
                            Subprotocol subprotocol =
                                    Subprotocol.LINES.wireName().equals(socket.subProtocol())
                                            ? Subprotocol.LINES
                                            : socket.subProtocol() == null ? byPath : Subprotocol.JSON;
                            Connection connection =
                                    open(request, address, slots, subprotocol, found.orElse(null), room, since);
                            found.filter(principal -> Authentication.opensSession(context))
                                    .ifPresent(connection::own);
                        }));
    }

    private Connection open(
            HttpServerRequest upgraded,
            String address,
            AddressSlots slots,
            Subprotocol subprotocol,
            @Nullable Principal principal,
            @Nullable RoomId room,
            @Nullable Since since) {
        EventLoop here = loop();
        FrameChannel channel = FrameChannel.of(upgraded.connection(), here.limits(), here.meters(), here.flusher());
        Connection connection = new Connection(here, channel, address, slots, own -> switch (subprotocol) {
            case JSON -> new JsonConversation(here, own);
            case LINES -> new LineConversation(here, own, room, since);
        });
        connection.open(principal);
        // A session may be revoked, or the drain begin, while the connection is opened.
        if (isRevoked(principal)) {
            connection.close(CloseCode.UNAUTHENTICATED);
        }
        if (draining) {
            connection.sendAway("drain", RECONNECT_WITHIN_MS);
        }
        return connection;
    }

    private void tick() {
        List.copyOf(loop().connections()).forEach(Connection::tick);
        if (watch.isCutOff(settings.cutOffAfterMs())) {
            List.copyOf(loop().connections())
                    .forEach(connection -> connection.sendAway("cut_off", settings.drainSpreadMs()));
        }
        if (++ticks % TICKS_PER_SESSION_CHECK == 0) {
            closeEnded();
        }
    }

    /** Looks up the sessions of all connections in the database, and closes connections whose session has ended. */
    private void closeEnded() {
        Map<SessionId, List<Connection>> bySession = loop().connections().stream()
                .filter(connection -> connection.principal() != null)
                .collect(Collectors.groupingBy(connection ->
                        Objects.requireNonNull(connection.principal()).session()));
        if (!bySession.isEmpty()) {
            auth.active(bySession.keySet())
                    .onSuccess(active -> bySession.forEach((session, connections) -> {
                        if (!active.contains(session)) {
                            connections.forEach(connection -> connection.close(CloseCode.UNAUTHENTICATED));
                        }
                    }));
        }
    }

    private boolean isRevoked(@Nullable Principal principal) {
        return principal != null && auth.isRevoked(principal.session());
    }

    private boolean isCurrent() {
        return watch.isCurrent()
                && System.nanoTime() - revocationsHeardNs < TimeUnit.MILLISECONDS.toNanos(settings.leaseMs());
    }

    private EventLoop loop() {
        return Objects.requireNonNull(loop);
    }

    private static @Nullable RoomId room(RoutingContext context) {
        String room = context.request().getParam("room");
        return room == null ? null : RoomId.lookup(room);
    }

    private static @Nullable Since since(RoutingContext context) {
        String since = context.request().getParam("since");
        String stamp = context.request().getParam("stamp");
        if (since == null) {
            return null;
        }
        if (!since.matches("[0-9]{1,18}")) {
            throw ChatException.badRequest("The parameter since is not a whole number");
        }
        return new Since(Long.parseLong(since), stamp == null ? null : Stamp.parse(stamp));
    }
}
