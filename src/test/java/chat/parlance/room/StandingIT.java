package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestCluster;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How a user stands in a room, as the user's connections on two nodes are told, which follow no room. */
final class StandingIT {

    private static TestCluster cluster;
    private static Rest alice;
    private static Rest bob;

    @BeforeAll
    static void start() {
        cluster = TestCluster.start();
        alice = Rest.logIn(cluster.address(0), "alice");
        bob = Rest.logIn(cluster.address(0), "bob");
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void shouldTellAllConnectionsOfWhoIsInvitedWithTheRoomAsItIsForTheUser() {
        alice.post("/rooms", Map.of("roomId", "standing-1", "visibility", "private", "topic", "Tomatoes"));
        try (Socket phone = connect(0, bob);
                Socket desk = connect(1, bob)) {
            alice.send("PUT", "/rooms/standing-1/invitations/bob", null);
            for (Socket device : List.of(phone, desk)) {
                JsonObject told = of("standing-1", device, "membership", "invited");
                JsonObject asked = new JsonObject(bob.get("/rooms/standing-1").body());
                assertThat(told).isEqualTo(asked.put("type", "room").put("room", "standing-1"));
                assertThat(told.getString("invitedBy")).isEqualTo("alice");
            }
            bob.send("PUT", "/rooms/standing-1/members/bob", null);
            for (Socket device : List.of(phone, desk)) {
                assertThat(of("standing-1", device, "membership", "joined").containsKey("invitedBy"))
                        .isFalse();
            }
            alice.send("PATCH", "/rooms/standing-1/members/bob", "{\"role\":\"admin\"}");
            of("standing-1", desk, "role", "admin");
            alice.send("DELETE", "/rooms/standing-1/members/bob", null);
            for (Socket device : List.of(phone, desk)) {
                device.await(isLeft("standing-1"));
            }
        }
    }

    @Test
    void shouldTellWhoIsAddedToANewRoomAndWhomSomebodyBeginsToTalkWith() {
        Rest guest = Rest.logIn(cluster.address(0), "guest");
        try (Socket his = connect(1, bob)) {
            alice.post("/rooms", Map.of("roomId", "standing-2", "members", List.of("bob")));
            of("standing-2", his, "membership", "joined");
            String direct =
                    new JsonObject(guest.send("PUT", "/direct/bob", null).body()).getString("roomId");
            of(direct, his, "peer", "guest");
        }
    }

    @Test
    void shouldTellOnceWhoFollowsTheRoomAndIsOutOfIt() {
        alice.post("/rooms", Map.of("roomId", "standing-3", "visibility", "private", "members", List.of("bob")));
        try (Socket his = connect(1, bob)) {
            his.join("standing-3", 0L);
            alice.send("DELETE", "/rooms/standing-3/members/bob", null);
            his.await(isLeft("standing-3"));
            alice.post("/rooms", Map.of("roomId", "standing-4", "members", List.of("bob")));
            assertThat(his.await(isLeft("standing-3").or(frame -> "standing-4".equals(frame.getString("room"))))
                            .getString("room"))
                    .isEqualTo("standing-4");
        }
    }

    @Test
    void shouldTellNobodyElse() {
        Rest guest = Rest.logIn(cluster.address(0), "guest");
        try (Socket hers = connect(1, guest)) {
            alice.post("/rooms", Map.of("roomId", "standing-5", "visibility", "private"));
            alice.send("PUT", "/rooms/standing-5/invitations/bob", null);
            alice.post("/rooms", Map.of("roomId", "standing-6", "members", List.of("guest")));
            assertThat(hers.await(frame -> frame.getString("room", "").startsWith("standing-"))
                            .getString("room"))
                    .isEqualTo("standing-6");
        }
    }

    private static Socket connect(int node, Rest user) {
        Socket socket = Socket.authenticated(cluster.address(node), user.token());
        socket.send(Map.of("type", "ping"));
        socket.await("pong");
        return socket;
    }

    /** Waits until the user stands so in the room; it may be told twice of what both the bus and the store say. */
    private static JsonObject of(String room, Socket socket, String member, String value) {
        return socket.await(frame -> "room".equals(frame.getString("type"))
                && room.equals(frame.getString("room"))
                && value.equals(frame.getString(member)));
    }

    private static Predicate<JsonObject> isLeft(String room) {
        return frame -> "left".equals(frame.getString("type")) && room.equals(frame.getString("room"));
    }
}
