package chat.parlance.room;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.model.Mentions;
import chat.parlance.persistence.PostgresUri;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Messages and their changes, over REST, as shown by history and the live stream. */
final class MessagesIT {

    private static final String THUMB = "%F0%9F%91%8D";

    private final Rest alice = Rest.logIn(TestNode.address(), "alice");
    private final Rest bob = Rest.logIn(TestNode.address(), "bob");
    private String room;
    private int ids;

    /** Events 1 and 2 are the joins of alice and bob. */
    @BeforeEach
    void makeRoom(TestInfo test) {
        room = "messages-" + Integer.toHexString(test.getDisplayName().hashCode());
        alice.post("/rooms", Map.of("roomId", room, "members", List.of("bob")));
    }

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
                .isEqualTo(new JsonObject().put("count", 2).put("users", new JsonArray(List.of("alice", "bob"))));
        assertThat(new JsonObject(bob.get(path("/messages/" + seq)).body())
                        .getJsonObject("reactions")
                        .getJsonObject("👍")
                        .getJsonArray("users"))
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

    @Test
    void shouldTellOfAThreadAtItsFirstMessage() {
        long first = post(alice, "question", null);
        assertThat(message(first).containsKey("repliers")).isFalse();
        post(bob, "one", first);
        post(alice, "two", first);
        long last = post(bob, "three", first, true);
        JsonObject root = message(first);
        assertThat(root.getJsonArray("repliers")).isEqualTo(JsonArray.of("bob", "alice"));
        assertThat(root.getString("lastReplyAt")).isEqualTo(message(last).getString("at"));
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
    void shouldMarkAMessageAndAllAfterItAsUnread() {
        long one = post(bob, "one", null);
        post(bob, "two @alice", null);
        long last = post(bob, "three", null);
        read(alice, last);
        assertThat(Rest.code(alice.send("PUT", path("/unread"), "{\"seq\":" + one + ",\"stamp\":\"AAAAAAAA\"}")))
                .isEqualTo("history.changed");
        HttpResponse<String> back = alice.send("PUT", path("/unread"), "{\"seq\":" + one + "}");
        JsonObject marker = new JsonObject(back.body());
        assertThat(marker.getLong("seq")).isEqualTo(one - 1);
        assertThat(marker.getInteger("turn")).isEqualTo(1);
        assertThat(unreadOf(alice)).isEqualTo(3);
        assertThat(mentionsOf(alice)).isEqualTo(1);
        JsonObject again = new JsonObject(
                alice.send("PUT", path("/unread"), "{\"seq\":" + last + "}").body());
        assertThat(again.getInteger("turn")).as("it is unread already").isEqualTo(1);
        read(alice, last);
        assertThat(unreadOf(alice)).isZero();
        assertThat(new JsonObject(alice.get(path("")).body()).getInteger("readTurn"))
                .isEqualTo(1);
    }

    @Test
    void shouldPageFromATimeOn() throws SQLException {
        List<Long> seqs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            seqs.add(post(alice, "text " + i, null));
        }
        date(seqs.getFirst(), "2024-02-28T22:59:59.999Z");
        date(seqs.get(1), "2024-02-28T23:00:00Z");
        assertThat(seqs(alice.get(path("/messages?limit=2&from=2024-02-29T00:00:00%2B01:00"))))
                .containsExactly(seqs.get(1), seqs.get(2));
        assertThat(seqs(alice.get(path("/messages?limit=1&from=1999-01-01T00:00:00Z"))))
                .containsExactly(seqs.getFirst());
        assertThat(seqs(alice.get(path("/messages?from=2999-01-01T00:00:00Z")))).isEmpty();
        String last = message(seqs.getLast()).getString("at");
        assertThat(seqs(alice.get(path("/messages?from=" + last)))).contains(seqs.getLast());
        for (String bad : List.of("2024-02-30T00:00:00Z", "2024-02-29", "x", "")) {
            assertThat(Rest.code(alice.get(path("/messages?from=" + bad))))
                    .as(bad)
                    .isEqualTo("bad_request");
        }
        assertThat(Rest.code(alice.get(path("/messages?from=2024-02-29T00:00:00Z&after=1"))))
                .isEqualTo("bad_request");
    }

