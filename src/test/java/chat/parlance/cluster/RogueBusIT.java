package chat.parlance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.bus.BusAddress;
import chat.parlance.bus.BusWriter;
import chat.parlance.bus.EventBodyCodec;
import chat.parlance.bus.EventsMessage;
import chat.parlance.model.ClientId;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.RoomId;
import chat.parlance.model.Stamp;
import chat.parlance.model.UserId;
import chat.parlance.persistence.ForgedAppend;
import chat.parlance.room.Fixtures;
import chat.parlance.room.Signal;
import chat.parlance.testing.Alerts;
import chat.parlance.testing.Counters;
import chat.parlance.testing.Memory;
import chat.parlance.testing.Ports;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestCluster;
import chat.parlance.testing.TestNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Peers on the event bus of a node in a cluster that are no nodes, and a node that is broken. */
final class RogueBusIT {

    private static final ClusterSecret SECRET = new ClusterSecret(TestNode.KEY);
    private static final ClusterSecret OTHER = new ClusterSecret("another secret of at least 32 bytes....");
    private static final int BUS_PORT = Ports.free();
    private static final int CLUSTER_PORT = Ports.free();
    private static final int FRAME_BYTES = 4 << 20;
    private static final long JUNK_BYTES = 100L << 20;

    /** Other memory that varies meanwhile; a tenth of the junk would be more. */
    private static final long SLACK_BYTES = 8L << 20;

    private static final UserId ALICE = new UserId("alice");
    private static final UserId BOB = new UserId("bob");

    /** Number of connections in the test of crowding, each of which costs a node only a socket. */
    private static final int SILENT = 500;

    /** A debt of two bursts is refilled in four seconds. */
    private static final int MAX_TRIES = 80;

    private static final long AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private static Node node;
    private static String management;

    private final RoomId room = new RoomId("rogue-" + System.nanoTime());
    private Rest alice;
    private Rest bob;
    private Socket hers;
    private Socket his;
    private String nodeId;

    @BeforeAll
    static void startNode() {
        List<String> settings = new ArrayList<>(TestCluster.ofCluster(CLUSTER_PORT));
        settings.add("--cluster.busPort=" + BUS_PORT);
        settings.add("--limits.enabled=true");
        node = TestNode.startBeside(settings.toArray(String[]::new));
        management = "127.0.0.1:" + node.managementPort();
    }

    @AfterAll
    static void stopNode() {
        node.stop();
    }

    @BeforeEach
    void meet() {
        String address = "127.0.0.1:" + node.httpPort();
        alice = Rest.logIn(TestNode.address(), "alice");
        bob = Rest.logIn(TestNode.address(), "bob");
        alice.post("/rooms", Map.of("roomId", room.value(), "memberIds", List.of("bob")));
        hers = Socket.open("ws://" + address + "/ws", Map.of());
        hers.send(Map.of("type", "auth", "token", alice.token()));
        nodeId = hers.await("welcome").getString("node");
        hers.join(room.value(), 2L);
        his = Socket.authenticated(address, bob.token());
        his.join(room.value(), 2L);
    }

    @AfterEach
    void part() {
        hers.close();
        his.close();
    }

    @Test
    void shouldBelieveNothingWithoutTls() throws Exception {
        try (BusPeer rogue = BusPeer.plain(BUS_PORT)) {
            attack(rogue);
        }
    }

    @Test
    void shouldBelieveNothingOfAClientWithoutACertificate() throws Exception {
        try (BusPeer rogue = BusPeer.tls(BUS_PORT, null)) {
            attack(rogue);
        }
    }

    @Test
    void shouldBelieveNothingOfAClientWithACertificateOfAnotherKey() throws Exception {
        try (BusPeer rogue = BusPeer.tls(BUS_PORT, OTHER)) {
            attack(rogue);
        }
    }

    /**
     * The same bytes have an effect when a peer with the secret sends them, which proves that the tests above mean
     * something.
     */
    @Test
    void shouldTakeTheSameFromAPeerThatHasTheSecret() throws Exception {
        try (BusPeer peer = BusPeer.tls(BUS_PORT, SECRET)) {
            peer.send(BusWire.named(ForgedAppend.CODEC, BusAddress.APPEND, append()));
            JsonObject appended = hers.awaitEvents(1).getFirst();
            assertThat(appended.getString("text")).isEqualTo("forged append");
            Stamp previous = Stamp.parse(appended.getString("stamp"));
            peer.send(BusWire.message(BusAddress.events(nodeId), event(4, previous, message("forged event"))));
            assertThat(hers.awaitEvents(1).getFirst().getString("text")).isEqualTo("forged event");
        }
    }

