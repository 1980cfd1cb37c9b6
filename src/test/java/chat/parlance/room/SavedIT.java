package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Saved messages of a user. */
final class SavedIT {

    private final Rest alice = Rest.logIn(TestNode.address(), "saved-alice");

    @Test
    void shouldBeListedOverPagesTheLastOneFirstInTheirPresentState() {
        Rest bob = Rest.logIn(TestNode.address(), "saved-bob");
        alice.post("/rooms", Map.of("roomId", "saved-pages", "memberIds", List.of("saved-bob")));
        for (int i = 3; i <= 7; i++) {
            post("saved-pages", "text " + i);
            assertThat(save(bob, "saved-pages", i).statusCode()).isEqualTo(204);
        }
        assertThat(save(bob, "saved-pages", 4).statusCode()).as("again").isEqualTo(204);
        bob.send("DELETE", "/saved/saved-pages/6", null);
        alice.send("PATCH", "/rooms/saved-pages/messages/4", "{\"id\":\"saved-e\",\"text\":\"edited\"}");
        alice.send("DELETE", "/rooms/saved-pages/messages/3", null);
        JsonObject page = new JsonObject(bob.get("/saved?limit=2").body());
        List<JsonObject> listed = new ArrayList<>(messages(page));
        while (page.containsKey("nextPage")) {
            page = new JsonObject(
                    bob.get("/saved?limit=2&page=" + page.getString("nextPage")).body());
            listed.addAll(messages(page));
        }
        assertThat(listed).extracting(message -> message.getInteger("seq")).containsExactly(7, 5, 4, 3);
        assertThat(listed.get(2).getString("text")).isEqualTo("edited");
        assertThat(listed.get(3).getBoolean("deleted")).isTrue();
        assertThat(messages(new JsonObject(alice.get("/saved").body())))
                .as("of others")
                .isEmpty();
        bob.send("DELETE", "/rooms/saved-pages/members/saved-bob", null);
        assertThat(messages(new JsonObject(bob.get("/saved").body()))).isEmpty();
        assertThat(Rest.code(bob.get("/saved?page=x"))).isEqualTo("bad_request");
    }

    @Test
    void shouldBeMessagesOfRoomsThatTheUserIsIn() {
        Rest stranger = Rest.logIn(TestNode.address(), "saved-stranger");
        alice.post("/rooms", Map.of("roomId", "saved-public"));
        alice.post("/rooms", Map.of("roomId", "saved-private", "visibility", "private"));
        post("saved-public", "text");
        post("saved-private", "text");
        assertThat(Rest.code(save(stranger, "saved-public", 2))).isEqualTo("room.forbidden");
        assertThat(Rest.code(save(stranger, "saved-private", 2))).isEqualTo("room.not_found");
        assertThat(Rest.code(save(alice, "saved-public", 1))).as("a join").isEqualTo("message.not_found");
        assertThat(Rest.code(save(alice, "saved-public", 9))).isEqualTo("message.not_found");
        assertThat(Rest.code(alice.send("PUT", "/saved/saved-public/2?stamp=AAAAAAAA", null)))
                .isEqualTo("history.changed");
    }

    @Test
    void shouldBeToldToAllConnectionsOfTheUser() {
        Rest user = Rest.logIn(TestNode.address(), "saved-told");
        user.post("/rooms", Map.of("roomId", "saved-telling"));
        user.post("/rooms/saved-telling/messages", Map.of("id", "saved-t", "text", "hi"));
        try (Socket desk = Socket.authenticated(TestNode.address(), user.token())) {
            desk.send(Map.of("type", "ping"));
            desk.await("pong");
            save(user, "saved-telling", 2);
            assertThat(desk.await("saved")).isEqualTo(mark(true));
            user.send("DELETE", "/saved/saved-telling/2", null);
            assertThat(desk.await("saved")).isEqualTo(mark(false));
        }
    }

    private static JsonObject mark(boolean saved) {
        return new JsonObject()
                .put("type", "saved")
                .put("roomId", "saved-telling")
                .put("seq", 2)
                .put("saved", saved);
    }

    private void post(String room, String text) {
        String id = room + "-" + text.replace(' ', '-');
        assertThat(alice.post("/rooms/" + room + "/messages", Map.of("id", id, "text", text))
                        .statusCode())
                .isEqualTo(201);
    }

    private static HttpResponse<String> save(Rest user, String room, int seq) {
        return user.send("PUT", "/saved/" + room + "/" + seq, null);
    }

    private static List<JsonObject> messages(JsonObject page) {
        return page.getJsonArray("messages").stream()
                .map(JsonObject.class::cast)
                .toList();
    }
}
