package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestCluster;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user's membership in a room and preferences, as sent to the user's connections on two nodes that follow no room. */
final class MembershipIT {

    private static final Pattern SENT_AFTER_MS = Pattern.compile("hidden after ([0-9]+) ms");

    /** Time for devices on another node; on a busy machine it may be three times as long. */
    private static final int EQUAL_WITHIN_MS = 3 * 1000;

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
    void shouldSendTheRoomToAllConnectionsOfAnInvitedUser() {
        alice.post("/rooms", Map.of("roomId", "standing-1", "visibility", "private", "topic", "Tomatoes"));
        try (Socket phone = connect(0, bob);
                Socket desk = connect(1, bob)) {
            alice.send("PUT", "/rooms/standing-1/invitations/bob", null);
            for (Socket device : List.of(phone, desk)) {
                JsonObject told = of("standing-1", device, "membership", "invited");
                JsonObject asked = new JsonObject(bob.get("/rooms/standing-1").body());
                assertThat(told).isEqualTo(asked.put("type", "room"));
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
    void shouldNotifyUsersAddedToANewRoomOrADirectRoom() {
        Rest guest = Rest.logIn(cluster.address(0), "guest");
        try (Socket his = connect(1, bob)) {
            alice.post("/rooms", Map.of("roomId", "standing-2", "memberIds", List.of("bob")));
            of("standing-2", his, "membership", "joined");
            String direct =
                    new JsonObject(guest.send("PUT", "/direct/bob", null).body()).getString("roomId");
            of(direct, his, "peer", "guest");
        }
    }

    @Test
    void shouldNotifyOnceARemovedUserWhoFollowsTheRoom() {
        alice.post("/rooms", Map.of("roomId", "standing-3", "visibility", "private", "memberIds", List.of("bob")));
        try (Socket his = connect(1, bob)) {
            his.join("standing-3", 0L);
            alice.send("DELETE", "/rooms/standing-3/members/bob", null);
            his.await(isLeft("standing-3"));
            alice.post("/rooms", Map.of("roomId", "standing-4", "memberIds", List.of("bob")));
            assertThat(his.await(isLeft("standing-3").or(frame -> "standing-4".equals(frame.getString("roomId"))))
                            .getString("roomId"))
                    .isEqualTo("standing-4");
        }
    }

    /**
     * While others write on both nodes. Each message contains its time since the removal; messages within the second
     * may still be in flight to another node that has not processed the removal.
     */
    @ParameterizedTest
    @CsvSource({"DELETE, members, 7", "PUT, bans, 9"})
    void shouldSendARemovedMemberNothingASecondAfterwardsOnEitherNode(String method, String list, int number) {
        String room = "standing-" + number;
        alice.post("/rooms", Map.of("roomId", room, "visibility", "private", "memberIds", List.of("bob")));
        alice.post("/rooms", Map.of("roomId", "standing-8", "memberIds", List.of("bob")));
        try (Socket here = connect(0, alice);
                Socket there = connect(1, alice);
                Socket phone = connect(0, bob);
                Socket desk = connect(1, bob);
                Socket terminal = lines(0, bob, room);
                Socket otherTerminal = lines(1, bob, room)) {
            List<Socket> writers = List.of(here, there);
            List<Socket> devices = List.of(phone, desk);
            List<Socket> terminals = List.of(terminal, otherTerminal);
            writers.forEach(writer -> writer.join(room, null));
            devices.forEach(device -> List.of(room, "standing-8").forEach(each -> device.join(each, null)));
            terminals.forEach(person -> person.awaitLine("* You are in " + room));
            here.post(room, room + "-first", "words of a member");
            devices.forEach(device -> device.await(frame -> (room + "-first").equals(frame.getString("id"))));
            terminals.forEach(person -> person.awaitLine("words of a member"));

            assertThat(alice.send(method, "/rooms/" + room + "/" + list + "/bob", null)
                            .statusCode())
                    .isEqualTo(204);
            long removedNs = System.nanoTime();
            int sent = 0;
            long elapsedMs = 0;
            while (elapsedMs < 2_500) {
                elapsedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - removedNs);
                Socket writer = writers.get(sent % 2);
                writer.send(Map.of("type", "typing", "roomId", room));
                writer.post(room, room + "-" + elapsedMs + "-" + sent++, "hidden after " + elapsedMs + " ms");
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
            String last = room + "-" + elapsedMs + "-" + (sent - 1);
            writers.get((sent - 1) % 2).await(frame -> last.equals(frame.getString("ref")));
            assertThat(sent).isGreaterThan(20);
            for (Rest asked : List.of(bob, new Rest(cluster.address(1), bob.token()))) {
                assertThat(asked.get("/rooms/" + room + "/events").statusCode()).isEqualTo(404);
            }
            alice.post("/rooms/standing-8/messages", Map.of("id", room + "-end", "text", "the end"));
            for (Socket device : devices) {
                device.await(frame -> {
                    assertThat(frame.getString("roomId", "").equals(room) && isOfLater(frame.encode()))
                            .as(frame.encode())
                            .isFalse();
                    return (room + "-end").equals(frame.getString("id"));
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

    /** True for a text with a message that was sent a second after the removal or later. */
    private static boolean isOfLater(String text) {
        return SENT_AFTER_MS.matcher(text).results().anyMatch(sent -> Long.parseLong(sent.group(1)) >= 1_000);
    }

    private static Socket lines(int node, Rest user, String room) {
        return Socket.open(
                "ws://" + cluster.address(node) + "/lines?room=" + room,
                Map.of("Authorization", "Bearer " + user.token()));
    }

    @Test
    void shouldNotifyNoOtherUser() {
        Rest guest = Rest.logIn(cluster.address(0), "guest");
        try (Socket hers = connect(1, guest)) {
            alice.post("/rooms", Map.of("roomId", "standing-5", "visibility", "private"));
            alice.send("PUT", "/rooms/standing-5/invitations/bob", null);
            alice.post("/rooms", Map.of("roomId", "standing-6", "memberIds", List.of("guest")));
            assertThat(hers.await(frame -> frame.getString("roomId", "").startsWith("standing-"))
                            .getString("roomId"))
                    .isEqualTo("standing-6");
        }
    }

    @Test
    void shouldTellAllConnectionsOfTheUserOnEveryNodeOfItsPreferences() {
        Rest user = Rest.logIn(cluster.address(0), "preferring");
        alice.post("/rooms", Map.of("roomId", "preferred-1", "memberIds", List.of("preferring")));
        try (Socket phone = connect(0, user);
                Socket desk = connect(1, user);
                Socket hers = connect(1, alice)) {
            long beginNs = System.nanoTime();
            JsonObject changed = prefer(user, "preferred-1", "{\"starred\":true,\"notifications\":\"mentions\"}");
            for (Socket device : List.of(phone, desk)) {
                assertThat(device.await("roomPreferences"))
                        .isEqualTo(changed.copy().put("type", "roomPreferences"));
            }
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNs))
                    .isLessThan(EQUAL_WITHIN_MS);
            JsonObject more = prefer(user, "preferred-1", "{\"hiddenTo\":99}");
            assertThat(more.getBoolean("starred")).isTrue();
            assertThat(more.getLong("hiddenTo")).as("no further than the head").isEqualTo(2);
            assertThat(more.getLong("revision")).isGreaterThan(changed.getLong("revision"));
            more.remove("roomId");
            for (int node = 0; node < 2; node++) {
                Rest there = new Rest(cluster.address(node), user.token());
                assertThat(room(there, "preferred-1").getJsonObject("preferences"))
                        .isEqualTo(more);
            }
            JsonObject list =
                    new JsonObject(user.send("PATCH", "/preferences", "{\"order\":\"unread\",\"fold\":[\"rooms\"]}")
                            .body());
            for (Socket device : List.of(phone, desk)) {
                assertThat(device.await("preferences")).isEqualTo(list.copy().put("type", "preferences"));
            }
            hers.send(Map.of("type", "ping", "ref", "p"));
            assertThat(hers.await(frame -> frame.encode().contains("referenc") || frame.containsKey("ref"))
                            .getString("type"))
                    .as("what others hear")
                    .isEqualTo("pong");
            assertThat(room(alice, "preferred-1").containsKey("preferences")).isFalse();
        }
    }

    @Test
    void shouldFoldAndUnfoldSectionsOneByOne() {
        Rest user = Rest.logIn(cluster.address(0), "folding");
        assertThat(new JsonObject(user.get("/preferences").body()).getJsonArray("folded"))
                .containsExactly("archived");
        user.send("PATCH", "/preferences", "{\"fold\":[\"rooms\",\"direct\"]}");
        user.send("PATCH", "/preferences", "{\"order\":\"name\",\"unfold\":[\"archived\",\"rooms\"]}");
        JsonObject now = new JsonObject(user.get("/preferences").body());
        assertThat(now.getJsonArray("folded")).containsExactly("direct");
        assertThat(now.getString("order")).isEqualTo("name");
    }

    @Test
    void shouldForgetPreferencesWithTheMembership() {
        alice.post("/rooms", Map.of("roomId", "preferred-2", "memberIds", List.of("bob")));
        List<Runnable> ends = List.of(
                () -> bob.send("DELETE", "/rooms/preferred-2/members/bob", null),
                () -> {
                    alice.send("PUT", "/rooms/preferred-2/bans/bob", null);
                    alice.send("DELETE", "/rooms/preferred-2/bans/bob", null);
                },
                () -> {
                    alice.send("PATCH", "/rooms/preferred-2/members/bob", "{\"muted\":true}");
                    alice.send("DELETE", "/rooms/preferred-2/members/bob", null);
                });
        for (Runnable end : ends) {
            prefer(bob, "preferred-2", "{\"starred\":true}");
            assertThat(room(bob, "preferred-2").containsKey("preferences")).isTrue();
            end.run();
            assertThat(Rest.code(bob.send("PATCH", "/rooms/preferred-2/preferences", "{\"starred\":true}")))
                    .isEqualTo("room.forbidden");
            bob.send("PUT", "/rooms/preferred-2/members/bob", null);
            assertThat(room(bob, "preferred-2").getString("membership")).isEqualTo("joined");
            assertThat(room(bob, "preferred-2").containsKey("preferences")).isFalse();
        }
    }

    @Test
    void shouldRefusePreferencesForOthersRoomsAndBadOnes() {
        alice.post("/rooms", Map.of("roomId", "preferred-3", "visibility", "private"));
        HttpResponse<String> hidden = bob.send("PATCH", "/rooms/preferred-3/preferences", "{\"starred\":true}");
        HttpResponse<String> absent = bob.send("PATCH", "/rooms/preferred-none/preferences", "{\"starred\":true}");
        assertThat(hidden.statusCode()).isEqualTo(404);
        assertThat(hidden.body()).isEqualTo(absent.body());
        for (String bad : List.of(
                "{}",
                "[]",
                "{\"starred\":1}",
                "{\"notifications\":\"loud\"}",
                "{\"hiddenTo\":-1}",
                "{\"hiddenTo\":1.5}",
                "{\"hiddenTo\":1e999}")) {
            assertThat(alice.send("PATCH", "/rooms/preferred-3/preferences", bad)
                            .statusCode())
                    .as(bad)
                    .isEqualTo(400);
        }
        for (String bad : List.of(
                "{}",
                "{\"fold\":[]}",
                "{\"order\":\"random\"}",
                "{\"fold\":[\"attic\"]}",
                "{\"fold\":\"rooms\"}",
                "{\"fold\":[\"rooms\",\"rooms\",\"rooms\",\"rooms\",\"rooms\"]}")) {
            assertThat(alice.send("PATCH", "/preferences", bad).statusCode())
                    .as(bad)
                    .isEqualTo(400);
        }
    }

    @Test
    void shouldNameTheNewestMessageOfARoomToItsMembers() {
        alice.post("/rooms", Map.of("roomId", "preferred-4"));
        assertThat(room(alice, "preferred-4").containsKey("lastMessage")).isFalse();
        alice.post("/rooms/preferred-4/messages", Map.of("id", "p4-a", "text", "hi"));
        alice.send("PUT", "/rooms/preferred-4/pins/2", null);
        JsonObject message =
                new JsonObject(alice.get("/rooms/preferred-4/messages/2").body());
        assertThat(room(alice, "preferred-4").getJsonObject("lastMessage"))
                .isEqualTo(new JsonObject().put("seq", 2).put("at", message.getString("at")));
        assertThat(room(bob, "preferred-4").containsKey("lastMessage")).isFalse();
    }

    private static JsonObject prefer(Rest user, String room, String changes) {
        HttpResponse<String> answer = user.send("PATCH", "/rooms/" + room + "/preferences", changes);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private static JsonObject room(Rest user, String room) {
        return new JsonObject(user.get("/rooms/" + room).body());
    }

    private static Socket connect(int node, Rest user) {
        Socket socket = Socket.authenticated(cluster.address(node), user.token());
        socket.send(Map.of("type", "ping"));
        socket.await("pong");
        return socket;
    }

    /** Waits until the user has this value in the room; bus and store may both report a change. */
    private static JsonObject of(String room, Socket socket, String member, String value) {
        return socket.await(frame -> "room".equals(frame.getString("type"))
                && room.equals(frame.getString("roomId"))
                && value.equals(frame.getString(member)));
    }

    private static Predicate<JsonObject> isLeft(String room) {
        return frame -> "left".equals(frame.getString("type")) && room.equals(frame.getString("roomId"));
    }
}
