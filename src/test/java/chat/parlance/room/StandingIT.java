package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestCluster;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How a user stands in a room, as the user's connections on two nodes are told, which follow no room. */
final class StandingIT {

    private static final Pattern SENT_AFTER_MS = Pattern.compile("hidden after ([0-9]+) ms");

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

    /**
     * While others write on both nodes. Each message says how long after the removal it was sent; what is sent within the second
     * may still be on its way to another node, which has not heard of the removal.
     */
    @Test
    void shouldSendARemovedMemberNothingASecondAfterwardsOnEitherNode() {
        alice.post("/rooms", Map.of("roomId", "standing-7", "visibility", "private", "members", List.of("bob")));
        alice.post("/rooms", Map.of("roomId", "standing-8", "members", List.of("bob")));
        try (Socket here = connect(0, alice);
                Socket there = connect(1, alice);
                Socket phone = connect(0, bob);
                Socket desk = connect(1, bob);
                Socket terminal = lines(0, bob);
                Socket otherTerminal = lines(1, bob)) {
            List<Socket> writers = List.of(here, there);
            List<Socket> devices = List.of(phone, desk);
            List<Socket> terminals = List.of(terminal, otherTerminal);
            writers.forEach(writer -> writer.join("standing-7", null));
            devices.forEach(device -> List.of("standing-7", "standing-8").forEach(room -> device.join(room, null)));
            terminals.forEach(person -> person.awaitLine("* You are in standing-7"));
            here.post("standing-7", "s7-first", "words of a member");
            devices.forEach(device -> device.await(frame -> "s7-first".equals(frame.getString("id"))));
            terminals.forEach(person -> person.awaitLine("words of a member"));

            assertThat(alice.send("DELETE", "/rooms/standing-7/members/bob", null)
                            .statusCode())
                    .isEqualTo(204);
            long removedNs = System.nanoTime();
            int sent = 0;
            long elapsedMs = 0;
            while (elapsedMs < 2_500) {
                elapsedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - removedNs);
                Socket writer = writers.get(sent % 2);
                writer.send(Map.of("type", "typing", "room", "standing-7"));
                writer.post("standing-7", "s7-" + elapsedMs + "-" + sent++, "hidden after " + elapsedMs + " ms");
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
            String last = "s7-" + elapsedMs + "-" + (sent - 1);
            writers.get((sent - 1) % 2).await(frame -> last.equals(frame.getString("ref")));
            assertThat(sent).isGreaterThan(20);
            for (Rest asked : List.of(bob, new Rest(cluster.address(1), bob.token()))) {
                assertThat(asked.get("/rooms/standing-7/events").statusCode()).isEqualTo(404);
            }
            alice.post("/rooms/standing-8/messages", Map.of("id", "s8-end", "text", "the end"));
            for (Socket device : devices) {
                device.await(frame -> {
                    assertThat(frame.getString("room", "").equals("standing-7") && isOfLater(frame.encode()))
                            .as(frame.encode())
                            .isFalse();
                    return "s8-end".equals(frame.getString("id"));
                });
            }
            for (Socket person : terminals) {
                person.sendText("/join standing-8");
                String text = person.awaitText();
                while (!text.contains("* You are in standing-8")) {
                    assertThat(isOfLater(text)).as(text).isFalse();
                    text = person.awaitText();
                }
            }
        }
    }

    /** True for a text that has a message which was sent a second after the removal or later. */
    private static boolean isOfLater(String text) {
        return SENT_AFTER_MS.matcher(text).results().anyMatch(sent -> Long.parseLong(sent.group(1)) >= 1_000);
    }

    private static Socket lines(int node, Rest user) {
        return Socket.open(
                "ws://" + cluster.address(node) + "/lines?room=standing-7",
                Map.of("Authorization", "Bearer " + user.token()));
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
