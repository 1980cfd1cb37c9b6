package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Messages and their changes, over REST, as shown by history and the live stream. */
final class MessagesIT extends MessageScene {

    @Test
    void shouldShowTheLastOfSeveralEditsAndKeepTheFirstForARetry() {
        long seq = post(alice, "first", null);
        String id = room + "-" + ids;
        edit(alice, seq, "second");
        long edited = edit(alice, seq, "third @bob");
        JsonObject message = message(seq);
        assertThat(message.getString("text")).isEqualTo("third @bob");
        assertThat(message.getLong("editedSeq")).isEqualTo(edited);
        assertThat(message.getJsonArray("mentions")).containsExactly("bob");
        HttpResponse<String> retry = alice.post("/rooms/" + room + "/messages", Map.of("id", id, "text", "first"));
        assertThat(retry.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(retry.body()).getLong("seq")).isEqualTo(seq);
        assertThat(Rest.code(alice.post("/rooms/" + room + "/messages", Map.of("id", id, "text", "other"))))
                .isEqualTo("message.id_conflict");
    }

    @Test
    void shouldTakeTheTextOfADeletedMessageOutOfEverything() {
        long seq = post(alice, "secret word", null);
        edit(alice, seq, "secret sentence");
        react(bob, "PUT", seq);
        bob.send("PUT", path("/pins/" + seq), null);
        assertThat(bob.send("DELETE", path("/messages/" + seq), null).statusCode())
                .isEqualTo(403);
        assertThat(alice.send("DELETE", path("/messages/" + seq), null).statusCode())
                .isEqualTo(200);
        JsonObject message = message(seq);
        assertThat(message.getBoolean("deleted")).isTrue();
        assertThat(message.containsKey("text")).isFalse();
        assertThat(message.containsKey("pinned")).isFalse();
        assertThat(message.containsKey("reactions")).isFalse();
        assertThat(alice.get(path("/events")).body()).doesNotContain("secret");
        assertThat(alice.get(path("/pins")).body()).doesNotContain("\"seq\"");
        try (Socket socket = Socket.authenticated(TestNode.address(), bob.token())) {
            socket.join(room, 0L);
            assertThat(new JsonArray(socket.awaitEvents(7)).encode()).doesNotContain("secret");
        }
        for (HttpResponse<String> late : List.of(
                alice.send("PATCH", path("/messages/" + seq), "{\"id\":\"" + room + "-again\",\"text\":\"again\"}"),
                alice.send("DELETE", path("/messages/" + seq), null),
                alice.post(path("/messages"), Map.of("id", room + "-late", "text", "re", "replyTo", seq)))) {
            assertThat(Rest.code(late)).isEqualTo("message.not_found");
        }
        HttpResponse<String> retry = alice.post(path("/messages"), Map.of("id", room + "-1", "text", "secret word"));
        assertThat(new JsonObject(retry.body()).getLong("seq")).isEqualTo(seq);
    }

    @Test
    void shouldCountReactionsAndListTheirUsersTheViewerFirst() {
        long seq = post(alice, "text", null);
        react(alice, "PUT", seq);
        react(bob, "PUT", seq);
        assertThat(message(seq).getJsonObject("reactions").getJsonObject("👍"))
                .isEqualTo(new JsonObject().put("count", 2).put("userIds", new JsonArray(List.of("alice", "bob"))));
        assertThat(new JsonObject(bob.get(path("/messages/" + seq)).body())
                        .getJsonObject("reactions")
                        .getJsonObject("👍")
                        .getJsonArray("userIds"))
                .containsExactly("bob", "alice");
        react(alice, "DELETE", seq);
        react(bob, "DELETE", seq);
        assertThat(message(seq).containsKey("reactions")).isFalse();
        for (String bad : List.of("x", "%3Cb%3E", "1", "%F0%9F%91%8D%20")) {
            assertThat(alice.send("PUT", path("/messages/" + seq + "/reactions/" + bad), null)
                            .statusCode())
                    .as(bad)
                    .isEqualTo(400);
        }
    }

    @Test
    void shouldRefuseMoreEmojiOnOneMessageThanItCanHave() {
        long seq = post(alice, "text", null);
        for (int i = 0; i < 50; i++) {
            assertThat(alice.send("PUT", path("/messages/" + seq + "/reactions/" + emoji(i)), null)
                            .statusCode())
                    .isEqualTo(200);
        }
        HttpResponse<String> more = alice.send("PUT", path("/messages/" + seq + "/reactions/" + emoji(50)), null);
        assertThat(Rest.code(more)).isEqualTo("room.full");
        assertThat(bob.send("PUT", path("/messages/" + seq + "/reactions/" + emoji(49)), null)
                        .statusCode())
                .isEqualTo(200);
    }

