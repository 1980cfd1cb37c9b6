package chat.parlance.connection;

import chat.parlance.auth.AuthService;
import chat.parlance.limit.RateLimits;
import chat.parlance.limit.Slot;
import chat.parlance.model.Principal;
import chat.parlance.room.PresenceSettings;
import chat.parlance.room.ReadMarkers;
import chat.parlance.room.RoomHub;
import chat.parlance.room.RoomService;
import chat.parlance.room.Scheduler;
import chat.parlance.room.SignalHub;
import chat.parlance.room.Subscriber;
import chat.parlance.room.UserConnection;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Open connections of one event loop, which makes them. Belongs to this event loop. */
public final class Connections {

    /** Interval of {@link #tick}. */
    public static final int TICK_MS = TimerWheel.TICK_MS;

    private final RoomService rooms;
    private final RoomHub hub;
    private final SignalHub signals;
    private final ReadMarkers readMarkers;
    private final RateLimits rates;
    private final AuthService auth;
    private final ConnectionLimits limits;
    private final PresenceSettings presence;
    private final ConnectionMeters meters;
    private final Clock clock;
    private final Scheduler scheduler;
    private final TimerWheel wheel = new TimerWheel(MonotonicClock.nowMs());

    /** Open connections, each with the timer of its ticks. */
    private final Map<Connection, TimerWheel.Timer> open = new HashMap<>();

    /** @param scheduler of the event loop */
    public Connections(
            RoomService rooms,
            RoomHub hub,
            SignalHub signals,
            ReadMarkers readMarkers,
            RateLimits rates,
            AuthService auth,
            ConnectionLimits limits,
            PresenceSettings presence,
            ConnectionMeters meters,
            Clock clock,
            Scheduler scheduler) {
        this.rooms = rooms;
        this.hub = hub;
        this.signals = signals;
        this.readMarkers = readMarkers;
        this.rates = rates;
        this.auth = auth;
        this.limits = limits;
        this.presence = presence;
        this.meters = meters;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /**
     * Opens a connection.
     *
     * @param address of the client
     * @param unproven slot of a client that has not logged in, in the limits of its address
     * @param proved identity from the handshake's credentials, null for a handshake without any
     */
    public Connection open(
            Channel channel,
            String address,
            Slot unproven,
            Language.Factory languages,
            Entrance entrance,
            @Nullable Principal proved) {
        Connection connection = new Connection(channel, address, new Assembly(channel, unproven, languages, entrance));
        open.put(connection, wheel.add(connection, MonotonicClock.nowMs()));
        meters.opened(connection.languageName());
        connection.open(proved);
        return connection;
    }

    public boolean isEmpty() {
        return open.isEmpty();
    }

    /** Runs an action on each connection, which may close it. */
    public void forEach(Consumer<Connection> action) {
        List.copyOf(open.keySet()).forEach(action);
    }

    /** Ticks the connections that are due. Called every {@link #TICK_MS}. */
    public void tick() {
        wheel.tick(MonotonicClock.nowMs());
    }

    /** Open connections of clients that have logged in as one of these. */
    public List<Connection> of(Predicate<Principal> wanted) {
        return open.keySet().stream()
                .filter(connection -> {
                    Principal principal = connection.principal();
                    return principal != null && wanted.test(principal);
                })
                .toList();
    }

    /** Assembly of one connection from what all share and what it has of its own. */
    private final class Assembly implements Connection.Parts {

        private final Channel channel;
        private final Slot unproven;
        private final Language.Factory languages;
        private final Entrance entrance;

        Assembly(Channel channel, Slot unproven, Language.Factory languages, Entrance entrance) {
            this.channel = channel;
            this.unproven = unproven;
            this.languages = languages;
            this.entrance = entrance;
        }

        @Override
        public Identity identity(UserConnection connection) {
            return new Identity(rates, signals, auth, clock, connection, unproven);
        }

        @Override
        public Subscriptions subscriptions(Subscriber connection) {
            return new Subscriptions(hub, signals, connection, limits.maxRooms());
        }

        @Override
        public RequestQueue queue(Function<String, Future<?>> taker) {
            return new RequestQueue(channel, scheduler, meters, limits.maxPendingRequests(), taker);
        }

        @Override
        public RoomRequests requests(Identity identity, Subscriptions subscriptions, RequestQueue queue) {
            return new RoomRequests(rooms, hub, readMarkers, meters, identity, subscriptions, queue);
        }

        @Override
        public KeepAlive keepAlive(long nowMs) {
            return new KeepAlive(
                    limits.pings(),
                    presence.leaseMs(),
                    nowMs,
                    ThreadLocalRandom.current().nextInt(1 + limits.pings().pingIntervalMs() / 2));
        }

        @Override
        public Language language(Connection connection) {
            return languages.of(connection, entrance);
        }

        @Override
        public long nowMs() {
            return MonotonicClock.nowMs();
        }

        @Override
        public void tickAt(Connection connection, long dueMs) {
            TimerWheel.Timer timer = open.get(connection);
            if (timer != null) {
                wheel.move(timer, dueMs);
            }
        }

        @Override
        public void closed(Connection connection) {
            TimerWheel.Timer timer = open.remove(connection);
            if (timer != null) {
                wheel.cancel(timer);
            }
            meters.closed(connection.languageName());
        }
    }
}
