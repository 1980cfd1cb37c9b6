package chat.parlance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.bus.MessageParts;
import chat.parlance.model.RoomId;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SetReplicatorTest {

    private static final int PATIENCE_SECONDS = 10;
    private static final RoomId DEV = new RoomId("dev");

    private final Vertx vertx = Vertx.vertx();
    private final Set<RoomId> here = ConcurrentHashMap.newKeySet();
    private final Set<RoomId> seenThere = ConcurrentHashMap.newKeySet();
    private final AtomicLong droppedBytes = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final Set<String> members = ConcurrentHashMap.newKeySet();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldTellChangesToThoseItKnows() {
        SetReplicator<RoomId> replicator = start(1 << 20, 3_600_000);
        here.add(DEV);
        replicator.changed(DEV);
        await(true);
        here.remove(DEV);
        replicator.changed(DEV);
        await(false);
        assertThat(droppedBytes).hasValue(0);
    }

    @Test
    void shouldRecoverByDigestsFromMessagesThatAPeerDoesNotRead() {
        SetReplicator<RoomId> replicator = start(0, 200);
        here.add(DEV);
        replicator.changed(DEV);
        await(true);
        here.remove(DEV);
        replicator.changed(DEV);
        await(false);
        assertThat(droppedBytes).hasPositiveValue();
    }

    @Test
    void shouldNotAnswerEveryDigestOfANodeThatItDoesNotGetToKnow() {
        AtomicLong said = new AtomicLong();
        vertx.eventBus().<Buffer>consumer(ReplicatedSet.ROOMS.address(), message -> {
            if (ReplicationMessage.decode(message.body(), ReplicatedSet.ROOMS)
                    .node()
                    .equals("here")) {
                said.incrementAndGet();
            }
        });
        members.addAll(Set.of("silent", "last"));
        deploy(replicator("here", new PeerReplicas<>(new Nothing()), 0, 3_600_000));
        for (int i = 0; i < 100; i++) {
            hear("silent");
        }
        hear("last");
        // At its start, to the silent one, and to the last one.
        await(() -> said.get() >= 3);
        assertThat(said).hasValue(3);
    }

    @Test
    void shouldIgnoreNodesThatAreNoMembers() {
        members.add("there");
        PeerReplicas<RoomId> peers = new PeerReplicas<>(new Seen());
        deploy(replicator("here", peers, 1 << 20, 3_600_000));
        say(new ReplicationMessage.Part<>("stranger", 1, 0, true, List.of(DEV)));
        say(new ReplicationMessage.Part<>("there", 1, 0, true, List.of()));
        await(() -> peers.known().contains("there"));
        assertThat(peers.known()).containsExactly("there");
        assertThat(seenThere).isEmpty();
    }

    @Test
    void shouldDropMalformedMessagesAndContinue() {
        members.add("there");
        PeerReplicas<RoomId> peers = new PeerReplicas<>(new Seen());
        deploy(replicator("here", peers, 1 << 20, 3_600_000));
        List<Object> broken = List.of(
                Buffer.buffer(),
                Buffer.buffer("noise"),
                new ReplicationMessage.Digest<RoomId>("there", -1).encode(ReplicatedSet.ROOMS),
                new ReplicationMessage.Part<RoomId>("there", 1, 0, true, List.of())
                        .encode(ReplicatedSet.ROOMS)
                        .appendByte((byte) 0),
                new JsonObject().put("node", "there"),
                "text");
        broken.forEach(message -> vertx.eventBus().publish(ReplicatedSet.ROOMS.addressOfChanges("here"), message));
        vertx.eventBus().publish(ReplicatedSet.ROOMS.addressOfAll("here"), Buffer.buffer("noise"));
        say(new ReplicationMessage.Part<>("there", 1, 0, true, List.of(DEV)));
        await(true);
        assertThat(refused).hasValue(broken.size() + 1);
    }

    @Test
    void shouldSendASetLargerThanAMessage() {
        for (int i = 0; i < 3 * MessageParts.MAX_ELEMENTS; i++) {
            here.add(new RoomId("room-" + i));
        }
        PeerReplicas<RoomId> there = new PeerReplicas<>(new Seen());
        members.addAll(Set.of("here", "there"));
        SetReplicator<RoomId> replicator = replicator("here", new PeerReplicas<>(new Nothing()), 0, 200);
        deploy(replicator);
        here.forEach(replicator::changed);
        deploy(replicator("there", there, 0, 200));
        await(() -> seenThere.size() == here.size());
        assertThat(seenThere).isEqualTo(here);
        assertThat(refused).hasValue(0);
    }

    private void say(ReplicationMessage<RoomId> announcement) {
        vertx.eventBus()
                .publish(ReplicatedSet.ROOMS.addressOfChanges("here"), announcement.encode(ReplicatedSet.ROOMS));
    }

    private void hear(String node) {
        vertx.eventBus()
                .publish(
                        ReplicatedSet.ROOMS.address(),
                        new ReplicationMessage.Digest<RoomId>(node, 7).encode(ReplicatedSet.ROOMS));
    }

    /** Two nodes on one bus that know each other. */
    private SetReplicator<RoomId> start(long limitBytes, int digestIntervalMs) {
        PeerReplicas<RoomId> there = new PeerReplicas<>(new Seen());
        PeerReplicas<RoomId> peers = new PeerReplicas<>(new Nothing());
        members.addAll(Set.of("here", "there"));
        SetReplicator<RoomId> replicator = replicator("here", peers, limitBytes, digestIntervalMs);
        deploy(replicator("there", there, limitBytes, digestIntervalMs));
        deploy(replicator);
        await(() -> peers.known().contains("there") && there.known().contains("here"));
        return replicator;
    }

    private SetReplicator<RoomId> replicator(
            String node, PeerReplicas<RoomId> peers, long limitBytes, int digestIntervalMs) {
        return new SetReplicator<>(
                node,
                members::contains,
                ReplicatedSet.ROOMS,
                here::contains,
                peers,
                new PeerLinks(
                        vertx.eventBus(),
                        PeerTraffic.ROOMS,
                        ReplicatedSet.ROOMS::addressOfChanges,
                        limitBytes,
                        new Dropped()),
                new BusConsumers(vertx, new PeerRefusals(new Dropped(), System::nanoTime)),
                forgotten -> {},
                new SetReplicator.Settings(1, digestIntervalMs));
    }

    private void deploy(SetReplicator<RoomId> replicator) {
        vertx.deployVerticle(replicator)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void await(boolean seen) {
        await(() -> seenThere.contains(DEV) == seen);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("not in time").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private final class Seen implements PeerReplicas.Observer<RoomId> {

        @Override
        public void added(String node, RoomId room) {
            seenThere.add(room);
        }

        @Override
        public void removed(String node, RoomId room) {
            seenThere.remove(room);
        }
    }

    private static final class Nothing implements PeerReplicas.Observer<RoomId> {

        @Override
        public void added(String node, RoomId room) {}

        @Override
        public void removed(String node, RoomId room) {}
    }

    private final class Dropped implements PeerMeters {

        @Override
        public void sent(PeerTraffic traffic, int bytes) {}

        @Override
        public void dropped(PeerTraffic traffic, int bytes) {
            droppedBytes.addAndGet(bytes);
        }

        @Override
        public void delivered(DeliveryPath path, long lagMs) {}

        @Override
        public void refused(PeerRefusal of) {
            refused.incrementAndGet();
        }
    }
}
