package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Rest;
import chat.parlance.testing.RestoredRoom;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every request that names an event by its seq, over REST and over frames, with the stamp of this event or of another. */
final class TargetsIT {

    private static final Rest ALICE = Rest.logIn(TestNode.address(), "target-alice");
    private static final Socket SOCKET = Socket.authenticated(TestNode.address(), ALICE.token());

    private String room;
    private int ids;

    /** A request that names an event. */
    private enum Verb {
        REPLY("POST", "/messages", "post"),
        EDIT("PATCH", "/messages/%d", "edit"),
        DELETE("DELETE", "/messages/%d", "delete"),
        REACT("PUT", "/messages/%d/reactions/%%F0%%9F%%91%%8D", "react"),
        UNREACT("DELETE", "/messages/%d/reactions/%%F0%%9F%%91%%8D", "react"),
        PIN("PUT", "/pins/%d", "pin"),
        UNPIN("DELETE", "/pins/%d", "pin"),
        READ("PUT", "/read", "markRead");

        private final String method;
        private final String path;
        private final String frame;

        Verb(String method, String path, String frame) {
            this.method = method;
            this.path = path;
            this.frame = frame;
        }

        boolean hasBody() {
            return this == REPLY || this == EDIT || this == READ;
        }
    }

    /** A verb by REST or by a frame. */
    record Way(Verb verb, boolean rest) {}

    static Stream<Way> ways() {
        return Stream.of(Verb.values()).flatMap(verb -> Stream.of(new Way(verb, true), new Way(verb, false)));
    }

    @BeforeEach
    void makeRoom(TestInfo test) {
        room = "target-" + Integer.toHexString((test.getTestMethod() + test.getDisplayName()).hashCode());
        assertThat(ALICE.post("/rooms", Map.of("roomId", room)).statusCode()).isEqualTo(201);
    }

