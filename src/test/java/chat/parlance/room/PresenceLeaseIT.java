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
        // The node keeps its clients when it is thawed, instead of sending them to another one.
        try (Acquaintance two = Acquaintance.of("lease-1", "--watch.cutOffAfterMs=600000")) {
            two.there.signal("STOP");
            long frozen = System.nanoTime();
            awaitBob(two.hers, "departed");
            assertThat(secondsSince(frozen)).as("frozen").isLessThanOrEqualTo(GHOST_SECONDS);
            two.there.signal("CONT");
            awaitBob(two.hers, "arrived");
            two.there.kill();
            long killed = System.nanoTime();
            awaitBob(two.hers, "departed");
            assertThat(secondsSince(killed)).as("killed").isLessThanOrEqualTo(GHOST_SECONDS);
        }
    }

    @Test
    void shouldLetGhostsGoBeforeTheirLeaseEndsWhenTheClusterNoticesADeath() {
        try (Acquaintance two = Acquaintance.of("lease-2", "--cluster.digestIntervalMs=" + LONG_DIGEST_MS)) {
            two.there.kill();
            awaitBob(two.hers, "departed");
        }
    }

    /** Alice on a node of this process, who knows that Bob is on another one. */
    private static final class Acquaintance implements AutoCloseable {

        private final Node here;
        private final NodeProcess there;
        private final Socket hers;
        private final Socket his;

        private Acquaintance(Node here, NodeProcess there, String room) {
            this.here = here;
            this.there = there;
            Rest alice = Rest.logIn(TestNode.address(), "alice");
            Rest bob = Rest.logIn(TestNode.address(), "bob");
            alice.post("/rooms", Map.of("roomId", room, "members", List.of("bob")));
            hers = Socket.authenticated("127.0.0.1:" + here.httpPort(), alice.token());
            his = Socket.authenticated(there.address(), bob.token());
            hers.join(room, 0L);
            his.join(room, 0L);
            awaitBob(hers, "arrived");
        }

        /** @param setting of both nodes */
        static Acquaintance of(String room, String setting) {
            List<String> settings = new ArrayList<>(TestCluster.ofCluster(Ports.free()));
            settings.add(setting);
            String[] flags = settings.toArray(String[]::new);
            Node here = TestNode.startBeside(flags);
            Map<String, String> environment =
                    Map.of("PARLANCE_POSTGRES_URI", TestNode.postgresUri(), "PARLANCE_AUTH_KEY", TestNode.KEY);
            return new Acquaintance(here, NodeProcess.start(environment, flags).awaitReady(), room);
        }

        @Override
        public void close() {
            hers.close();
            his.close();
            there.close();
            here.stop();
        }
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
