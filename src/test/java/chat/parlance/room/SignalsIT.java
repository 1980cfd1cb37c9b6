package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestCluster;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Read markers and typing, on two nodes. */
final class SignalsIT {

    private static final int READ_INTERVAL_MS = 500;

    private static TestCluster cluster;
    private static Rest alice;
    private static Rest bob;

    @BeforeAll
    static void start() {
        // One event loop a node, so that REST and the sockets of a test share it.
        cluster = TestCluster.start("--signal.readIntervalMs=" + READ_INTERVAL_MS, "--websocket.eventLoops=1");
        alice = Rest.logIn(cluster.address(0), "alice");
        bob = Rest.logIn(cluster.address(0), "bob");
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void shouldTellAllConnectionsOfTheUserOnEveryNodeHowFarItHasRead() {
        String room = room("read-1", 3);
        say(room, 4, "hi");
        say(room, 5, "@bob see above");
        try (Socket phone = Socket.authenticated(cluster.address(0), bob.token());
                Socket desk = Socket.authenticated(cluster.address(1), bob.token());
                Socket hers = Socket.authenticated(cluster.address(1), alice.token())) {
            assertThat(listed(bob, room)).isEqualTo(new Counts(0, 3, 1));
            phone.send(Map.of("type", "markRead", "ref", "r", "roomId", room, "seq", 4));
            JsonObject expected = new JsonObject()
                    .put("type", "readMarker")
                    .put("roomId", room)
                    .put("readTo", 4)
                    .put("head", 5)
                    .put("unreadCount", 1)
                    .put("mentionCount", 1);
            assertThat(phone.await(frame -> "r".equals(frame.getString("ref"))))
                    .isEqualTo(expected.copy().put("ref", "r"));
            assertThat(desk.await(frame -> frame.getString("type").equals("readMarker")
                            && frame.getString("roomId").equals(room)))
                    .isEqualTo(expected);
            assertThat(listed(bob, room)).isEqualTo(new Counts(4, 1, 1));
            HttpResponse<String> put = bob.send("PUT", "/rooms/" + room + "/read", "{\"seq\":99}");
            assertThat(new JsonObject(put.body()))
                    .isEqualTo(new JsonObject()
                            .put("roomId", room)
                            .put("readTo", 5)
                            .put("head", 5)
                            .put("unreadCount", 0)
                            .put("mentionCount", 0));
            for (Socket device : List.of(phone, desk)) {
                assertThat(device.await(frame -> frame.getString("type").equals("readMarker")
                                        && room.equals(frame.getString("roomId"))
                                        && frame.getInteger("readTo") == 5)
                                .getInteger("unreadCount"))
                        .isZero();
            }
            hers.send(Map.of("type", "ping", "ref", "p"));
            // A marker of her own in the room of another test may arrive late, by the poll of the store.
            assertThat(hers.await(frame -> frame.getString("type").equals("pong")
                                    || (frame.getString("type").equals("readMarker")
                                            && frame.getString("roomId").equals(room)))
                            .getString("type"))
                    .as("what others hear")
                    .isEqualTo("pong");
        }
    }

    @Test
    void shouldWriteTheMarkerOnceInAnIntervalAlsoWhenItIsMovedByRestAndBySocket() {
        String room = room("read-once", 5);
        try (Socket socket = Socket.authenticated(cluster.address(0), bob.token())) {
            long begin = System.nanoTime();
            assertThat(bob.send("PUT", "/rooms/" + room + "/read", "{\"seq\":3}")
                            .statusCode())
                    .isEqualTo(200);
            socket.send(Map.of("type", "markRead", "ref", "later", "roomId", room, "seq", 4));
            socket.await(frame -> "later".equals(frame.getString("ref")));
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin))
                    .isGreaterThanOrEqualTo(READ_INTERVAL_MS);
        }
    }

    @Test
    void shouldNeverMoveAMarkerBackWhicheverNodeIsAsked() {
        String room = room("read-2", 3);
        Rest there = new Rest(cluster.address(1), bob.token());
        bob.send("PUT", "/rooms/" + room + "/read", "{\"seq\":3}");
        HttpResponse<String> back = there.send("PUT", "/rooms/" + room + "/read", "{\"seq\":1}");
        assertThat(new JsonObject(back.body()).getInteger("readTo")).isEqualTo(3);
        assertThat(listed(there, room).read()).isEqualTo(3);
    }

    @Test
    void shouldWriteTheFurthestOfManyMovesAndAnswerAllWithIt() {
        String room = room("read-3", 60);
        long beginNs = System.nanoTime();
        try (Socket socket = Socket.authenticated(cluster.address(0), bob.token())) {
            for (int seq = 3; seq <= 60; seq++) {
                socket.send(Map.of("type", "markRead", "ref", "m" + seq, "roomId", room, "seq", seq));
            }
            List<JsonObject> pushed = new ArrayList<>();
            List<Integer> answered = new ArrayList<>();
            while (answered.size() < 58) {
                JsonObject frame = socket.await(
                        each -> each.getString("type").equals("readMarker") && room.equals(each.getString("roomId")));
                if (frame.containsKey("ref")) {
                    answered.add(frame.getInteger("readTo"));
                } else {
                    pushed.add(frame);
                }
            }
            assertThat(answered).first().isEqualTo(3);
            assertThat(answered.subList(1, 58)).isSorted().last().isEqualTo(60);
            long intervals = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNs) / READ_INTERVAL_MS;
            assertThat(pushed).as("writes, of which each is told once").hasSizeLessThanOrEqualTo((int) intervals + 2);
        }
    }

    @Test
    void shouldRefuseAMoveToAnotherEventAloneOfThoseThatAreWrittenTogether() {
        String room = room("read-6", 9);
        String eighth = new JsonObject(bob.get("/rooms/" + room + "/messages/8").body()).getString("stamp");
        String ninth = new JsonObject(bob.get("/rooms/" + room + "/messages/9").body()).getString("stamp");
        try (Socket his = Socket.authenticated(cluster.address(0), bob.token());
                Socket hers = Socket.authenticated(cluster.address(0), alice.token())) {
            his.send(Map.of("type", "markRead", "ref", "0", "roomId", room, "seq", 3));
            his.send(Map.of("type", "markRead", "ref", "1", "roomId", room, "seq", 9, "stamp", eighth));
            his.send(Map.of("type", "markRead", "ref", "2", "roomId", room, "seq", 8, "stamp", eighth));
            his.send(Map.of("type", "markRead", "ref", "3", "roomId", room, "seq", 7));
            his.send(Map.of("type", "markRead", "ref", "4", "roomId", room, "seq", 10, "stamp", ninth));
            hers.send(Map.of("type", "markRead", "ref", "1", "roomId", room, "seq", 9, "stamp", ninth));
            List<String> answers = new ArrayList<>();
            while (answers.size() < 5) {
                JsonObject answer = his.await(frame -> frame.containsKey("ref"));
                answers.add(answer.getString("ref") + " " + answer.getString("code", "" + answer.getInteger("readTo")));
            }
            assertThat(answers)
                    .containsExactlyInAnyOrder("0 3", "1 history.changed", "2 8", "3 8", "4 history.changed");
            assertThat(hers.await(frame -> "1".equals(frame.getString("ref"))).getInteger("readTo"))
                    .isEqualTo(9);
            assertThat(listed(bob, room).read()).isEqualTo(8);
        }
    }

    @Test
    void shouldRefuseMarkersOfOthersRoomsAndBadOnes() {
        String room = room("read-4", 3);
        alice.post("/rooms", Map.of("roomId", "read-5", "visibility", "private"));
        Rest guest = Rest.logIn(cluster.address(0), "guest");
        assertThat(Rest.code(guest.send("PUT", "/rooms/" + room + "/read", "{\"seq\":1}")))
                .isEqualTo("room.forbidden");
        HttpResponse<String> hidden = guest.send("PUT", "/rooms/read-5/read", "{\"seq\":1}");
        HttpResponse<String> absent = guest.send("PUT", "/rooms/read-none/read", "{\"seq\":1}");
        assertThat(hidden.statusCode()).isEqualTo(404);
        assertThat(hidden.body()).isEqualTo(absent.body());
        for (String bad : List.of(
                "{}",
                "{\"seq\":0}",
                "{\"seq\":-1}",
                "{\"seq\":\"1\"}",
                "{\"seq\":1e999}",
                "[]",
                "",
                "{\"seq\":1,\"stamp\":\"short\"}")) {
            assertThat(bob.send("PUT", "/rooms/" + room + "/read", bad).statusCode())
                    .as(bad)
                    .isEqualTo(400);
        }
        try (Socket socket = Socket.authenticated(cluster.address(0), guest.token())) {
            Stream.of(
                            "{\"type\":\"markRead\",\"roomId\":\"%s\"}",
                            "{\"type\":\"markRead\",\"roomId\":\"%s\",\"seq\":-1}",
                            "{\"type\":\"markRead\",\"roomId\":\"%s\",\"seq\":[]}",
                            "{\"type\":\"markRead\",\"roomId\":\"%s\",\"seq\":1,\"stamp\":\"short\"}",
                            "{\"type\":\"typing\",\"roomId\":7}")
                    .forEach(bad -> {
                        socket.sendText(bad.formatted(room));
                        assertThat(socket.await("error").getString("code"))
                                .as(bad)
                                .isEqualTo("bad_request");
                    });
        }
    }

    @Test
    void shouldSendTypingNoticesOnlyToTheOthersInTheRoom() {
        String room = room("typing-1", 2);
        try (Socket his = Socket.authenticated(cluster.address(0), bob.token());
                Socket hisOther = Socket.authenticated(cluster.address(1), bob.token());
                Socket hers = Socket.authenticated(cluster.address(1), alice.token())) {
            for (Socket socket : List.of(his, hisOther, hers)) {
                socket.join(room, 2L);
            }
            his.send(Map.of("type", "typing", "ref", "t", "roomId", room));
            assertThat(his.await("ack").getString("ref")).isEqualTo("t");
            try (Typist _ = new Typist(his, room)) {
                assertThat(hers.await("userTyping"))
                        .isEqualTo(new JsonObject()
                                .put("type", "userTyping")
                                .put("roomId", room)
                                .put("userId", "bob")
                                .put("expiresInMs", 6000));
            }
            his.post(room, "typing-1-a", "there");
            assertThat(hisOther.await(frame -> List.of("userTyping", "event").contains(frame.getString("type")))
                            .getString("type"))
                    .as("what the user itself hears")
                    .isEqualTo("event");
            assertThat(new JsonObject(alice.get("/rooms/" + room).body()).getLong("head"))
                    .as("head, which typing does not move")
                    .isEqualTo(3);
        }
    }

    @Test
    void shouldRefuseTypingNoticesOfAMutedMember() {
        String room = room("typing-3", 2);
        try (Socket his = Socket.authenticated(cluster.address(1), bob.token())) {
            his.join(room, 2L);
            for (boolean muted : List.of(true, false)) {
                alice.send("PATCH", "/rooms/" + room + "/members/bob", "{\"muted\":" + muted + "}");
                his.awaitEvents(1);
                his.send(Map.of("type", "typing", "ref", "t", "roomId", room));
                assertThat(his.await(frame -> "t".equals(frame.getString("ref")))
                                .getString("code"))
                        .isEqualTo(muted ? "room.muted" : null);
            }
        }
    }

    @Test
    void shouldRefuseTypingNoticesInARoomThatIsNotJoined() {
        String room = room("typing-2", 2);
        try (Socket his = Socket.authenticated(cluster.address(0), bob.token())) {
            for (String other : List.of(room, "typing-none")) {
                his.send(Map.of("type", "typing", "ref", other, "roomId", other));
                JsonObject refused = his.await("error");
                assertThat(refused.getString("code")).isEqualTo("room.not_found");
                assertThat(refused.getString("detail")).isEqualTo("No such room");
            }
        }
    }

    /** A room of alice and bob whose first two events are their joins, and the rest messages of alice. */
    private static String room(String room, int head) {
        alice.post("/rooms", Map.of("roomId", room, "memberIds", List.of("bob")));
        for (int seq = 3; seq <= head; seq++) {
            say(room, seq, "text " + seq);
        }
        return room;
    }

    private static void say(String room, int seq, String text) {
        assertThat(alice.post("/rooms/" + room + "/messages", Map.of("id", room + "-" + seq, "text", text))
                        .statusCode())
                .isEqualTo(201);
    }

    /** Types repeatedly: a notice is not sent to a node that has not announced the room yet, but a later one is. */
    private static final class Typist implements AutoCloseable {

        private static final int INTERVAL_MS = 100;

        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        private final Future<?> typing;

        Typist(Socket socket, String room) {
            typing = timer.scheduleAtFixedRate(
                    () -> socket.send(Map.of("type", "typing", "roomId", room)), 0, INTERVAL_MS, TimeUnit.MILLISECONDS);
        }

        @Override
        public void close() {
            typing.cancel(false);
            timer.close();
        }
    }

    private record Counts(int read, int unread, int mentions) {}

    private static Counts listed(Rest user, String room) {
        JsonArray rooms =
                new JsonObject(user.get("/rooms?membership=joined&q=" + room).body()).getJsonArray("rooms");
        JsonObject listed = rooms.getJsonObject(0);
        return new Counts(
                listed.getInteger("readTo"), listed.getInteger("unreadCount"), listed.getInteger("mentionCount"));
    }
}
