package chat.parlance.connection;

import static chat.parlance.room.Fixtures.ALICE;
import static chat.parlance.room.ScriptedWorld.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.auth.AuthService;
import chat.parlance.auth.AuthSettings;
import chat.parlance.auth.PasswordHasher;
import chat.parlance.auth.Revocations;
import chat.parlance.limit.LimitSettings;
import chat.parlance.limit.RateLimits;
import chat.parlance.limit.Slot;
import chat.parlance.limit.TokenUsage;
import chat.parlance.limit.UsageBus;
import chat.parlance.model.Principal;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.SessionId;
import chat.parlance.model.Since;
import chat.parlance.model.UserId;
import chat.parlance.protocol.CloseCode;
import chat.parlance.protocol.ServerFrame;
import chat.parlance.room.EventBatch;
import chat.parlance.room.Presence;
import chat.parlance.room.RoomHub;
import chat.parlance.room.RoomLimits;
import chat.parlance.room.RoomPresence;
import chat.parlance.room.RoomService;
import chat.parlance.room.ScriptedWorld;
import chat.parlance.room.Signal;
import chat.parlance.room.SignalBus;
import chat.parlance.room.SignalHub;
import chat.parlance.room.SignalLimits;
import chat.parlance.room.StorePoll;
import chat.parlance.room.Subscriber;
import chat.parlance.room.UserConnection;
import chat.parlance.room.WatchSettings;
import chat.parlance.testing.NoMeters;
import chat.parlance.testing.NoThreads;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Ticks of one connection: what it is sent while little or nothing happens, by a clock of the test. */
final class IdleConnectionTest {

    private static final int PING_MS = 6_000;
    private static final int PONG_MS = 10_000;
    private static final int LEASE_MS = 12_000;
    private static final long TICK = TimerWheel.TICK_MS;
    private static final Vertx VERTX = Vertx.vertx();
    private static final SessionId SESSION = new SessionId(UUID.randomUUID());
    private static final RoomLimits ROOM_LIMITS = new RoomLimits(8192, 3, 10, 30);

    private final ScriptedWorld world = new ScriptedWorld();
    private final RoomService service = new RoomService(world, world, ROOM_LIMITS);
    private final StorePoll watch = StorePoll.start(world, world, new WatchSettings(1000, 3000, 10_000), world::nowNs);
    private final RoomHub hub =
            new RoomHub(service, world, world, watch, watch::isCurrent, world, ROOM_LIMITS, new NoMeters());
    private final Seats seats = new Seats();
    private final SignalHub signals = new SignalHub(
            new NoSignals(), seats, service, NoThreads.of(service), watch, world, new SignalLimits(250, 2000, 5000));
    private final Revocations revocations = new Revocations(Duration.ofHours(1), () -> 0);
    private final Peer peer = new Peer();
    private final Spoken spoken = new Spoken();
    private final TimerWheel wheel = new TimerWheel(0);
    private final Connection connection = new Connection(peer, "127.0.0.1", new Assembly());
    private TimerWheel.@Nullable Timer timer;
    private long nowMs;
    private int ticks;

    @AfterAll
    static void close() {
        VERTX.close().await();
    }

    @Test
    void shouldSendAnIdleConnectionPingsAndNothingElseHoweverManyRoomsItFollows() {
        logIn(Duration.ofMinutes(10));
        for (int i = 0; i < 50; i++) {
            join(new RoomId("room-" + i));
        }
        pass(2 * PING_MS);
        peer.reset();
        spoken.reset();
        ticks = 0;
        pass(60_000);
        assertThat(peer.pings).as("in a minute").isBetween(9, 10);
        assertThat(ticks).as("in a minute").isLessThanOrEqualTo(11);
        assertThat(peer.frames).isZero();
        assertThat(spoken.heads).isEmpty();
    }

    @Test
    void shouldSendTheHeadsOnceOfRoomsThatHaveChanged() {
        logIn(Duration.ofMinutes(10));
        world.commit(2);
        join(new RoomId("garden"));
        join(ROOM);
        pass(2 * PING_MS);
        assertThat(spoken.heads).as("after the joins").containsExactly(Map.of(ROOM, 2L, new RoomId("garden"), 2L));
        spoken.reset();
        world.publish(3);
        world.publish(4);
        pass(5 * PING_MS);
        assertThat(spoken.heads).containsExactly(Map.of(ROOM, 4L));
        spoken.reset();
        connection.requests().unsubscribe(ROOM);
        join(ROOM);
        pass(5 * PING_MS);
        assertThat(spoken.heads).as("after another join").containsExactly(Map.of(ROOM, 4L));
    }

