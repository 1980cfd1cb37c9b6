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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who was connected to a node that dies or freezes is gone for the others, and back when the node is. */
final class PresenceLeaseIT {

    private static final int GHOST_SECONDS = 15;
    private static final int PATIENCE_SECONDS = 60;

    /** Five of them are a lease that outlasts the patience. */
    private static final int LONG_DIGEST_MS = 20_000;

    @Test
    void shouldLetNoGhostsStayAndBringBackWhoIsBack() {
        List<String> cluster = TestCluster.ofCluster(Ports.free());
        // The node keeps its clients when it is thawed, instead of sending them to another one.
        List<String> patient = new ArrayList<>(cluster);
        patient.add("--watch.cutOffAfterMs=600000");
        Node here = TestNode.startBeside(cluster.toArray(String[]::new));
        try (NodeProcess there = start(patient)) {
            Rest alice = Rest.logIn(TestNode.address(), "alice");
            Rest bob = Rest.logIn(TestNode.address(), "bob");
            alice.post("/rooms", Map.of("roomId", "lease-1", "members", List.of("bob")));
            try (Socket hers = Socket.authenticated("127.0.0.1:" + here.httpPort(), alice.token());
                    Socket his = Socket.authenticated(there.address(), bob.token())) {
                hers.join("lease-1", 0L);
                his.join("lease-1", 0L);
                awaitBob(hers, "arrived");
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
            }
        } finally {
            here.stop();
        }
    }

    @Test
    void shouldLetGhostsGoBeforeTheirLeaseEndsWhenTheClusterNoticesADeath() {
        List<String> cluster = new ArrayList<>(TestCluster.ofCluster(Ports.free()));
        cluster.add("--cluster.digestIntervalMs=" + LONG_DIGEST_MS);
        Node here = TestNode.startBeside(cluster.toArray(String[]::new));
        try (NodeProcess there = start(cluster)) {
            Rest alice = Rest.logIn(TestNode.address(), "alice");
            Rest bob = Rest.logIn(TestNode.address(), "bob");
            alice.post("/rooms", Map.of("roomId", "lease-2", "members", List.of("bob")));
            try (Socket hers = Socket.authenticated("127.0.0.1:" + here.httpPort(), alice.token());
                    Socket his = Socket.authenticated(there.address(), bob.token())) {
                hers.join("lease-2", 0L);
                his.join("lease-2", 0L);
                awaitBob(hers, "arrived");
                there.kill();
                awaitBob(hers, "departed");
            }
        } finally {
            here.stop();
        }
    }

    private static NodeProcess start(List<String> settings) {
        return NodeProcess.start(
                        Map.of("PARLANCE_POSTGRES_URI", TestNode.postgresUri(), "PARLANCE_AUTH_KEY", TestNode.KEY),
                        settings.toArray(String[]::new))
                .awaitReady();
    }

    private static void awaitBob(Socket socket, String change) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        JsonObject frame = socket.await(heard -> true);
        while (!has(frame, change) && !(change.equals("arrived") && has(frame, "users"))) {
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
