package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.testing.RawSocket;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestCluster;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Presence in rooms, on two nodes, and its cost. */
final class PresenceIT {

    private static final int INTERVAL_MS = 400;
    private static final int MAX_LISTED = 20;
    private static final int CROWD = 50;

    private static TestCluster cluster;
    private static Rest alice;
    private static Rest bob;

    @BeforeAll
    static void start() {
        cluster = TestCluster.start("--presence.intervalMs=" + INTERVAL_MS, "--presence.maxListed=" + MAX_LISTED);
        alice = Rest.logIn(cluster.address(0), "alice");
        bob = Rest.logIn(cluster.address(0), "bob");
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void shouldSendThePresenceAndThenOnlyChangesFromAnyNode() {
        String room = room("presence-1");
        try (Socket hers = joined(0, alice, room)) {
            assertThat(hers.await("presence")).isEqualTo(whole(room, "alice"));
            try (Socket his = joined(1, bob, room)) {
                assertThat(hers.await("presence"))
                        .isEqualTo(presence(room, 2).put("arrived", new JsonArray(List.of("bob"))));
                assertThat(awaitWhole(his, 2)).containsExactly("alice", "bob");
                try (Socket hisOther = joined(0, bob, room)) {
                    assertThat(hisOther.await("presence")).isEqualTo(whole(room, "alice", "bob"));
                }
            }
            // His second connection changed nothing, on either node.
            assertThat(hers.await("presence"))
                    .isEqualTo(presence(room, 1).put("departed", new JsonArray(List.of("bob"))));
        }
    }

    @Test
    void shouldReportDeparturesAndHideThePresenceOfAPrivateRoom() {
        alice.post("/rooms", Map.of("roomId", "presence-2", "visibility", "private", "memberIds", List.of("bob")));
        try (Socket hers = joined(0, alice, "presence-2");
                Socket his = joined(1, bob, "presence-2");
                Socket strange = Socket.authenticated(
                        cluster.address(0),
                        Rest.logIn(cluster.address(0), "presence-stranger").token())) {
            // A user who comes and goes between two frames is not reported.
            for (Socket socket : List.of(his, hers)) {
                assertThat(awaitWhole(socket, 2)).containsExactly("alice", "bob");
            }
            strange.send(Map.of("type", "join", "roomId", "presence-2"));
            assertThat(strange.await("error").getString("code")).isEqualTo("room.not_found");
            alice.send("DELETE", "/rooms/presence-2/members/bob", null);
            assertThat(hers.await(frame -> frame.containsKey("departed")))
                    .isEqualTo(presence("presence-2", 1).put("departed", new JsonArray(List.of("bob"))));
            strange.send(Map.of("type", "ping"));
            assertThat(new JsonObject(strange.awaitText()).getString("type")).isEqualTo("pong");
        }
    }

    @Test
    void shouldCountASilentUserAsAbsentUntilItIsHeard() {
        String room = room("presence-3");
        Node node = TestNode.startBeside(
                "--presence.leaseMs=3000", "--websocket.pingIntervalMs=1000", "--websocket.pongTimeoutMs=60000");
        String address = "127.0.0.1:" + node.httpPort();
        try (Socket hers = joined(address, alice, room);
                RawSocket mute = RawSocket.authenticated(address, bob.token())) {
            hers.await("presence");
            mute.sendText("{\"type\":\"join\",\"roomId\":\"%s\"}".formatted(room));
            hers.await(frame -> frame.getJsonArray("arrived", new JsonArray()).contains("bob"));
            hers.await(frame -> frame.getJsonArray("departed", new JsonArray()).contains("bob"));
            mute.sendText("{\"type\":\"ping\"}");
            hers.await(frame -> frame.getJsonArray("arrived", new JsonArray()).contains("bob"));
        } finally {
            node.stop();
        }
    }

    @Test
    void shouldCostNoMoreThanAFrameForEachConnectionAndTickAndOnlyCountACrowd() {
        String room = room("presence-4");
        List<Rest> crowd = IntStream.range(0, CROWD)
                .mapToObj(i -> Rest.logIn(cluster.address(i % 2), "crowd-" + i))
                .toList();
        List<Socket> sockets = new ArrayList<>();
        try {
            long begin = System.nanoTime();
            for (int i = 0; i < CROWD; i++) {
                sockets.add(joined(i % 2, crowd.get(i), room));
            }
            int frames = 0;
            for (Socket socket : sockets) {
                frames += awaitCount(socket, CROWD);
            }
            long ticks = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) / INTERVAL_MS + 1;
            System.out.printf(
                    "%d users came within %d ticks: %d presence frames, one for each of each would be %d%n",
                    CROWD, ticks, frames, CROWD * CROWD);
            assertThat(frames).as("when all come").isLessThanOrEqualTo((int) (CROWD * ticks));

            // Typing notices in a crowd are not sent: the next report is an arrival.
            sockets.getFirst().send(Map.of("type", "typing", "ref", "t", "roomId", room));
            sockets.getFirst().await("ack");
            try (Socket one = joined(0, alice, room)) {
                for (Socket socket : sockets) {
                    assertThat(socket.await(
                                    frame -> List.of("userTyping", "presence").contains(frame.getString("type"))))
                            .as("when one comes")
                            .isEqualTo(presence(room, CROWD + 1));
                }
                assertThat(one.await("presence")).isEqualTo(presence(room, CROWD + 1));
            }
            for (Socket socket : sockets) {
                assertThat(socket.await("presence")).as("when one goes").isEqualTo(presence(room, CROWD));
            }

            // Below the limit, users are named again.
            Socket last = sockets.getFirst();
            sockets.subList(MAX_LISTED, CROWD).forEach(Socket::close);
            assertThat(awaitWhole(last, MAX_LISTED)).hasSize(MAX_LISTED);
        } finally {
            sockets.forEach(Socket::close);
        }
    }

    private static String room(String room) {
        assertThat(alice.post("/rooms", Map.of("roomId", room)).statusCode()).isEqualTo(201);
        return room;
    }

    private static Socket joined(int node, Rest user, String room) {
        return joined(cluster.address(node), user, room);
    }

    private static Socket joined(String address, Rest user, String room) {
        Socket socket = Socket.authenticated(address, user.token());
        socket.join(room, 0L);
        return socket;
    }

    private static JsonObject presence(String room, int count) {
        return new JsonObject().put("type", "presence").put("roomId", room).put("count", count);
    }

    private static JsonObject whole(String room, String... users) {
        return presence(room, users.length).put("userIds", new JsonArray(List.of(users)));
    }

    /** Applies frames until that many users are present. */
    private static Set<String> awaitWhole(Socket socket, int count) {
        Set<String> users = new TreeSet<>();
        boolean named = false;
        while (!named || users.size() != count) {
            JsonObject frame = socket.await("presence");
            if (frame.containsKey("userIds")) {
                named = true;
                users.clear();
            }
            frame.getJsonArray("userIds", new JsonArray()).forEach(user -> users.add((String) user));
            frame.getJsonArray("arrived", new JsonArray()).forEach(user -> users.add((String) user));
            frame.getJsonArray("departed", new JsonArray()).forEach(users::remove);
        }
        return users;
    }

    /** @return number of presence frames until that many users were present */
    private static int awaitCount(Socket socket, int count) {
        int frames = 1;
        while (socket.await("presence").getInteger("count") != count) {
            frames++;
        }
        return frames;
    }
}
