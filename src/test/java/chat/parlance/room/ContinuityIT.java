package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Alerts;
import chat.parlance.testing.Database;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** A client proves that it holds the room's history, also when the database has another one than it had. */
final class ContinuityIT {

    private static final int MESSAGES = 9;
    private static final String UNKNOWN = "AAAAAAAB";

    private final Rest alice = Rest.logIn(TestNode.address(), "alice");
    private String room = "";

    @BeforeEach
    void fill(TestInfo test) {
        room = "continuity-" + Integer.toHexString(test.getDisplayName().hashCode());
        alice.post("/rooms", Map.of("roomId", room));
        for (int i = 0; i < MESSAGES; i++) {
            alice.post("/rooms/" + room + "/messages", Map.of("id", room + "-" + i, "text", "text"));
        }
    }

    @Test
    void shouldResumeAfterTheEventOfThatStamp() {
        try (Socket socket = Socket.authenticated(TestNode.address(), alice.token())) {
            socket.send(Map.of("type", "join", "roomId", room, "since", 4, "stamp", stamp(4)));
            assertThat(seqs(socket.awaitEvents(6))).containsExactly(5L, 6L, 7L, 8L, 9L, 10L);
        }
    }

    @Test
    void shouldResetToTheBeginningWhoNamesAnotherEvent() {
        for (Map<String, Object> claim : List.<Map<String, Object>>of(
                Map.of("since", 4, "stamp", UNKNOWN),
                Map.of("since", 4, "stamp", stamp(5)),
                Map.of("since", 99, "stamp", UNKNOWN),
                Map.of("since", 99))) {
            try (Socket socket = Socket.authenticated(TestNode.address(), alice.token())) {
                JsonObject join =
                        new JsonObject(new HashMap<>(claim)).put("type", "join").put("roomId", room);
                socket.send(join.getMap());
                JsonObject reset = socket.await("reset");
                assertThat(reset.getLong("since")).as(claim.toString()).isZero();
                assertThat(reset.getLong("head")).isEqualTo(MESSAGES + 1);
            }
        }
    }

    @Test
    void shouldPageAfterTheEventOfThatStampAlone() {
        for (String pages : List.of("events", "messages", "pins", "messages/2/replies")) {
            String path = "/rooms/" + room + "/" + pages + "?after=";
            assertThat(alice.get(path + "4&stamp=" + stamp(4)).statusCode()).isEqualTo(200);
            assertThat(alice.get(path + "0&stamp=" + UNKNOWN).statusCode()).isEqualTo(200);
            assertThat(alice.get(path + "99").statusCode()).isEqualTo(200);
            for (String another : List.of("4&stamp=" + UNKNOWN, "99&stamp=" + UNKNOWN)) {
                HttpResponse<String> refused = alice.get(path + another);
                assertThat(refused.statusCode()).isEqualTo(409);
                assertThat(Rest.code(refused)).isEqualTo("history.changed");
            }
            assertThat(alice.get(path + "4&stamp=short").statusCode()).isEqualTo(400);
        }
        assertThat(alice.get("/rooms/" + room + "/events?stamp=" + UNKNOWN).statusCode())
                .isEqualTo(400);
        assertThat(Rest.code(Rest.logIn(TestNode.address(), "bob").get("/rooms/none/events?after=1&stamp=" + UNKNOWN)))
                .isEqualTo("room.not_found");
    }

    @Test
    void shouldAcknowledgeWithTheStampOfTheEvent() {
        try (Socket socket = Socket.authenticated(TestNode.address(), alice.token())) {
            socket.join(room, (long) MESSAGES + 1);
            socket.post(room, room + "-acked", "text");
            String acked = socket.await("ack").getString("stamp");
            assertThat(acked).isEqualTo(stamp(MESSAGES + 2));
            HttpResponse<String> again =
                    alice.post("/rooms/" + room + "/messages", Map.of("id", room + "-acked", "text", "text"));
            assertThat(new JsonObject(again.body()).getString("stamp")).isEqualTo(acked);
        }
    }

