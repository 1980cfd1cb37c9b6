package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes on one Postgres that never hear each other: what one does reaches the other's clients all the same. */
final class DeafBusIT {

    private static Node other;
    private static String address;

    private final Rest alice = Rest.logIn(TestNode.address(), "alice");
    private final Rest bob = Rest.logIn(TestNode.address(), "bob");

    @BeforeAll
    static void startAnotherNode() {
        other = TestNode.startBeside();
        address = "127.0.0.1:" + other.httpPort();
    }

    @AfterAll
    static void stopIt() {
        other.stop();
    }

    @Test
    void shouldBringMessagesAndChangesOfThem() {
        alice.post("/rooms", Map.of("roomId", "deaf-1", "members", List.of("bob")));
        try (Socket mine = Socket.authenticated(TestNode.address(), alice.token());
                Socket his = Socket.authenticated(address, bob.token())) {
            his.join("deaf-1", 2L);
            mine.post("deaf-1", "deaf-1-a", "hi");
            mine.await("ack");
            mine.send(Map.of("type", "edit", "room", "deaf-1", "seq", 3, "id", "deaf-1-b", "text", "hello"));
            assertThat(his.awaitEvents(2))
                    .extracting(event -> event.getString("kind"))
                    .containsExactly("message", "edit");
        }
    }

    @Test
    void shouldEndTheSubscriptionOfWhoIsKickedBannedOrMutedElsewhere() {
        alice.post("/rooms", Map.of("roomId", "deaf-2", "members", List.of("bob")));
        try (Socket his = Socket.authenticated(address, bob.token())) {
            his.join("deaf-2", 2L);
            alice.send("PATCH", "/rooms/deaf-2/members/bob", "{\"muted\":true}");
            his.post("deaf-2", "deaf-2-a", "hi");
            JsonObject refused = his.await("error");
            assertThat(refused.getString("code")).isEqualTo("room.muted");
            alice.send("PUT", "/rooms/deaf-2/bans/bob", null);
            assertThat(his.await("left").getString("room")).isEqualTo("deaf-2");
            alice.send("POST", "/rooms/deaf-2/messages", "{\"id\":\"deaf-2-b\",\"text\":\"he is gone\"}");
            his.send(Map.of("type", "join", "ref", "again", "room", "deaf-2"));
            assertThat(his.await(frame -> "again".equals(frame.getString("ref"))
                                    || frame.encode().contains("gone"))
                            .getString("code"))
                    .isEqualTo("room.banned");
        }
    }
}
