package chat.parlance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.model.RoomId;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AnnouncerTest {

    private static final int PATIENCE_SECONDS = 10;
    private static final RoomId DEV = new RoomId("dev");

    private final Vertx vertx = Vertx.vertx();
    private final Set<RoomId> here = ConcurrentHashMap.newKeySet();
    private final Set<RoomId> seenThere = ConcurrentHashMap.newKeySet();
    private final AtomicLong droppedBytes = new AtomicLong();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldTellChangesToThoseItKnows() {
        Announcer<RoomId> announcer = start(1 << 20, 3_600_000);
        here.add(DEV);
        announcer.changed(DEV);
        await(true);
        here.remove(DEV);
        announcer.changed(DEV);
        await(false);
        assertThat(droppedBytes).hasValue(0);
    }

    @Test
    void shouldMakeGoodByDigestsWhatAPeerDoesNotTake() {
        Announcer<RoomId> announcer = start(0, 200);
        here.add(DEV);
        announcer.changed(DEV);
        await(true);
        here.remove(DEV);
        announcer.changed(DEV);
        await(false);
        assertThat(droppedBytes).hasPositiveValue();
    }

    @Test
    void shouldNotAnswerEveryDigestOfANodeThatItDoesNotGetToKnow() {
        AtomicLong said = new AtomicLong();
        vertx.eventBus().<Buffer>consumer(Subject.ROOMS.address(), message -> {
            if (Announcement.decode(message.body(), Subject.ROOMS).node().equals("here")) {
                said.incrementAndGet();
            }
        });
        deploy(announcer("here", new PeerSets<>(new Nothing()), 0, 3_600_000));
        for (int i = 0; i < 100; i++) {
            hear("silent");
        }
        hear("last");
        // At its start, to the silent one, and to the last one.
        await(() -> said.get() >= 3);
        assertThat(said).hasValue(3);
    }

    private void hear(String node) {
        vertx.eventBus()
                .publish(Subject.ROOMS.address(), new Announcement.Digest<RoomId>(node, 7).encode(Subject.ROOMS));
    }

    /** Two nodes on one bus that know each other. */
    private Announcer<RoomId> start(long limitBytes, int digestIntervalMs) {
        PeerSets<RoomId> there = new PeerSets<>(new Seen());
        PeerSets<RoomId> peers = new PeerSets<>(new Nothing());
        Announcer<RoomId> announcer = announcer("here", peers, limitBytes, digestIntervalMs);
        deploy(announcer("there", there, limitBytes, digestIntervalMs));
        deploy(announcer);
        await(() -> peers.known().contains("there") && there.known().contains("here"));
        return announcer;
    }

    private Announcer<RoomId> announcer(String node, PeerSets<RoomId> peers, long limitBytes, int digestIntervalMs) {
        return new Announcer<>(
                node,
                Subject.ROOMS,
                here::contains,
                peers,
                new PeerLinks(
                        vertx.eventBus(),
                        PeerTraffic.ROOMS,
                        Subject.ROOMS::addressOfChanges,
                        limitBytes,
                        new Dropped()),
                forgotten -> {},
                new Announcer.Settings(1, digestIntervalMs));
    }

    private void deploy(Announcer<RoomId> announcer) {
        vertx.deployVerticle(announcer)
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

    private final class Seen implements PeerSets.Observer<RoomId> {

        @Override
        public void added(String node, RoomId room) {
            seenThere.add(room);
        }

        @Override
        public void removed(String node, RoomId room) {
            seenThere.remove(room);
        }
    }

    private static final class Nothing implements PeerSets.Observer<RoomId> {

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
    }
}