    /** Sets the time of all events up to one. */
    private void date(long seq, String at) throws SQLException {
        PostgresUri uri = TestNode.shared().postgres();
        try (Connection connection = DriverManager.getConnection(uri.jdbcUrl(), uri.user(), uri.password());
                PreparedStatement statement = connection.prepareStatement(
                        "update event set at = ?::timestamptz where room_id = ? and seq <= ? and at >"
                                + " ?::timestamptz")) {
            statement.setString(1, at);
            statement.setString(2, room);
            statement.setLong(3, seq);
            statement.setString(4, "2024-03-01T00:00:00Z");
            statement.executeUpdate();
        }
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
        assertThat(root.getInteger("replies")).isEqualTo(2);
        assertThat(root.getLong("lastReply")).isEqualTo(thanks);
        assertThat(message(thanks).getLong("replyTo")).isEqualTo(answer);
        assertThat(message(thanks).getLong("thread")).isEqualTo(first);
        assertThat(seqs(alice.get(path("/messages/" + first + "/replies")))).containsExactly(answer, thanks);
        assertThat(seqs(alice.get(path("/messages/" + first + "/replies?limit=1&before=" + thanks))))
                .containsExactly(answer);
        assertThat(seqs(alice.get(path("/messages/" + first + "/replies?limit=1&after=" + answer))))
                .containsExactly(thanks);
    }

