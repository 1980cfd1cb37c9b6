package chat.parlance.websocket;

import chat.parlance.account.AccountService;
import chat.parlance.account.Registrations;
import chat.parlance.auth.AuthService;
import chat.parlance.auth.UserDirectory;
import chat.parlance.connection.Connection;
import chat.parlance.connection.ConnectionLimits;
import chat.parlance.connection.ConnectionMeters;
import chat.parlance.connection.Connections;
import chat.parlance.connection.Greeting;
import chat.parlance.connection.Language;
import chat.parlance.connection.SharedFrames;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.http.AllowedMethods;
import chat.parlance.http.Authentication;
import chat.parlance.http.Origins;
import chat.parlance.http.Routes;
import chat.parlance.json.JsonFrames;
import chat.parlance.json.JsonMode;
import chat.parlance.limit.RateLimits;
import chat.parlance.lines.LineMode;
import chat.parlance.lines.LineServices;
import chat.parlance.protocol.CloseCode;
import chat.parlance.protocol.ServerFrame;
import chat.parlance.room.PreferenceService;
import chat.parlance.room.PresenceSettings;
import chat.parlance.room.ReadMarkers;
import chat.parlance.room.RoomHub;
import chat.parlance.room.RoomLimits;
import chat.parlance.room.RoomService;
import chat.parlance.room.SavedService;
import chat.parlance.room.Scheduler;
import chat.parlance.room.SignalHub;
import chat.parlance.room.SignalLimits;
import chat.parlance.room.StorePoll;
import chat.parlance.room.ThreadService;
import chat.parlance.room.WatchSettings;
import chat.parlance.search.SearchService;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Connections of one event loop. The verticle is deployed on the same context as an {@link
 * chat.parlance.http.HttpVerticle}, which accepts connections and hands over those that become WebSockets.
 */
public final class WebSocketVerticle extends VerticleBase implements Routes {

    private static final int CHECK_MS = 1000;

    /**
     * Checks between two lookups of all sessions, which find the expired ones; revoked ones arrive with each poll of the
     * store.
     */
    private static final int CHECKS_PER_SESSION_LOOKUP = 60;

    /** Room services of one event loop. */
    public record Rooms(
            RoomService service,
            RoomHub hub,
            SignalHub signals,
            ReadMarkers readMarkers,
            PreferenceService preferences,
            ThreadService threads,
            SavedService saved,
            Registrations registrations,
            AccountService accounts,
            Scheduler scheduler) {}

    /** Factory of the room services of one event loop, called on it. */
    @FunctionalInterface
    public interface RoomsOfLoop {

        /** @param current true while this node's data is fresh enough to be shown */
        Rooms start(Context context, BooleanSupplier current);
    }

    /** @param node the node's name, as clients see it */
    public record Settings(
            String node,
            Origins origins,
            DrainSettings drain,
            WatchSettings watch,
            RoomLimits room,
            SignalLimits signal,
            PresenceSettings presence,
            ConnectionLimits connection) {

        private Greeting greeting() {
            return new Greeting(
                    node,
                    new ServerFrame.Limits(
                            room.maxTextBytes(), connection.messages().maxMessageBytes()));
        }
    }

    private final Settings settings;
    private final RoomsOfLoop roomsOfLoop;
    private final StorePoll watch;
    private final SearchService searches;
    private final AuthService auth;
    private final UserDirectory directory;
    private final RateLimits rates;
    private final Authentication authentication;
    private final ConnectionMeters meters;
    private final Clock clock;
    private @Nullable Rooms rooms;
    private @Nullable Connections connections;
    private @Nullable SessionSweep sweep;
    private @Nullable Drain drain;
    private @Nullable SlowReaders slowReaders;
    private @Nullable Flusher flusher;
    private Map<Subprotocol, Language.Factory> languages = Map.of();
    private List<SharedFrames> frames = List.of();
    private StorePoll.@Nullable Registration watching;
    private long revocationsHeardNs = System.nanoTime();
    private long checks;

    public WebSocketVerticle(
            Settings settings,
            RoomsOfLoop roomsOfLoop,
            StorePoll watch,
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
                .setMaxWebSocketFrameSize(limits.messages().maxMessageBytes())
                .setMaxWebSocketMessageSize(limits.messages().maxMessageBytes())
                .setWebSocketSubProtocols(Subprotocol.wireNames());
    }