    @Test
    void shouldBoundTheReportsOfABrokenPeer() throws Exception {
        String scrape = Alerts.scrape(management);
        double before = Counters.of(management, "parlance_peer_refused_total{of=\"signals\"}");
        Buffer serialized = Buffer.buffer(BusWire.frame(BusWire.CODEC_SERIALIZED, "", BusAddress.ROOMS, new byte[99])
                .array());
        try (BusPeer peer = BusPeer.tls(BUS_PORT, SECRET)) {
            peer.send(BusWire.message(BusAddress.usage(nodeId), spending(Long.MAX_VALUE)));
            peer.send(BusWire.message(BusAddress.usage(nodeId), spending(-1)));
            peer.send(BusWire.message(
                    ReplicatedSet.PRESENCE.addressOfChanges(nodeId),
                    new ReplicationMessage.Part<>(
                                    "no-member", 1, 0, true, List.of(new PresenceEntry(room, new UserId("ghost"))))
                            .encode(ReplicatedSet.PRESENCE)));
            peer.send(
                    BusWire.message(BusAddress.events(nodeId), event(Long.MIN_VALUE, Fixtures.stamp(1), message("x"))));
            peer.send(serialized.getBytes(0, Integer.BYTES + serialized.getInt(0)));
            peer.send(BusWire.message(BusAddress.signals(nodeId), Buffer.buffer("noise")));
            peer.send(BusWire.ping());
            assertThat(peer.read()).as("the connection goes on").isEqualTo(1);
        }
        Counters.await(management, "parlance_peer_refused_total{of=\"signals\"}", before + 1);
        for (String of : List.of("spending", "events", "frames")) {
            Counters.await(management, "parlance_peer_refused_total{of=\"" + of + "\"}", 1);
        }
        Alerts.assertFires("ParlanceStrangers", scrape, Alerts.scrape(management));
        assertServes();
    }

    @Test
    void shouldHoldNothingOfJunkAndForgedLengths() throws Exception {
        byte[] length = Buffer.buffer().appendInt(Integer.MAX_VALUE).getBytes();
        assertServes();
        long before = Memory.usedBytes();
        for (boolean tls : new boolean[] {false, true}) {
            for (byte[] first : List.of(new byte[0], length)) {
                try (BusPeer rogue = tls ? BusPeer.tls(BUS_PORT, null) : BusPeer.plain(BUS_PORT)) {
                    rogue.send(first);
                    rogue.sendJunk(JUNK_BYTES);
                    assertThat(rogue.isClosed()).isTrue();
                }
            }
        }
        assertThat(Memory.usedBytes() - before).isLessThan(SLACK_BYTES);
        assertServes();
    }

    @Test
    void shouldEndTheConnectionOfAPeerThatSendsALongerFrameThanNodesDo() throws Exception {
        assertServes();
        long before = Memory.usedBytes();
        for (int length : new int[] {Integer.MAX_VALUE, -1, FRAME_BYTES + 1}) {
            try (BusPeer broken = BusPeer.tls(BUS_PORT, SECRET)) {
                broken.send(Buffer.buffer().appendInt(length).getBytes());
                broken.sendJunk(JUNK_BYTES);
                assertThat(broken.isClosed()).isTrue();
            }
        }
        assertThat(Memory.usedBytes() - before).isLessThan(SLACK_BYTES);
        assertServes();
    }

    @Test
    void shouldTakeTheLongestFrame() throws Exception {
        String address = BusAddress.events(nodeId);
        int envelope = BusWire.message(address, Buffer.buffer()).length - Integer.BYTES;
        byte[] longest = BusWire.message(address, Buffer.buffer(new byte[FRAME_BYTES - envelope]));
        assertThat(longest).hasSize(Integer.BYTES + FRAME_BYTES);
        double before = Counters.of(management, "parlance_peer_refused_total{of=\"events\"}");
        try (BusPeer peer = BusPeer.tls(BUS_PORT, SECRET)) {
            peer.send(longest);
            peer.send(BusWire.ping());
            assertThat(peer.read()).isEqualTo(1);
        }
        // It reached the consumer, which refuses it.
        Counters.await(management, "parlance_peer_refused_total{of=\"events\"}", before + 1);
    }

    @Test
    void shouldLetANodeInBesideManySilentConnections() throws Exception {
        Node other = null;
        try (Crowd crowd = new Crowd()) {
            other = TestNode.startBeside(TestCluster.ofCluster(CLUSTER_PORT).toArray(String[]::new));
            Counters.await(management, "parlance_peers", 1);
            Counters.await("127.0.0.1:" + other.managementPort(), "parlance_peers", 1);
            try (Socket there = Socket.authenticated("127.0.0.1:" + other.httpPort(), alice.token())) {
                there.join(room.value(), 2L);
                there.send(Map.of("type", "typing", "roomId", room.value()));
                his.await("userTyping");
            }
            assertThat(crowd.areClosed()).as("silent connections").isTrue();
        } finally {
            if (other != null) {
                other.stop();
            }
        }
    }

    /** Many silent connections, and as many new ones every second, as long as it is open. */
    private static final class Crowd implements AutoCloseable {

        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        private final Future<?> coming;
        private List<BusPeer> silent = new ArrayList<>();