    @Test
    void shouldTakeASilentPeerForAbsentAfterTheLeaseAndGiveItUpAfterThePongTimeout() {
        logIn(Duration.ofMinutes(10));
        join(ROOM);
        peer.answers = false;
        pass(LEASE_MS - TICK);
        assertThat(seats.present).containsExactly(ROOM);
        pass(TICK);
        assertThat(seats.present).isEmpty();
        assertThat(peer.aborted).isFalse();
        pass(PING_MS + PONG_MS - LEASE_MS + TICK);
        assertThat(peer.aborted).isTrue();
    }

    @Test
    void shouldTakeAPeerForPresentAtItsNextMessage() {
        logIn(Duration.ofMinutes(10));
        join(ROOM);
        peer.answers = false;
        pass(LEASE_MS);
        assertThat(seats.present).isEmpty();
        connection.received("hello");
        assertThat(seats.present).containsExactly(ROOM);
        pass(TICK);
        assertThat(seats.present).containsExactly(ROOM);
    }

    @Test
    void shouldPingAPeerThatKeepsSendingOnlyNowAndThen() {
        logIn(Duration.ofMinutes(10));
        join(ROOM);
        for (int i = 0; i < 24; i++) {
            connection.received("hello");
            pass(5_000);
        }
        assertThat(peer.pings).as("in two minutes").isBetween(3, 4);
        assertThat(seats.present).containsExactly(ROOM);
        peer.answers = false;
        for (int i = 0; i < 9; i++) {
            connection.received("hello");
            pass(5_000);
        }
        assertThat(peer.aborted).as("it sends, but answers no ping").isTrue();
    }

    @Test
    void shouldCloseInTimeWhenTheTokenExpiresBetweenTwoPings() {
        logIn(Duration.ofSeconds(2));
        pass(2_000 - TICK);
        assertThat(peer.closed).isNull();
        pass(TICK);
        assertThat(peer.closed).isEqualTo(CloseCode.UNAUTHENTICATED);
    }

    @Test
    void shouldCloseInTimeWhenARenewedTokenExpiresSooner() {
        logIn(Duration.ofMinutes(10));
        pass(TICK);
        logIn(Duration.ofSeconds(1));
        pass(1_000);
        assertThat(peer.closed).isEqualTo(CloseCode.UNAUTHENTICATED);
    }

    @Test
    void shouldCloseAPeerThatDoesNotLogIn() {
        pass(Spoken.LOGIN_MS - TICK);
        assertThat(peer.closed).isNull();
        pass(TICK);
        assertThat(peer.closed).isEqualTo(CloseCode.UNAUTHENTICATED);
    }

    @Test
    void shouldCloseASessionThatWasRevokedDuringTheLogIn() {
        revocations.add(Set.of(SESSION));
        logIn(Duration.ofMinutes(10));
        pass(TICK);
        assertThat(peer.closed).isEqualTo(CloseCode.UNAUTHENTICATED);
    }

    @Test
    void shouldTickNoMoreAfterTheEnd() {
        logIn(Duration.ofMinutes(10));
        pass(PING_MS);
        connection.closed();
        ticks = 0;
        pass(60_000);
        assertThat(ticks).isZero();
    }

    private void logIn(Duration valid) {
        if (timer == null) {
            timer = wheel.add(
                    now -> {
                        ticks++;
                        return connection.tick(now);
                    },
                    nowMs);
            connection.open(null);
        }
        connection.authenticated(new Principal(ALICE, SESSION, now().plus(valid)));
    }

    private void join(RoomId room) {
        assertThat(connection
                        .requests()
                        .join(room, new Since(0, null), head -> {})
                        .succeeded())
                .isTrue();
    }

    private void pass(long ms) {
        if (timer == null) {
            timer = wheel.add(connection, nowMs);
            connection.open(null);
        }
        for (long end = nowMs + ms; nowMs < end; ) {
            nowMs += TICK;
            wheel.tick(nowMs);
        }
    }

    private Instant now() {
        return Instant.EPOCH.plusMillis(nowMs);
    }

    private final class Assembly implements Connection.Parts {

        private final ConnectionLimits limits = new ConnectionLimits(
                new ConnectionLimits.Messages(1, 1, 1),
                new ConnectionLimits.LogIn(1, 1),
                new ConnectionLimits.Pings(PING_MS, PONG_MS, 1),
                64,
                100);

        private final RateLimits rates = new RateLimits(
                new LimitSettings(
                        false,
                        new LimitSettings.Messages(1, 1, 1, 1),
                        new LimitSettings.Excess(1, 1),
                        new LimitSettings.Connections(1, 1, 1, 1),
                        1,
                        new LimitSettings.Requests(1, 1, 1, 1),
                        new LimitSettings.Handshakes(1, 1),
                        new LimitSettings.Accounts(1, 1, 1, 1)),
                new NoUsage(),
                limit -> {},
                () -> 0);

