package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** Room of a test, in which alice and bob post messages over REST. */
abstract class MessageScene {

    private static final String THUMB = "%F0%9F%91%8D";

    final Rest alice = Rest.logIn(TestNode.address(), "alice");
    final Rest bob = Rest.logIn(TestNode.address(), "bob");
    String room;
    int ids;

    /** Events 1 and 2 are the joins of alice and bob. */
    @BeforeEach
    void makeRoom(TestInfo test) {
        room = "messages-" + Integer.toHexString(test.getDisplayName().hashCode());
        alice.post("/rooms", Map.of("roomId", room, "memberIds", List.of("bob")));
    }

    long post(Rest user, String text, Long replyTo) {
        return post(user, text, replyTo, false);
    }

    long post(Rest user, String text, Long replyTo, boolean alsoToRoom) {
        ids++;
        JsonObject body = new JsonObject(body(text));
        if (replyTo != null) {
            body.put("replyTo", replyTo).put("alsoToRoom", alsoToRoom);
        }
        HttpResponse<String> posted = user.send("POST", path("/messages"), body.encode());
        assertThat(posted.statusCode()).as(posted.body()).isEqualTo(201);
        return new JsonObject(posted.body()).getLong("seq");
    }

    long edit(Rest user, long seq, String text) {
        ids++;
        HttpResponse<String> edited = user.send("PATCH", path("/messages/" + seq), body(text));
        assertThat(edited.statusCode()).as(edited.body()).isEqualTo(200);
        return new JsonObject(edited.body()).getLong("seq");
    }

    void react(Rest user, String method, long seq) {
        assertThat(user.send(method, path("/messages/" + seq + "/reactions/" + THUMB), null)
                        .statusCode())
                .isEqualTo(200);
    }

    void read(Rest user, long seq) {
        assertThat(user.send(
                                "PUT",
                                path("/read"),
                                new JsonObject().put("seq", seq).encode())
                        .statusCode())
                .isEqualTo(200);
    }

    int unreadOf(Rest user) {
        return new JsonObject(user.get(path("")).body()).getInteger("unreadCount");
    }

    int mentionsOf(Rest user) {
        return new JsonObject(user.get(path("")).body()).getInteger("mentionCount");
    }

    JsonObject message(long seq) {
        return new JsonObject(alice.get(path("/messages/" + seq)).body());
    }

    String body(String text) {
        return new JsonObject().put("id", room + "-" + ids).put("text", text).encode();
    }

    String path(String rest) {
        return "/rooms/" + room + rest;
    }

    static List<Long> seqs(HttpResponse<String> page) {
        JsonArray messages = new JsonObject(page.body()).getJsonArray("messages");
        return messages.stream()
                .map(message -> ((JsonObject) message).getLong("seq"))
                .toList();
    }
}
