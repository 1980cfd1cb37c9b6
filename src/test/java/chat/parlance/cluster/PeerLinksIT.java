package chat.parlance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import chat.parlance.setting.Secret;
import chat.parlance.testing.Await;
import chat.parlance.testing.Memory;
import chat.parlance.testing.Ports;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBusOptions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Memory that a node holds for another one that has stopped reading, and its duration. */
final class PeerLinksIT {

    private static final int LIMIT_BYTES = 1 << 20;
    private static final int MESSAGE_BYTES = 8 << 10;
    private static final int MESSAGES = 8 << 10;

    /** Other memory that varies on the heap and in Netty's pools: an eighth of the sent bytes. */
    private static final int SLACK_BYTES = 8 << 20;

    private static final int PATIENCE_SECONDS = 60;
    private static final int PATIENCE_MS = PATIENCE_SECONDS * 1000;
    private static final int AGAIN_MS = 100;
    private static final int DROPPED_WHEN_FULL = 10;

    /** Half of what the limit admits. */
    private static final int TAKEN_WHEN_EMPTY = LIMIT_BYTES / MESSAGE_BYTES / 2;

    @Test
    void shouldHoldNoMoreThanTheBoundForAPeer() throws Exception {
        EventBusOptions patient = new EventBusOptions()
                .setPort(0)
                .setClusterPingInterval(PATIENCE_MS)
                .setClusterPingReplyInterval(PATIENCE_MS);
        try (Peer peer = Peer.of(patient)) {
            peer.freeze();
            long before = Memory.usedBytes();
            for (int i = 1; i < MESSAGES; i++) {
                peer.send();
            }
            long grown = Memory.usedBytes() - before;

            assertThat(grown).isLessThan(LIMIT_BYTES + SLACK_BYTES);
            assertThat(peer.droppedBytes()).isPositive();
            assertThat(peer.sentBytes() + peer.droppedBytes()).isEqualTo((long) MESSAGES * MESSAGE_BYTES);
        }
    }

    @Test
    void shouldDropMessagesThatAPeerDoesNotRead() throws Exception {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        logged.start();
        root.addAppender(logged);
        try (Peer peer = Peer.of(Cluster.busOptions(0))) {
            peer.freeze();
            peer.fill();
            // One after the other is given up, so that one that is taken does not mean that there is room for more.
            Await.until("what was on its way is given up", PATIENCE_MS, () -> peer.takes(TAKEN_WHEN_EMPTY));
        } finally {
            root.detachAppender(logged);
        }
        assertThat(logged.list)
                .as("what operators are told of lost messages, which were hints")
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(message -> message.contains("Unhandled exception"));
    }

    /** A node whose only event loop can be blocked, as seen by another one that has sent to it before. */
    private static final class Peer implements AutoCloseable {

        private static final String ADDRESS = "parlance.events.frozen";

        private final Vertx here;
        private final Vertx there;
        private final PeerLinks links;
        private final Counted counted = new Counted();
        private final CountDownLatch thawed = new CountDownLatch(1);

        private Peer(Vertx here, Vertx there) {
            this.here = here;
            this.there = there;
            this.links = new PeerLinks(here.eventBus(), PeerTraffic.EVENTS, node -> node, LIMIT_BYTES, counted);
        }

        static Peer of(EventBusOptions bus) {
            int port = Ports.free();
            return new Peer(await(join(port, bus)), await(join(port, bus)));
        }

        void freeze() throws InterruptedException {
            CountDownLatch heard = new CountDownLatch(1);
            CountDownLatch frozen = new CountDownLatch(1);
            await(there.eventBus()
                    .<Buffer>consumer(ADDRESS, message -> heard.countDown())
                    .completion());
            send();
            assertThat(heard.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            there.runOnContext(turn -> {
                frozen.countDown();
                awaitQuietly(thawed);
            });
            assertThat(frozen.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }

        void send() {
            links.send(ADDRESS, Buffer.buffer(new byte[MESSAGE_BYTES]));
        }

        /**
         * Sends until the sockets have taken what they can. Nothing tells when the kernel has taken its last byte, so they are
         * full when messages are dropped for a time.
         */
        void fill() throws InterruptedException {
            for (int dropped = 0; dropped < DROPPED_WHEN_FULL; dropped++) {
                while (takes()) {
                    dropped = 0;
                }
                TimeUnit.MILLISECONDS.sleep(AGAIN_MS);
            }
        }

        /** Sends messages until one is dropped; true when none of so many was. */
        boolean takes(int messages) {
            int taken = 0;
            while (taken < messages && takes()) {
                taken++;
            }
            return taken == messages;
        }

        /** Sends one message, and tells whether it was not dropped. */
        boolean takes() {
            long before = sentBytes();
            send();
            return sentBytes() > before;
        }

        long sentBytes() {
            return counted.sent.get();
        }

        long droppedBytes() {
            return counted.dropped.get();
        }

        @Override
        public void close() {
            thawed.countDown();
            await(there.close());
            await(here.close());
        }

        private static Future<Vertx> join(int port, EventBusOptions bus) {
            VertxOptions options = new VertxOptions()
                    .setEventLoopPoolSize(1)
                    .setBlockedThreadCheckInterval(PATIENCE_MS)
                    .setEventBusOptions(new EventBusOptions(bus));
            ClusterSettings.Joining settings = new ClusterSettings.Joining(
                    "links-" + port,
                    new Secret("a secret for tests of at least 32 bytes"),
                    "127.0.0.1",
                    port,
                    List.of("127.0.0.1:" + port, "127.0.0.1:" + (port + 1)));
            NodeIdentity identity = new NodeIdentity("node-" + port + "-" + UUID.randomUUID(), "links");
            return Cluster.join(options, identity, settings, new BusSecurity(null, 4 << 20), new Counted())
                    .map(Cluster::vertx);
        }

        private static <T> T await(Future<T> future) {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        }

        private static void awaitQuietly(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class Counted implements PeerMeters {

        private final AtomicLong sent = new AtomicLong();
        private final AtomicLong dropped = new AtomicLong();

        @Override
        public void sent(PeerTraffic traffic, int bytes) {
            sent.addAndGet(bytes);
        }

        @Override
        public void dropped(PeerTraffic traffic, int bytes) {
            dropped.addAndGet(bytes);
        }

        @Override
        public void delivered(DeliveryPath path, long lagMs) {}

        @Override
        public void refused(PeerRefusal of) {}
    }
}