    @Override
    public Future<?> start() {
        Rooms of = roomsOfLoop.start(context, this::isCurrent);
        rooms = of;
        connections = new Connections(
                of.service(),
                of.hub(),
                of.signals(),
                of.readMarkers(),
                rates,
                auth,
                settings.connection(),
                settings.presence(),
                meters,
                clock,
                of.scheduler());
        sweep = new SessionSweep(auth, connections);
        drain = new Drain(vertx, connections, settings.drain().spreadMs());
        slowReaders = new SlowReaders(meters, settings.connection().messages().outboundLimitBytes());
        flusher = new Flusher(context, slowReaders);
        languages = languages(of);
        watching = watch.listen(action -> context.runOnContext(turn -> action.run()), changes -> {
            if (!changes.revoked().isEmpty()) {
                sweep().closeRevoked();
            }
            revocationsHeardNs = System.nanoTime();
        });
        vertx.setPeriodic(Connections.TICK_MS, fired -> connections().tick());
        vertx.setPeriodic(CHECK_MS, fired -> check());
        return Future.succeededFuture();
    }

    private Map<Subprotocol, Language.Factory> languages(Rooms of) {
        SharedFrames json = new SharedFrames(TextFrame::of);
        SharedFrames lines = new SharedFrames(TextFrame::of);
        frames = List.of(json, lines);
        Greeting greeting = settings.greeting();
        LineServices services = new LineServices(
                of.service(),
                of.preferences(),
                of.threads(),
                of.saved(),
                searches,
                auth,
                of.registrations(),
                of.accounts(),
                directory);
        return Map.of(
                Subprotocol.JSON,
                new JsonMode(
                        greeting,
                        settings.connection().logIn(),
                        of.service(),
                        auth,
                        rates,
                        new JsonFrames(json, settings.signal().typingExpiresMs())),
                Subprotocol.LINES,
                new LineMode(greeting, settings.connection().logIn(), services, rates, lines, of.scheduler()));
    }

    @Override
    public Future<?> stop() {
        if (watching != null) {
            watching.close();
        }
        if (rooms != null) {
            rooms.hub().close();
            rooms.signals().close();
        }
        frames.forEach(SharedFrames::clear);
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
        Handshake handshake =
                new Handshake(settings.origins(), rates, authentication, this::checkAdmission, this::open);
        router.route(path).handler(context -> {
            if (context.request().method().equals(HttpMethod.GET)) {
                handshake.upgrade(context, byPath);
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
        context.runOnContext(turn -> drainOfLoop().begin().onComplete(gone));
        return gone.future();
    }

    private void checkAdmission() {
        if (drainOfLoop().hasBegun()) {
            throw new ChatException(ErrorCode.SERVER_DRAINING);
        }
        if (!isCurrent()) {
            throw new ChatException(ErrorCode.STORAGE_UNAVAILABLE);
        }
    }

    private Connection open(Handshake.Upgraded upgraded) {
        FrameChannel channel = FrameChannel.of(
                upgraded.request().connection(), settings.connection(), meters, Objects.requireNonNull(flusher));
        Connection connection = connections()
                .open(
                        channel,
                        upgraded.address(),
                        upgraded.slots().unproven(),
                        Objects.requireNonNull(languages.get(upgraded.subprotocol())),
                        upgraded.entrance(),
                        upgraded.principal());
        // A session may be revoked, or the drain begin, while the connection is opened.
        if (sweep().isRevoked(upgraded.principal())) {
            connection.close(CloseCode.UNAUTHENTICATED);
        }
        if (drainOfLoop().hasBegun()) {
            drainOfLoop().sendAway(connection);
        }
        return connection;
    }

    private void check() {
        Objects.requireNonNull(slowReaders).measure();
        if (watch.isCutOff()) {
            connections()
                    .forEach(connection ->
                            connection.sendAway("cut_off", settings.drain().spreadMs()));
        }
        if (++checks % CHECKS_PER_SESSION_LOOKUP == 0) {
            sweep().closeEnded();
        }
    }

    private boolean isCurrent() {
        return watch.isCurrent()
                && System.nanoTime() - revocationsHeardNs
                        < TimeUnit.MILLISECONDS.toNanos(settings.watch().leaseMs());
    }

    private Connections connections() {
        return Objects.requireNonNull(connections);
    }

    private SessionSweep sweep() {
        return Objects.requireNonNull(sweep);
    }

    private Drain drainOfLoop() {
        return Objects.requireNonNull(drain);
    }
}