        Crowd() {
            coming = clock.scheduleAtFixedRate(this::come, 0, 1, TimeUnit.SECONDS);
        }

        private synchronized void come() {
            leave();
            try {
                for (int i = 0; i < SILENT; i++) {
                    silent.add(BusPeer.plain(BUS_PORT));
                }
            } catch (IOException full) {
                // As many as the system allows.
            }
        }

        private synchronized void leave() {
            silent.forEach(BusPeer::close);
            silent = new ArrayList<>();
        }

        /** Waits until the present ones are closed. */
        boolean areClosed() {
            coming.cancel(false);
            clock.shutdownNow();
            synchronized (this) {
                return !silent.isEmpty() && silent.stream().allMatch(BusPeer::isClosed);
            }
        }

        @Override
        public void close() {
            coming.cancel(false);
            clock.shutdownNow();
            leave();
        }
    }

    /** All forged messages of the attack for which this is the regression test. */
    private void attack(BusPeer rogue) throws Exception {
        double refused = Counters.of(management, "parlance_peer_refused_total{of=\"connections\"}");
        Event kicked = new Event(
                room,
                4,
                Fixtures.stamp(4),
                Fixtures.stamp(3),
                Instant.now(),
                ALICE,
                new EventBody.MembershipChanged(BOB, MembershipChange.KICKED));
        List<byte[]> forged = List.of(
                BusWire.named(ForgedAppend.CODEC, BusAddress.APPEND, append()),
                BusWire.message(BusAddress.events(nodeId), event(3, message("forged event"))),
                BusWire.message(
                        BusAddress.events(nodeId),
                        EventsMessage.encode(List.of(kicked)).getFirst()),
                BusWire.message(
                        BusAddress.signals(nodeId),
                        SignalsMessage.encode(
                                List.of(new Signal.MembershipChanged(room, BOB), new Signal.Typing(room, ALICE)))),
                BusWire.message(BusAddress.usage(nodeId), spending(5_000_000_000L)),
                BusWire.message(
                        ReplicatedSet.PRESENCE.addressOfChanges(nodeId),
                        new ReplicationMessage.Part<>(
                                        nodeId, 1, 0, true, List.of(new PresenceEntry(room, new UserId("ghost"))))
                                .encode(ReplicatedSet.PRESENCE)));
        try {
            for (byte[] frame : forged) {
                rogue.send(frame);
            }
        } catch (IOException closed) {
            // Already after the first ones.
        }
        assertThat(rogue.isClosed()).isTrue();
        Counters.await(management, "parlance_peer_refused_total{of=\"connections\"}", refused + 1);
        JsonObject history = new JsonObject(
                alice.get("/rooms/" + room + "/messages?limit=50").body());
        assertThat(history.encode()).doesNotContain("forged");
        assertServes();
    }

    /** Checks that bob is a member and not locked out, and that alice receives his next message. */
    private void assertServes() {
        String id = "m" + System.nanoTime();
        boolean acked = false;
        for (int tries = 0; !acked && tries < MAX_TRIES; tries++) {
            his.post(room.value(), id, "still here");
            JsonObject answer = his.await(frame -> List.of("ack", "error").contains(frame.getString("type")));
            acked = answer.getString("type").equals("ack");
            if (!acked) {
                assertThat(answer.getString("code")).isEqualTo("rate.limited");
                LockSupport.parkNanos(AGAIN_NS);
            }
        }
        assertThat(acked).as("bob can post").isTrue();
        JsonObject shown = hers.awaitEvents(1).getFirst();
        assertThat(shown.getString("text")).isEqualTo("still here");
        assertThat(shown.getString("sender")).isEqualTo("bob");
    }

    private EventBody.Posted message(String text) {
        return new EventBody.Message(new ClientId("f" + System.nanoTime()), text);
    }

    private Buffer event(long seq, EventBody body) {
        return event(seq, Fixtures.stamp(seq - 1), body);
    }

    /** @param previous the stamp of the event before, by which a node knows if it follows */
    private Buffer event(long seq, Stamp previous, EventBody body) {
        Buffer buffer = Buffer.buffer();
        BusWriter out = new BusWriter(buffer);
        out.list(List.of(seq), number -> {
            out.string(room.value());
            out.number(number);
            out.number(Fixtures.stamp(42).value());
            out.number(previous.value());
            out.number(System.currentTimeMillis());
            out.string(ALICE.value());
            EventBodyCodec.write(body, out);
        });
        return buffer;
    }

    private Buffer append() {
        return ForgedAppend.of(room, ALICE, message("forged append"));
    }

    private static Buffer spending(long tokens) {
        Buffer buffer = Buffer.buffer();
        BusWriter out = new BusWriter(buffer);
        out.list(List.of(tokens), number -> {
            out.string("bob");
            out.number(number);
        });
        return buffer;
    }
}