    @AfterAll
    static void close() {
        SOCKET.close();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldRefuseAnotherEventAndTakeTheRightOne(Way way) {
        JsonObject event = post();
        assertThat(code(way, event.getLong("seq"), other(event))).isEqualTo("history.changed");
        assertThat(code(way, event.getLong("seq") + 1, event.getString("stamp")))
                .isEqualTo("history.changed");
        assertThat(code(way, event.getLong("seq"), event.getString("stamp"))).isEmpty();
        JsonObject next = post();
        assertThat(code(way, next.getLong("seq"), null)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldRefuseALostMessageWithAReallocatedSeqAfterARestore(Way way) throws SQLException {
        post();
        JsonObject lost = post();
        long seq = lost.getLong("seq");
        RestoredRoom.backTo(room, seq - 1);
        assertThat(code(way, seq, lost.getString("stamp"))).as("not there").isEqualTo("history.changed");
        JsonObject replacement = post();
        assertThat(replacement.getLong("seq")).isEqualTo(seq);
        assertThat(code(way, seq, lost.getString("stamp"))).as("another").isEqualTo("history.changed");
        JsonObject untouched =
                new JsonObject(ALICE.get(path("/messages/" + seq)).body());
        assertThat(untouched.fieldNames())
                .containsExactlyInAnyOrder("roomId", "seq", "stamp", "kind", "sender", "id", "at", "text");
        assertThat(new JsonObject(ALICE.get(path("")).body()).getLong("readTo")).isLessThan(seq);
        assertThat(code(way, seq, replacement.getString("stamp"))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldRefuseAMalformedStamp(Way way) {
        long seq = post().getLong("seq");
        for (String bad : List.of("", "short", "nine chars", "Zk3+a9Qx", "Zk3_a9Qx=", "Zk3_a9Q\u00e9")) {
            assertThat(answer(way, seq, bad, true).getString("code")).as(bad).isEqualTo("bad_request");
        }
        assertThat(new JsonObject(ALICE.get(path("")).body()).getLong("head")).isEqualTo(seq);
    }

    @Test
    void shouldRefuseAStampOfAMessageThatAnswersNothing() {
        String stamp = post().getString("stamp");
        Map<String, Object> message = Map.of("id", room + "-alone", "text", "hi", "stamp", stamp);
        assertThat(Rest.code(ALICE.post(path("/messages"), message))).isEqualTo("bad_request");
        Map<String, Object> frame = new HashMap<>(message);
        frame.putAll(Map.of("type", "post", "ref", "alone", "roomId", room));
        SOCKET.sendText(new JsonObject(frame).encode());
        assertThat(SOCKET.await(answer -> "alone".equals(answer.getString("ref")))
                        .getString("code"))
                .isEqualTo("bad_request");
    }

    @Test
    void shouldAnswerARetryAsTheFirstSendAfterARestoreToo() throws SQLException {
        JsonObject target = post();
        long seq = target.getLong("seq");
        String id = room + "-retried";
        JsonObject first = edit(id, seq, target.getString("stamp"));
        assertThat(first.getString("stamp")).matches("[A-Za-z0-9_-]{8}");
        assertThat(edit(id, seq, other(target))).isEqualTo(first);
        assertThat(edit(id, seq, null)).isEqualTo(first);
        assertThat(edit(id, 1, target.getString("stamp")).getString("code")).isEqualTo("message.id_conflict");
        JsonObject lost = post();
        RestoredRoom.backTo(room, first.getLong("seq"));
        assertThat(edit(id, seq, target.getString("stamp"))).isEqualTo(first);
        assertThat(edit(id + "-2", lost.getLong("seq"), lost.getString("stamp")).getString("code"))
                .isEqualTo("history.changed");
    }

    @Test
    void shouldKeepTheErrorForARightStamp() {
        JsonObject message = post();
        long seq = message.getLong("seq");
        String joined = new JsonObject(ALICE.get(path("/events?before=2")).body())
                .getJsonArray("events")
                .getJsonObject(0)
                .getString("stamp");
        assertThat(code(new Way(Verb.PIN, true), 1, joined)).isEqualTo("message.not_found");
        assertThat(code(new Way(Verb.DELETE, true), seq, message.getString("stamp")))
                .isEmpty();
        for (Verb verb : List.of(Verb.REPLY, Verb.EDIT, Verb.DELETE, Verb.REACT, Verb.PIN)) {
            assertThat(code(new Way(verb, false), seq, message.getString("stamp")))
                    .as(verb.name())
                    .isEqualTo("message.not_found");
        }
        Rest bob = Rest.logIn(TestNode.address(), "target-bob");
        bob.send("PUT", path("/members/target-bob"), null);
        JsonObject another = post();
        for (String stamp : List.of(another.getString("stamp"), other(another))) {
            assertThat(Rest.code(
                            bob.send("DELETE", path("/messages/" + another.getLong("seq") + "?stamp=" + stamp), null)))
                    .isEqualTo(stamp.equals(other(another)) ? "history.changed" : "room.forbidden");
        }
    }

    /** A message of alice; the answer has its seq and stamp. */
    private JsonObject post() {
        HttpResponse<String> posted = ALICE.post(path("/messages"), Map.of("id", room + "-" + ++ids, "text", "text"));
        assertThat(posted.statusCode()).isEqualTo(201);
        return new JsonObject(posted.body());
    }

    private JsonObject edit(String id, long seq, @Nullable String stamp) {
        JsonObject body = new JsonObject().put("id", id).put("text", "edited");
        if (stamp != null) {
            body.put("stamp", stamp);
        }
        return new JsonObject(
                ALICE.send("PATCH", path("/messages/" + seq), body.encode()).body());
    }

    /** The error's code, empty after a success. */
    private String code(Way way, long seq, @Nullable String stamp) {
        return answer(way, seq, stamp, false).getString("code", "");
    }

    private JsonObject answer(Way way, long seq, @Nullable String stamp, boolean malformed) {
        ids++;
        return way.rest() ? rest(way.verb(), seq, stamp) : frame(way.verb(), seq, stamp, malformed);
    }

    private JsonObject rest(Verb verb, long seq, @Nullable String stamp) {
        String path = path(verb.path.formatted(seq));
        if (!verb.hasBody()) {
            String query = stamp == null ? "" : "?stamp=" + URLEncoder.encode(stamp, StandardCharsets.UTF_8);
            return new JsonObject(ALICE.send(verb.method, path + query, null).body());
        }
        JsonObject body = new JsonObject();
        if (verb != Verb.READ) {
            body.put("id", room + "-" + ids).put("text", "text");
        }
        if (verb != Verb.EDIT) {
            body.put(verb == Verb.REPLY ? "replyTo" : "seq", seq);
        }
        if (stamp != null) {
            body.put("stamp", stamp);
        }
        return new JsonObject(ALICE.send(verb.method, path, body.encode()).body());
    }

    private JsonObject frame(Verb verb, long seq, @Nullable String stamp, boolean malformed) {
        String ref = "r" + ids;
        JsonObject frame = new JsonObject()
                .put("type", verb.frame)
                .put("ref", ref)
                .put("roomId", room)
                .put(verb == Verb.REPLY ? "replyTo" : "seq", seq);
        if (verb != Verb.READ) {
            frame.put("id", room + "-" + ids);
        }
        switch (verb) {
            case REPLY, EDIT -> frame.put("text", "text");
            case REACT -> frame.put("emoji", "👍");
            case UNREACT -> frame.put("emoji", "👍").put("removed", true);
            case UNPIN -> frame.put("removed", true);
            case DELETE, PIN, READ -> {}
        }
        if (stamp != null) {
            frame.put("stamp", stamp);
        }
        if (malformed) {
            SOCKET.sendText(frame.encode());
        } else {
            SOCKET.send(frame.getMap());
        }
        return SOCKET.await(answer -> ref.equals(answer.getString("ref")));
    }

    /** A stamp that no event has. */
    private static String other(JsonObject event) {
        String stamp = event.getString("stamp");
        return (stamp.startsWith("A") ? "B" : "A") + stamp.substring(1);
    }

    private String path(String rest) {
        return "/rooms/" + room + rest;
    }
}