        @Override
        public Identity identity(UserConnection user) {
            PasswordHasher hasher = new PasswordHasher(VERTX, new AuthSettings.Hashing(19_456, 2, 1, 1));
            Clock clock = new Clock() {
                @Override
                public ZoneOffset getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now();
                }
            };
            AuthService auth = new AuthService(
                    null,
                    null,
                    null,
                    hasher,
                    null,
                    revocations,
                    null,
                    rates,
                    null,
                    null,
                    clock,
                    new AuthSettings.Lifetimes(60, 1, 1));
            return new Identity(rates, signals, auth, clock, user, Slot.uncounted());
        }

        @Override
        public Subscriptions subscriptions(Subscriber subscriber) {
            return new Subscriptions(hub, signals, subscriber, limits.maxRooms());
        }

        @Override
        public RequestQueue queue(Function<String, Future<?>> taker) {
            return new RequestQueue(peer, world, new NoMeters(), limits.maxPendingRequests(), taker);
        }

        @Override
        public RoomRequests requests(Identity identity, Subscriptions subscriptions, RequestQueue queue) {
            return new RoomRequests(service, hub, null, new NoMeters(), identity, subscriptions, queue);
        }

        @Override
        public KeepAlive keepAlive(long openedAtMs) {
            return new KeepAlive(limits.pings(), LEASE_MS, openedAtMs, 0);
        }

        @Override
        public Language language(Connection of) {
            return spoken;
        }

        @Override
        public long nowMs() {
            return nowMs;
        }

        @Override
        public void tickAt(Connection of, long dueMs) {
            wheel.move(timer, dueMs);
        }

        @Override
        public void closed(Connection of) {
            wheel.cancel(timer);
        }
    }

    /** The other end, which answers pings at once. */
    private final class Peer implements Channel {

        private boolean answers = true;
        private boolean aborted;
        private int pings;
        private int frames;
        private @Nullable CloseCode closed;

        private void reset() {
            pings = 0;
            frames = 0;
        }

        @Override
        public void listen(Listener listener) {}

        @Override
        public void send(byte[] text) {
            frames++;
        }

        @Override
        public void write(ByteBuf frame) {
            frames++;
        }

        @Override
        public String peer() {
            return "127.0.0.1:5000";
        }

        @Override
        public Future<Void> writable() {
            return Future.succeededFuture();
        }

        @Override
        public void ping() {
            pings++;
            if (answers) {
                connection.alive();
            }
        }

        @Override
        public void close(CloseCode code) {
            closed = code;
        }

        @Override
        public void abort() {
            aborted = true;
        }

        @Override
        public boolean isOpen() {
            return closed == null;
        }

        @Override
        public void pauseReading(boolean paused) {}
    }

    /** Language that keeps the heads it was to send. */
    private static final class Spoken implements Language {

        private static final int LOGIN_MS = 5_000;

        private final List<Map<RoomId, Long>> heads = new ArrayList<>();

        private void reset() {
            heads.clear();
        }

        @Override
        public LanguageName name() {
            return LanguageName.JSON;
        }

        @Override
        public byte[] encode(ServerFrame frame) {
            return new byte[0];
        }

        @Override
        public void begin() {}

        @Override
        public Future<?> receive(String text) {
            return Future.succeededFuture();
        }

        @Override
        public void deliver(EventBatch batch) {}

        @Override
        public void signal(Signal.Shown signal) {}

        @Override
        public void presence(RoomPresence presence) {}

        @Override
        public void membershipChanged(RoomId room, @Nullable Room seen) {}

        @Override
        public void heads(Map<RoomId, Long> now) {
            heads.add(now);
        }

        @Override
        public int loginTimeoutMs() {
            return LOGIN_MS;
        }

        @Override
        public boolean endsWithToken() {
            return true;
        }
    }

    /** Rooms in which the connection's user counts as present. */
    private static final class Seats implements Presence, Presence.Listener {

        private final List<RoomId> present = new ArrayList<>();

        @Override
        public Presence.Listener listen(Consumer<List<RoomPresence>> listener) {
            return this;
        }

        @Override
        public void enter(RoomId room, UserId user) {
            present.add(room);
        }

        @Override
        public void exit(RoomId room, UserId user) {
            present.remove(room);
        }

        @Override
        public void close() {}
    }

    private static final class NoSignals implements SignalBus {

        @Override
        public void publish(Signal signal) {}

        @Override
        public Registration listen(Consumer<Signal> listener) {
            return () -> {};
        }
    }

    private static final class NoUsage implements UsageBus {

        @Override
        public int nodes() {
            return 1;
        }

        @Override
        public void publish(List<TokenUsage> usages) {}

        @Override
        public void listen(Consumer<List<TokenUsage>> listener) {}
    }
}
