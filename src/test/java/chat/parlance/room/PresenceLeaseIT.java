package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.Ports;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestCluster;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Users of a node that dies or freezes disappear for the others, and return with the node. */
final class PresenceLeaseIT {

    private static final int GHOST_SECONDS = 15;
    private static final int PATIENCE_SECONDS = 60;

    /** Interval of digests; five of them are a lease that outlasts the test's timeouts. */
    private static final int LONG_DIGEST_MS = 20_000;

    @Test
    void shouldDropUsersOfALostNodeAndRestoreThem() {
        // The thawed node keeps its clients, instead of disconnecting them.
        withBobElsewhere("lease-1", "--watch.cutOffAfterMs=600000", (there, hers) -> {
            there.signal("STOP");
            long frozen = System.nanoTime();
            awaitBob(hers, "departed");
            assertThat(secondsSince(frozen)).as("frozen").isLessThanOrEqualTo(GHOST_SECONDS);
            there.signal("CONT");
            awaitBob(hers, "arrived");
            there.kill();
            long killed = System.nanoTime();
            awaitBob(hers, "departed");
            assertThat(secondsSince(killed)).as("killed").isLessThanOrEqualTo(GHOST_SECONDS);
        });
    }

    @Test
    void shouldLetGhostsGoBeforeTheirLeaseEndsWhenTheClusterNoticesADeath() {
        withBobElsewhere("lease-2", "--cluster.digestIntervalMs=" + LONG_DIGEST_MS, (there, hers) -> {
            there.kill();
            awaitBob(hers, "departed");
        });
    }

    /**
     * Waits until Alice on a node of this process knows that Bob is on another one.
     *
     * @param setting of both nodes
     * @param test receives Bob's node and Alice's connection
     */
    private static void withBobElsewhere(String room, String setting, BiConsumer<NodeProcess, Socket> test) {
        String[] settings = Stream.concat(TestCluster.ofCluster(Ports.free()).stream(), Stream.of(setting))
                .toArray(String[]::new);
        Node here = TestNode.startBeside(settings);
        try (NodeProcess there =
                NodeProcess.start(TestNode.environment(), settings).awaitReady()) {
            Rest alice = Rest.logIn(TestNode.address(), "alice");
            Rest bob = Rest.logIn(TestNode.address(), "bob");
            alice.post("/rooms", Map.of("roomId", room, "memberIds", List.of("bob")));
            try (Socket hers = Socket.authenticated("127.0.0.1:" + here.httpPort(), alice.token());
                    Socket his = Socket.authenticated(there.address(), bob.token())) {
                hers.join(room, 0L);
                his.join(room, 0L);
                awaitBob(hers, "arrived");
                test.accept(there, hers);
            }
        } finally {
            here.stop();
        }
    }

    private static void awaitBob(Socket socket, String change) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        JsonObject frame = socket.await(heard -> true);
        while (!has(frame, change) && !(change.equals("arrived") && has(frame, "userIds"))) {
            assertThat(System.nanoTime()).as("bob has not " + change).isLessThan(end);
            frame = socket.await(heard -> true);
        }
    }

    private static boolean has(JsonObject frame, String users) {
        return frame.getJsonArray(users, new JsonArray()).contains("bob");
    }

    private static long secondsSince(long nanoTime) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - nanoTime);
    }
}
