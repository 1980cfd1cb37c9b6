package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.testing.Counters;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes on one Postgres without a bus between them: events of one still reach the other's clients. */
final class DeafBusIT {

    /** Limit of the delay without a bus. */
    private static final Duration BOUND = Duration.ofSeconds(2);

    /** Factor by which the limit may be exceeded on a busy machine. */
    private static final int SLACK = 3;

    private static Node other;
    private static String address;
    private static String management;

    private final Rest alice = Rest.logIn(TestNode.address(), "deaf-alice");
    private final Rest bob = Rest.logIn(TestNode.address(), "deaf-bob");

    @BeforeAll
    static void startAnotherNode() {
        other = TestNode.startBeside();
        address = "127.0.0.1:" + other.httpPort();
        management = "127.0.0.1:" + other.managementPort();
    }

    @AfterAll
    static void stopIt() {
        other.stop();
    }

    @Test
    void shouldBringMessagesAndChangesOfThemWithinTheBound() {
        alice.post("/rooms", Map.of("roomId", "deaf-1", "memberIds", List.of("deaf-bob")));
        try (Socket mine = Socket.authenticated(TestNode.address(), alice.token());
                Socket his = Socket.authenticated(address, bob.token())) {
            his.join("deaf-1", 2L);
            double gapsBefore = Counters.of(management, "parlance_gap_reads_total");
            long begin = System.nanoTime();
            mine.post("deaf-1", "deaf-1-a", "hi");
            mine.await("ack");
            mine.send(Map.of("type", "edit", "roomId", "deaf-1", "seq", 3, "id", "deaf-1-b", "text", "hello"));
            assertThat(his.awaitEvents(2))
                    .extracting(event -> event.getString("kind"))
                    .containsExactly("message", "edit");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BOUND.multipliedBy(SLACK));
            assertThat(Counters.of(management, "parlance_gap_reads_total") - gapsBefore)
                    .isPositive();
        }
    }

    @Test
    void shouldBringReadMarkersToTheUsersOtherConnectionsWithinTheBound() {
        alice.post("/rooms", Map.of("roomId", "deaf-3", "memberIds", List.of("deaf-bob")));
        alice.post("/rooms/deaf-3/messages", Map.of("id", "deaf-3-a", "text", "hi"));
        try (Socket desk = Socket.authenticated(address, bob.token())) {
            desk.send(Map.of("type", "ping"));
            desk.await("pong");
            for (int seq = 1; seq <= 3; seq++) {
                long begin = System.nanoTime();
                bob.send("PUT", "/rooms/deaf-3/read", "{\"seq\":" + seq + "}");
                assertThat(desk.await(isMarkerOf("deaf-3")))
                        .isEqualTo(new JsonObject()
                                .put("type", "readMarker")
                                .put("roomId", "deaf-3")
                                .put("readTo", seq)
                                .put("head", 3)
                                .put("unreadCount", seq < 3 ? 1 : 0)
                                .put("mentionCount", 0));
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BOUND.multipliedBy(SLACK));
            }
        }
    }

    @Test
    void shouldBringPreferencesToTheUsersOtherConnectionsWithinTheBound() {
        alice.post("/rooms", Map.of("roomId", "deaf-5", "memberIds", List.of("deaf-bob")));
        Rest user = Rest.logIn(TestNode.address(), "deaf-user");
        user.send("PUT", "/rooms/deaf-5/members/deaf-user", null);
        try (Socket desk = Socket.authenticated(address, user.token())) {
            desk.send(Map.of("type", "ping"));
            desk.await("pong");
            for (boolean starred : List.of(true, false)) {
                long begin = System.nanoTime();
                JsonObject answer =
                        new JsonObject(user.send("PATCH", "/rooms/deaf-5/preferences", "{\"starred\":" + starred + "}")
                                .body());
                assertThat(desk.await("roomPreferences")).isEqualTo(answer.put("type", "roomPreferences"));
                assertThat(answer.getBoolean("starred")).isEqualTo(starred);
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BOUND.multipliedBy(SLACK));
            }
            JsonObject answer = new JsonObject(
                    user.send("PATCH", "/preferences", "{\"order\":\"name\"}").body());
            assertThat(desk.await("preferences")).isEqualTo(answer.put("type", "preferences"));
        }
    }

    @Test
    void shouldBringAMarkerThatWentBackToTheUsersOtherConnectionsWithinTheBound() {
        alice.post("/rooms", Map.of("roomId", "deaf-6", "memberIds", List.of("deaf-bob")));
        alice.post("/rooms/deaf-6/messages", Map.of("id", "deaf-6-a", "text", "hi"));
        try (Socket desk = Socket.authenticated(address, bob.token())) {
            desk.send(Map.of("type", "ping"));
            desk.await("pong");
            bob.send("PUT", "/rooms/deaf-6/read", "{\"seq\":3}");
            assertThat(desk.await(isMarkerOf("deaf-6")).getInteger("unreadCount"))
                    .isZero();
            long begin = System.nanoTime();
            bob.send("PUT", "/rooms/deaf-6/unread", "{\"seq\":3}");
            JsonObject back = desk.await(isMarkerOf("deaf-6"));
            assertThat(back.getInteger("readTo")).isEqualTo(2);
            assertThat(back.getInteger("readTurn")).isEqualTo(1);
            assertThat(back.getInteger("unreadCount")).isEqualTo(1);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BOUND.multipliedBy(SLACK));
            bob.send("PUT", "/rooms/deaf-6/read", "{\"seq\":3}");
            assertThat(desk.await(isMarkerOf("deaf-6")).getInteger("unreadCount"))
                    .isZero();
        }
    }

    @Test
    void shouldBringThreadsToTheUsersOtherConnectionsWithinTheBound() {
        alice.post("/rooms", Map.of("roomId", "deaf-7", "memberIds", List.of("deaf-bob")));
        bob.post("/rooms/deaf-7/messages", Map.of("id", "deaf-7-a", "text", "who?"));
        try (Socket desk = Socket.authenticated(address, bob.token())) {
            desk.send(Map.of("type", "ping"));
            desk.await("pong");
            long begin = System.nanoTime();
            alice.post("/rooms/deaf-7/messages", Map.of("id", "deaf-7-b", "text", "I", "replyTo", 3));
            assertThat(desk.await("thread").getInteger("unreadCount")).isEqualTo(1);
            bob.send("PUT", "/rooms/deaf-7/threads/3/read", "{\"seq\":4}");
            assertThat(desk.await("thread").getInteger("unreadCount")).isZero();
            bob.send("DELETE", "/rooms/deaf-7/threads/3/follow", null);
            assertThat(desk.await("thread").getBoolean("following")).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BOUND.multipliedBy(3 * SLACK));
        }
    }

    @Test
    void shouldReportInvitationsAndTheirWithdrawalWithinTheBound() {
        alice.post("/rooms", Map.of("roomId", "deaf-4", "visibility", "private"));
        try (Socket his = Socket.authenticated(address, bob.token())) {
            his.send(Map.of("type", "ping"));
            his.await("pong");
            long invited = System.nanoTime();
            alice.send("PUT", "/rooms/deaf-4/invitations/deaf-bob", null);
            JsonObject invitation = his.await(frame -> "deaf-4".equals(frame.getString("roomId")));
            assertThat(invitation.getString("membership")).isEqualTo("invited");
            assertThat(invitation.getString("invitedBy")).isEqualTo("deaf-alice");
            assertThat(Duration.ofNanos(System.nanoTime() - invited)).isLessThan(BOUND.multipliedBy(SLACK));
            alice.send("DELETE", "/rooms/deaf-4/invitations/deaf-bob", null);
            assertThat(his.await("left").getString("roomId")).isEqualTo("deaf-4");
        }
    }

    @Test
    void shouldEndTheSubscriptionOfAMemberKickedBannedOrMutedElsewhere() {
        alice.post("/rooms", Map.of("roomId", "deaf-2", "memberIds", List.of("deaf-bob")));
        try (Socket his = Socket.authenticated(address, bob.token())) {
            his.join("deaf-2", 2L);
            alice.send("PATCH", "/rooms/deaf-2/members/deaf-bob", "{\"muted\":true}");
            his.post("deaf-2", "deaf-2-a", "hi");
            JsonObject refused = his.await("error");
            assertThat(refused.getString("code")).isEqualTo("room.muted");
            alice.send("PUT", "/rooms/deaf-2/bans/deaf-bob", null);
            assertThat(his.await("left").getString("roomId")).isEqualTo("deaf-2");
            alice.send("POST", "/rooms/deaf-2/messages", "{\"id\":\"deaf-2-b\",\"text\":\"he is gone\"}");
            his.send(Map.of("type", "join", "ref", "again", "roomId", "deaf-2"));
            assertThat(his.await(frame -> "again".equals(frame.getString("ref"))
                                    || frame.encode().contains("gone"))
                            .getString("code"))
                    .isEqualTo("room.banned");
        }
    }

    private static Predicate<JsonObject> isMarkerOf(String room) {
        return frame -> frame.getString("type").equals("readMarker")
                && frame.getString("roomId").equals(room);
    }
}