    @Test
    void shouldBeginAnewInOrderWhenARoomIsJoinedAgain() {
        try (Socket socket = Socket.authenticated(TestNode.address(), alice.token())) {
            List<String> order = new ArrayList<>();
            for (int since : List.of(0, 2, 6)) {
                socket.send(Map.of("type", "join", "ref", "after " + since, "roomId", room, "since", since));
            }
            alice.post("/rooms/" + room + "/messages", Map.of("id", room + "-last", "text", "last"));
            socket.await(frame -> {
                if (frame.getString("type").equals("joined")) {
                    order.add(frame.getString("ref"));
                }
                Socket.events(frame)
                        .forEach(event -> order.add(event.getLong("seq").toString()));
                return order.contains("after 6") && order.getLast().equals(Integer.toString(MESSAGES + 2));
            });
            List<List<String>> streams = new ArrayList<>();
            order.forEach(entry -> {
                if (entry.startsWith("after")) {
                    streams.add(new ArrayList<>());
                } else {
                    streams.getLast().add(entry);
                }
            });
            assertThat(streams).hasSize(3);
            assertRises(streams.get(0), 1);
            assertRises(streams.get(1), 3);
            assertRises(streams.get(2), 7);
            assertThat(streams.getLast().getLast()).isEqualTo(Integer.toString(MESSAGES + 2));
        }
    }

    @Test
    void shouldReportAnotherHistoryOfTheDatabaseToConnectedClients() throws Exception {
        try (Socket socket = Socket.authenticated(TestNode.address(), alice.token())) {
            socket.join(room, (long) MESSAGES + 1);
            String management = "127.0.0.1:" + TestNode.shared().managementPort();
            String before = Alerts.scrape(management);
            rewrite(6, MESSAGES + 1);
            JsonObject reset = socket.await("reset");
            Alerts.assertFires("ParlanceRewound", before, Alerts.scrape(management));
            assertThat(reset.getLong("since")).isZero();
            assertThat(reset.getLong("head")).isEqualTo(MESSAGES + 1);
            socket.post(room, room + "-after", "text");
            assertThat(socket.awaitEvents(1).getFirst().getLong("seq")).isEqualTo(MESSAGES + 2);
        }
    }

    @Test
    void shouldTellAPersonInLineMode() throws Exception {
        String basic = Base64.getEncoder().encodeToString(("alice:" + Rest.PASSWORD).getBytes(StandardCharsets.UTF_8));
        String url = "ws://" + TestNode.address() + "/lines?room=" + room + "&since=4&stamp=";
        Map<String, String> headers = Map.of("Authorization", "Basic " + basic);
        try (Socket socket = Socket.open(url + stamp(4), headers)) {
            socket.awaitLine("[5]");
            socket.sendText("/join " + room + " 4 " + UNKNOWN);
            socket.awaitLine("* Your copy of " + room);
            socket.sendText("/join " + room + " 4 short");
            socket.awaitLine("A stamp has 8 characters");
        }
    }

    private static void assertRises(List<String> seqs, long first) {
        assertThat(seqs)
                .containsExactlyElementsOf(LongStream.range(first, first + seqs.size())
                        .mapToObj(Long::toString)
                        .toList());
    }

    private String stamp(long seq) {
        JsonObject page = new JsonObject(alice.get("/rooms/" + room + "/events?limit=1&after=" + (seq - 1))
                .body());
        return page.getJsonArray("events").getJsonObject(0).getString("stamp");
    }

    private void rewrite(long kept, long head) throws SQLException {
        try (Connection connection = Database.connect()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("""
                with lost as (
                    delete from event where room_id = '%1$s' and seq > %2$d returning seq
                )
                update room r
                set head = e.seq, head_stamp = e.stamp
                from event e
                where r.room_id = '%1$s' and e.room_id = r.room_id and e.seq = %2$d;
                insert into event (room_id, seq, stamp, previous, at, sender, kind, client_id, text)
                select r.room_id, r.head + i, 7000 + i, case i when 1 then r.head_stamp else 6999 + i end, now(),
                       'alice', 'message', r.room_id || '-other-' || i, 'other'
                from room r, generate_series(1, %3$d - r.head) i
                where r.room_id = '%1$s';
                update room set head = %3$d, head_stamp = 7000 + %3$d - head where room_id = '%1$s';
                """.formatted(room, kept, head));
            connection.commit();
        }
    }

    private static List<Long> seqs(List<JsonObject> events) {
        return events.stream().map(event -> event.getLong("seq")).toList();
    }
}