    /** H09: one picture is one reaction, with any selectors. */
    @Test
    void shouldCountOnePictureOnce() {
        long seq = post(alice, "text", null);
        String heart = "%E2%9D%A4";
        String selected = heart + "%EF%B8%8F";
        assertThat(alice.send("PUT", path("/messages/" + seq + "/reactions/" + heart), null)
                        .statusCode())
                .isEqualTo(200);
        assertThat(bob.send("PUT", path("/messages/" + seq + "/reactions/" + selected), null)
                        .statusCode())
                .isEqualTo(200);
        JsonObject reactions = message(seq).getJsonObject("reactions");
        assertThat(reactions.fieldNames()).containsExactly("❤️");
        assertThat(reactions.getJsonObject("❤️").getInteger("count")).isEqualTo(2);
        alice.send("DELETE", path("/messages/" + seq + "/reactions/" + selected), null);
        bob.send("DELETE", path("/messages/" + seq + "/reactions/" + heart), null);
        assertThat(message(seq).containsKey("reactions")).isFalse();
        for (String none : List.of("a", "%F0%9F%91%8D%F0%9F%91%8D", "%F0%9F%87%A9", "1", heart + heart)) {
            assertThat(alice.send("PUT", path("/messages/" + seq + "/reactions/" + none), null)
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    /** H10: each place of a text or a name, with a value that shows nothing. */
    @Test
    void shouldRefuseTextsAndNamesWithNothingToSee() {
        long seq = post(alice, "text", null);
        for (String blank : List.of("\u3164", "\u00a0", "\u2800", "\u200b")) {
            ids++;
            assertThat(alice.send("POST", path("/messages"), body(blank)).statusCode())
                    .isEqualTo(400);
            assertThat(alice.send("PATCH", path("/messages/" + seq), body(blank))
                            .statusCode())
                    .isEqualTo(400);
            assertThat(alice.send(
                                    "PATCH",
                                    path(""),
                                    new JsonObject().put("name", blank).encode())
                            .statusCode())
                    .isEqualTo(400);
        }
        // A blank name counts as missing, and the id replaces it.
        for (String invisible : List.of("\u3164", "\u2800", "\u200b")) {
            assertThat(alice.post("/rooms", Map.of("roomId", room + "-named", "name", invisible))
                            .statusCode())
                    .isEqualTo(400);
        }
        for (String drawnBlank : List.of("**\u3164**", "&nbsp;", "[](https://x.example)", "```\n```", ">")) {
            ids++;
            assertThat(alice.send("POST", path("/messages"), body(drawnBlank)).statusCode())
                    .isEqualTo(400);
            assertThat(alice.send("PATCH", path("/messages/" + seq), body(drawnBlank))
                            .statusCode())
                    .isEqualTo(400);
        }
        assertThat(alice.send(
                                "PATCH",
                                path(""),
                                new JsonObject().put("topic", "a\u202eb").encode())
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void shouldStoreARequestWithoutABodyOnceUnderItsKey() {
        long seq = post(alice, "text", null);
        JsonObject first =
                new JsonObject(alice.send("PUT", path("/pins/" + seq), null, Map.of("Idempotency-Key", room + "-key"))
                        .body());
        JsonObject second =
                new JsonObject(alice.send("PUT", path("/pins/" + seq), null, Map.of("Idempotency-Key", room + "-key"))
                        .body());
        assertThat(second).isEqualTo(first);
    }

    @Test
    void shouldHaveOneDirectRoomOfTwoUsersAndNothingToChangeInIt() {
        JsonObject mine = new JsonObject(alice.send("PUT", "/direct/bob", null).body());
        JsonObject his = new JsonObject(bob.send("PUT", "/direct/alice", null).body());
        assertThat(his.getString("roomId")).isEqualTo(mine.getString("roomId"));
        assertThat(mine.getString("peer")).isEqualTo("bob");
        assertThat(his.getString("peer")).isEqualTo("alice");
        String direct = "/rooms/" + mine.getString("roomId");
        for (HttpResponse<String> refused : Stream.of(
                        alice.send("PATCH", direct, "{\"topic\":\"x\"}"),
                        alice.send("PUT", direct + "/invitations/guest", null),
                        alice.send("DELETE", direct + "/members/bob", null),
                        alice.send("DELETE", direct + "/members/alice", null))
                .toList()) {
            assertThat(Rest.code(refused)).isEqualTo("room.direct");
        }
        assertThat(alice.send("PUT", "/direct/alice", null).statusCode()).isEqualTo(400);
        assertThat(alice.send("PUT", "/direct/no-such-user", null).statusCode()).isEqualTo(404);
        assertThat(alice.post("/rooms", Map.of("roomId", "dm-0123")).statusCode())
                .isEqualTo(400);
    }

    private static String emoji(int index) {
        return "%F0%9F%98%" + Integer.toHexString(0x80 + index).toUpperCase(Locale.ROOT);
    }
}
