package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.testing.Alerts;
import chat.parlance.testing.Counters;
import chat.parlance.testing.Ports;
import chat.parlance.testing.Rest;
import chat.parlance.testing.RoomLock;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestCluster;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Posts of a node without the persistence role, which another node stores. */
final class RemoteAppendIT {

    private static final String REJECTED = "parlance_append_rejected_total";

    private static Node door;
    private static Node store;
    private static Rest alice;
    private static Rest bob;

    /** The first node accepts longer texts than the storing one. */
    @BeforeAll
    static void start() {
        List<String> cluster = TestCluster.ofCluster(Ports.free());
        store = start(cluster, "--node.roles=persistence");
        door = start(cluster, "--node.roles=http,websocket", "--room.maxTextBytes=10000");
        Counters.await(management(store), "parlance_peers", 1);
        Counters.await(management(door), "parlance_peers", 1);
        alice = Rest.logIn(address(), "alice");
        bob = Rest.logIn(address(), "bob");
    }

    @AfterAll
    static void stop() {
        door.stop();
        store.stop();
    }

    @Test
    void shouldStoreNothingOfAStranger() {
        alice.post("/rooms", Map.of("roomId", "remote-private", "visibility", "private"));
        assertThat(Rest.code(bob.post("/rooms/remote-private/messages", Map.of("id", "remote-forged", "text", "hi"))))
                .isEqualTo("room.not_found");
        assertThat(head("remote-private")).isEqualTo(1);
        assertThat(alice.post("/rooms/remote-private/messages", Map.of("id", "remote-own", "text", "hi"))
                        .statusCode())
                .isEqualTo(201);
        assertThat(head("remote-private")).isEqualTo(2);
    }

    @Test
    void shouldCheckTheTextAgainWhereItIsWritten() {
        alice.post("/rooms", Map.of("roomId", "remote-text"));
        double before = Counters.of(management(store), REJECTED);
        String scrape = Alerts.scrape(management(store));
        assertThat(Rest.code(alice.post(
                        "/rooms/remote-text/messages", Map.of("id", "remote-long", "text", "x".repeat(9000)))))
                .isEqualTo("bad_request");
        assertThat(Counters.of(management(store), REJECTED)).isEqualTo(before + 1);
        Alerts.assertFires("ParlanceAppendsRejected", scrape, Alerts.scrape(management(store)));
        assertThat(head("remote-text")).isEqualTo(1);
    }

    @Test
    void shouldAnswerOtherRoomsWhileOneIsLocked() throws Exception {
        for (String room : List.of("remote-locked", "remote-free")) {
            alice.post("/rooms", Map.of("roomId", room));
        }
        try (RoomLock lock = RoomLock.of("remote-locked");
                Socket sender = Socket.authenticated(address(), alice.token())) {
            sender.post("remote-locked", "remote-stuck", "hi");
            sender.post("remote-free", "remote-first", "hi");
            assertThat(sender.await(frame -> frame.containsKey("ref")).getString("ref"))
                    .isEqualTo("remote-first");
            lock.awaitWaiting(1);
            lock.release();
            assertThat(sender.await("ack").getString("ref")).isEqualTo("remote-stuck");
        }
    }

    private static long head(String room) {
        return new JsonObject(alice.get("/rooms/" + room).body()).getLong("head");
    }

    private static Node start(List<String> cluster, String... flags) {
        List<String> all = new ArrayList<>(cluster);
        all.addAll(Stream.of(flags).toList());
        return TestNode.startBeside(all.toArray(String[]::new));
    }

    private static String address() {
        return "127.0.0.1:" + door.httpPort();
    }

    private static String management(Node node) {
        return "127.0.0.1:" + node.managementPort();
    }
}
