package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Rest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** Replies to messages and their threads, over REST. */
final class RepliesIT extends MessageScene {

    @Test
    void shouldTellOfAThreadAtItsFirstMessage() {
        long first = post(alice, "question", null);
        assertThat(message(first).containsKey("repliers")).isFalse();
        post(bob, "one", first);
        post(alice, "two", first);
        long last = post(bob, "three", first, true);
        JsonObject root = message(first);
        assertThat(root.getJsonArray("repliers")).isEqualTo(JsonArray.of("bob", "alice"));
        assertThat(root.getJsonObject("lastReply").getString("at"))
                .isEqualTo(message(last).getString("at"));
        assertThat(message(last).getBoolean("alsoToRoom")).isTrue();
    }

    @Test
    void shouldCountInTheRoomOnlyMessagesShownThere() {
        long first = post(bob, "question", null);
        read(alice, first);
        long inThread = post(bob, "answer for @alice", first);
        assertThat(unreadOf(alice)).isZero();
        assertThat(mentionsOf(alice)).isZero();
        long shown = post(bob, "answer for @alice and all", first, true);
        assertThat(unreadOf(alice)).isEqualTo(1);
        assertThat(mentionsOf(alice)).isEqualTo(1);
        edit(bob, inThread, "answer for nobody");
        edit(bob, inThread, "answer for @alice again");
        edit(bob, shown, "answer for nobody");
        assertThat(mentionsOf(alice)).isZero();
        edit(bob, shown, "answer for @alice again");
        assertThat(mentionsOf(alice)).isEqualTo(1);
    }

    @Test
    void shouldTakeAReplyUnderAnIdInOnePlaceOnly() {
        long first = post(alice, "question", null);
        ids++;
        String reply = new JsonObject(body("reply")).put("replyTo", first).encode();
        assertThat(alice.send("POST", path("/messages"), reply).statusCode()).isEqualTo(201);
        assertThat(alice.send("POST", path("/messages"), reply).statusCode()).isEqualTo(200);
        String other = new JsonObject(reply).put("alsoToRoom", true).encode();
        assertThat(Rest.code(alice.send("POST", path("/messages"), other))).isEqualTo("message.id_conflict");
        String unasked = new JsonObject(body("text"))
                .put("alsoToRoom", true)
                .put("id", room + "-x")
                .encode();
        assertThat(Rest.code(alice.send("POST", path("/messages"), unasked))).isEqualTo("bad_request");
    }

    @Test
    void shouldKeepAThreadByItsFirstMessage() {
        long first = post(alice, "question", null);
        long answer = post(bob, "answer", first);
        post(alice, "something else", null);
        long thanks = post(alice, "thanks", answer);
        JsonObject root = message(first);
        assertThat(root.getInteger("replyCount")).isEqualTo(2);
        assertThat(root.getJsonObject("lastReply").getLong("seq")).isEqualTo(thanks);
        assertThat(message(thanks).getLong("replyTo")).isEqualTo(answer);
        assertThat(message(thanks).getLong("thread")).isEqualTo(first);
        assertThat(seqs(alice.get(path("/messages/" + first + "/replies")))).containsExactly(answer, thanks);
        assertThat(seqs(alice.get(path("/messages/" + first + "/replies?limit=1&before=" + thanks))))
                .containsExactly(answer);
        assertThat(seqs(alice.get(path("/messages/" + first + "/replies?limit=1&after=" + answer))))
                .containsExactly(thanks);
    }
}
