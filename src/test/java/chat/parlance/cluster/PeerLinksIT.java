package chat.parlance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Memory;
import chat.parlance.testing.Ports;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBusOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a node holds in memory for another one that has stopped reading. */
final class PeerLinksIT {

    private static final int LIMIT_BYTES = 1 << 20;
    private static final int MESSAGE_BYTES = 8 << 10;
    private static final int MESSAGES = 8 << 10;

    /** What else comes and goes on the heap and in Netty's pools: an eighth of what is sent. */
    private static final int SLACK_BYTES = 8 << 20;

    private static final int PATIENCE_SECONDS = 60;

    @Test
    void shouldHoldNoMoreThanTheBoundForAFrozenPeer() throws Exception {
        int port = Ports.free();
        Vertx here = await(join(port));
        Vertx there = await(join(port));
        CountDownLatch frozen = new CountDownLatch(1);
        CountDownLatch thawed = new CountDownLatch(1);
        CountDownLatch heard = new CountDownLatch(1);
        Counted counted = new Counted();
        PeerLinks links = new PeerLinks(here.eventBus(), PeerTraffic.EVENTS, node -> node, LIMIT_BYTES, counted);
        try {
            await(there.eventBus()
                    .<Buffer>consumer("there", message -> heard.countDown())
                    .completion());
            links.send("there", Buffer.buffer(new byte[MESSAGE_BYTES]));
            assertThat(heard.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            there.runOnContext(turn -> {
                frozen.countDown();
                awaitQuietly(thawed);
            });
            assertThat(frozen.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

            long before = Memory.usedBytes();
            for (int i = 1; i < MESSAGES; i++) {
                links.send("there", Buffer.buffer(new byte[MESSAGE_BYTES]));
            }
            long grown = Memory.usedBytes() - before;

            assertThat(grown).isLessThan(LIMIT_BYTES + SLACK_BYTES);
            assertThat(counted.dropped.get()).isPositive();
            assertThat(counted.sent.get() + counted.dropped.get()).isEqualTo((long) MESSAGES * MESSAGE_BYTES);
        } finally {
            thawed.countDown();
            await(there.close());
            await(here.close());
        }
    }

    /** With one event loop, which can be held up, and a bus that waits for it for longer than the test takes. */
    private static Future<Vertx> join(int port) {
        int patienceMs = (int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS);
        EventBusOptions bus = new EventBusOptions()
                .setPort(0)
                .setClusterPingInterval(patienceMs)
                .setClusterPingReplyInterval(patienceMs);
        VertxOptions options = new VertxOptions()
                .setEventLoopPoolSize(1)
                .setBlockedThreadCheckInterval(patienceMs)
                .setEventBusOptions(bus);
        Cluster.Settings settings = new Cluster.Settings(
                "links-" + port, "127.0.0.1", port, List.of("127.0.0.1:" + port, "127.0.0.1:" + (port + 1)));
        return Cluster.join(options, settings).map(Cluster::vertx);
    }

    private static <T> T await(Future<T> future) throws Exception {
        CompletableFuture<T> awaited = future.toCompletionStage().toCompletableFuture();
        return awaited.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
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
    }
}