    @Test
    void shouldListPinsAndPagesOfMessagesAlone() {
        long first = post(alice, "one", null);
        long second = post(bob, "two", null);
        bob.send("PUT", path("/pins/" + first), null);
        react(bob, "PUT", first);
        long third = post(bob, "three", null);
        assertThat(seqs(alice.get(path("/pins")))).containsExactly(first);
        assertThat(message(first).getBoolean("pinned")).isTrue();
        assertThat(seqs(alice.get(path("/messages?limit=2")))).containsExactly(second, third);
        assertThat(seqs(alice.get(path("/messages?limit=2&before=" + third)))).containsExactly(first, second);
        assertThat(seqs(alice.get(path("/messages?limit=3&around=" + second)))).containsExactly(first, second, third);
        alice.send("DELETE", path("/pins/" + first), null);
        assertThat(seqs(alice.get(path("/pins")))).isEmpty();
        assertThat(alice.get(path("/messages?before=3&after=1")).statusCode()).isEqualTo(400);
        assertThat(alice.get(path("/messages/999")).statusCode()).isEqualTo(404);
        assertThat(alice.get(path("/messages/1")).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldCountUnreadMessagesAndMentions() {
        Rest guest = Rest.logIn(TestNode.address(), "guest");
        post(alice, "before guest came @guest", null);
        guest.send("PUT", path("/members/guest"), null);
        long named = post(alice, "hello @guest", null);
        post(bob, "hello", null);
        post(guest, "my own", null);
        JsonObject seen = new JsonObject(guest.get(path("")).body());
        assertThat(seen.getInteger("unread")).isEqualTo(2);
        assertThat(seen.getInteger("mentions")).isEqualTo(1);
        edit(alice, named, "hello all");
        assertThat(new JsonObject(guest.get(path("")).body()).getInteger("mentions"))
                .isZero();
        JsonObject listed = new JsonObject(
                        guest.get("/rooms?membership=joined&q=" + room).body())
                .getJsonArray("rooms")
                .getJsonObject(0);
        assertThat(listed.getInteger("unread")).isEqualTo(2);
    }

    /** H18: a message that bob has read is a mention for him when an edit adds his name, until he has read the edit. */
    @Test
    void shouldCountAMentionThatAnEditAdds() {
        long seq = post(alice, "lunch?", null);
        read(bob, seq);
        assertThat(edit(alice, seq, "lunch, @Bob?")).isGreaterThan(seq);
        assertThat(mentionsOf(bob)).isEqualTo(1);
        edit(alice, seq, "no lunch");
        assertThat(mentionsOf(bob)).isZero();
        long again = edit(alice, seq, "lunch after all, @bob?");
        assertThat(mentionsOf(bob)).isEqualTo(1);
        edit(alice, seq, "lunch after all, @bob!");
        read(bob, again);
        assertThat(mentionsOf(bob)).isZero();
        alice.send("DELETE", path("/messages/" + seq), null);
        assertThat(message(seq).containsKey("mentions")).isFalse();
    }

    /** The grammar has its own test; this is the node's treatment of a name. */
    @Test
    void shouldMentionMembersAloneForEver() {
        long seq = post(alice, "@nobody @guest @alice ＠BOB `@bob`", null);
        assertThat(message(seq).getJsonArray("mentions")).containsExactly("alice", "bob");
        assertThat(message(post(alice, "`@bob` @nobody \\@bob", null)).containsKey("mentions"))
                .isFalse();
        Rest.logIn(TestNode.address(), "guest").send("PUT", path("/members/guest"), null);
        assertThat(message(seq).getJsonArray("mentions")).containsExactly("alice", "bob");
        assertThat(mentionsOf(bob)).isEqualTo(1);
        JsonObject event = new JsonObject(
                        alice.get(path("/events?limit=1&before=" + (seq + 1))).body())
                .getJsonArray("events")
                .getJsonObject(0);
        assertThat(event.getJsonArray("mentions")).containsExactly("alice", "bob");
    }

    /** The limit counts members; pasted texts contain names of no user. */
    @Test
    void shouldMentionTheFirstFiftyMembersOfAText() {
        String nobody = IntStream.range(0, 2 * Mentions.MAX)
                .mapToObj(i -> "@nobody" + i)
                .collect(joining(" "));
        JsonObject pasted = message(post(alice, nobody + " @bob", null));
        assertThat(pasted.getJsonArray("mentions")).containsExactly("bob");
        List<String> members = IntStream.range(0, Mentions.MAX)
                .mapToObj(i -> "fifty-" + i)
                .peek(id -> Rest.logIn(TestNode.address(), id).send("PUT", path("/members/" + id), null))
                .toList();
        String all = members.stream().map(id -> "@" + id).collect(joining(" "));
        assertThat(message(post(alice, nobody + " " + all + " @bob", null)).getJsonArray("mentions"))
                .hasSameElementsAs(members);
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

    private long post(Rest user, String text, Long replyTo) {
        return post(user, text, replyTo, false);
    }

    private long post(Rest user, String text, Long replyTo, boolean alsoToRoom) {
        ids++;
        JsonObject body = new JsonObject(body(text));
        if (replyTo != null) {
            body.put("replyTo", replyTo).put("alsoToRoom", alsoToRoom);
        }
        HttpResponse<String> posted = user.send("POST", path("/messages"), body.encode());
        assertThat(posted.statusCode()).as(posted.body()).isEqualTo(201);
        return new JsonObject(posted.body()).getLong("seq");
    }

    private long edit(Rest user, long seq, String text) {
        ids++;
        HttpResponse<String> edited = user.send("PATCH", path("/messages/" + seq), body(text));
        assertThat(edited.statusCode()).as(edited.body()).isEqualTo(200);
        return new JsonObject(edited.body()).getLong("seq");
    }

    private void react(Rest user, String method, long seq) {
        assertThat(user.send(method, path("/messages/" + seq + "/reactions/" + THUMB), null)
                        .statusCode())
                .isEqualTo(200);
    }

    private void read(Rest user, long seq) {
        assertThat(user.send(
                                "PUT",
                                path("/read"),
                                new JsonObject().put("seq", seq).encode())
                        .statusCode())
                .isEqualTo(200);
    }

    private int unreadOf(Rest user) {
        return new JsonObject(user.get(path("")).body()).getInteger("unread");
    }

    private int mentionsOf(Rest user) {
        return new JsonObject(user.get(path("")).body()).getInteger("mentions");
    }

    private JsonObject message(long seq) {
        return new JsonObject(alice.get(path("/messages/" + seq)).body());
    }

    private String body(String text) {
        return new JsonObject().put("id", room + "-" + ids).put("text", text).encode();
    }

    private String path(String rest) {
        return "/rooms/" + room + rest;
    }

    private static String emoji(int index) {
        return "%F0%9F%98%" + Integer.toHexString(0x80 + index).toUpperCase(Locale.ROOT);
    }

    private static List<Long> seqs(HttpResponse<String> page) {
        JsonArray messages = new JsonObject(page.body()).getJsonArray("messages");
        return messages.stream()
                .map(message -> ((JsonObject) message).getLong("seq"))
                .toList();
    }
}
