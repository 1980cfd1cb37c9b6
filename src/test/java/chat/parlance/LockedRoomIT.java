package chat.parlance;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Alerts;
import chat.parlance.testing.Counters;
import chat.parlance.testing.Rest;
import chat.parlance.testing.RoomLock;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A room whose rows another transaction holds, and the other rooms of the node. */
final class LockedRoomIT {

    private static final int OTHER_ROOMS = 20;
    private static final int JOINERS = 12;
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(1);

    /** Factor by which the promised wait may be exceeded on a busy machine. */
    private static final int SLACK = 3;

    private static final String LOCKED = "parlance_commit_refused_total{reason=\"locked\"}";

    private final List<Node> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(Node::stop);
    }

    @Test
    void shouldRefuseOnlyTheLockedRoomAndStoreItsMessagesOnceLater() throws Exception {
        Node node = start(TestNode.startBeside("--postgres.lockTimeoutMs=" + LOCK_TIMEOUT.toMillis()));
        Rest alice = Rest.logIn(address(node), "alice");
        alice.post("/rooms", Map.of("roomId", "locked"));
        for (int i = 0; i < OTHER_ROOMS; i++) {
            alice.post("/rooms", Map.of("roomId", "locked-other-" + i));
        }
        String before = Alerts.scrape(management(node));
        try (RoomLock lock = RoomLock.of("locked");
                Socket sender = Socket.authenticated(address(node), alice.token())) {
            long begin = System.nanoTime();
            List<JsonObject> answers = postToAll(sender, "first");
            assertThat(answers.subList(0, OTHER_ROOMS))
                    .as("answers before that of the locked room")
                    .extracting(answer -> answer.getString("type"))
                    .containsOnly("ack");
            assertThat(answers.getLast().getString("code")).isEqualTo("server.overloaded");
            assertThat(answers.getLast().getBoolean("retryable")).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LOCK_TIMEOUT.multipliedBy(SLACK));
            assertThat(Counters.of(management(node), LOCKED)).isEqualTo(1);
            Alerts.assertFires("ParlanceRoomLocked", before, Alerts.scrape(management(node)));
            assertThat(Counters.of(management(node), "parlance_commit_unknown_total"))
                    .isZero();
            // A room that is known to be locked delays no other either.
            assertThat(postToAll(sender, "second").subList(0, OTHER_ROOMS))
                    .extracting(answer -> answer.getString("type"))
                    .containsOnly("ack");
            lock.release();
            assertThat(postToAll(sender, "first"))
                    .extracting(answer -> answer.getString("type"))
                    .containsOnly("ack");
            assertThat(postToAll(sender, "second"))
                    .extracting(answer -> answer.getString("type"))
                    .containsOnly("ack");
        }
        assertThat(new JsonObject(alice.get("/rooms/locked").body()).getLong("head"))
                .isEqualTo(1 + 2);
    }

    @Test
    void shouldKeepTheOrderOfMessagesThatWaitForTheirRoom() throws Exception {
        Node node = start(RoomLock.startPatientNode());
        Rest alice = Rest.logIn(address(node), "alice");
        alice.post("/rooms", Map.of("roomId", "locked-order"));
        try (RoomLock lock = RoomLock.of("locked-order");
                Socket sender = Socket.authenticated(address(node), alice.token())) {
            for (int i = 0; i < 30; i++) {
                sender.post("locked-order", "locked-order-" + i, "hi");
            }
            lock.awaitWaiting(1);
            Counters.await(management(node), "parlance_commit_waiting", 30);
            lock.release();
            Map<String, Long> seqs = new HashMap<>();
            for (int i = 0; i < 30; i++) {
                JsonObject ack = sender.await("ack");
                seqs.put(ack.getString("ref"), ack.getLong("seq"));
            }
            for (int i = 0; i < 30; i++) {
                assertThat(seqs).containsEntry("locked-order-" + i, i + 2L);
            }
        }
    }

    @Test
    void shouldDelayNoOtherUserWhenManyJoinALockedRoom() throws Exception {
        Node node = start(RoomLock.startPatientNode());
        Rest alice = Rest.logIn(address(node), "alice");
        alice.post("/rooms", Map.of("roomId", "locked-joins"));
        alice.post("/rooms", Map.of("roomId", "locked-joins-other"));
        List<String> users =
                IntStream.range(0, JOINERS).mapToObj(i -> "locked-user-" + i).toList();
        List<Rest> joiners =
                users.stream().map(user -> Rest.logIn(address(node), user)).toList();
        try (RoomLock lock = RoomLock.of("locked-joins");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> joins = new ArrayList<>();
            for (int i = 0; i < JOINERS; i++) {
                Rest joiner = joiners.get(i);
                String user = users.get(i);
                joins.add(threads.submit(() -> join(joiner, "locked-joins", user)));
            }
            lock.awaitWaiting(1);
            for (int i = 0; i < JOINERS; i++) {
                Rest joiner = joiners.get(i);
                assertThat(joiner.get("/rooms").statusCode()).isEqualTo(200);
                assertThat(join(joiner, "locked-joins-other", users.get(i)).statusCode())
                        .isEqualTo(204);
                assertThat(joiner.get("/rooms/locked-joins-other/events").statusCode())
                        .isEqualTo(200);
            }
            assertThat(joins).noneMatch(Future::isDone);
            lock.release();
            for (Future<HttpResponse<String>> join : joins) {
                assertThat(join.get().statusCode()).isEqualTo(204);
            }
        }
        assertThat(new JsonObject(alice.get("/rooms/locked-joins").body()).getLong("head"))
                .isEqualTo(1 + JOINERS);
    }

    @Test
    void shouldRefuseAJoinOfALockedRoomInBoundedTime() throws Exception {
        Node node = start(TestNode.startBeside("--postgres.lockTimeoutMs=" + LOCK_TIMEOUT.toMillis()));
        Rest alice = Rest.logIn(address(node), "alice");
        Rest bob = Rest.logIn(address(node), "bob");
        alice.post("/rooms", Map.of("roomId", "locked-join"));
        try (RoomLock lock = RoomLock.of("locked-join")) {
            long begin = System.nanoTime();
            HttpResponse<String> refused = join(bob, "locked-join", "bob");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(Rest.code(refused)).isEqualTo("server.overloaded");
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(LOCK_TIMEOUT.dividedBy(2), LOCK_TIMEOUT.multipliedBy(SLACK));
            assertThat(Counters.of(management(node), "parlance_postgres_lock_timeouts_total{for=\"changes\"}"))
                    .isPositive();
            lock.release();
            assertThat(join(bob, "locked-join", "bob").statusCode()).isEqualTo(204);
        }
    }

    @Test
    void shouldMoveTheReadMarkersOfOthersWhileOneMemberIsLocked() throws Exception {
        Node node = start(TestNode.startBeside("--postgres.lockTimeoutMs=" + LOCK_TIMEOUT.toMillis()));
        Rest alice = Rest.logIn(address(node), "alice");
        Rest bob = Rest.logIn(address(node), "bob");
        alice.post("/rooms", Map.of("roomId", "locked-member"));
        assertThat(join(bob, "locked-member", "bob").statusCode()).isEqualTo(204);
        try (RoomLock lock = RoomLock.by(
                        "select from member where room_id = ? and user_id = 'bob' for update", "locked-member");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> stuck = threads.submit(() -> read(bob));
            lock.awaitWaiting(1);
            assertThat(read(alice).statusCode()).isEqualTo(200);
            assertThat(Rest.code(stuck.get())).isEqualTo("server.overloaded");
            lock.release();
            assertThat(read(bob).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldCommitOtherRoomsWhileAMessageToDeleteIsLocked() throws Exception {
        Node node = start(RoomLock.startPatientNode());
        Rest alice = Rest.logIn(address(node), "alice");
        alice.post("/rooms", Map.of("roomId", "locked-message"));
        for (int i = 0; i < OTHER_ROOMS; i++) {
            alice.post("/rooms", Map.of("roomId", "locked-message-other-" + i));
        }
        alice.post("/rooms/locked-message/messages", Map.of("id", "locked-message-1", "text", "hi"));
        try (RoomLock lock =
                        RoomLock.by("select from event where room_id = ? and seq = 2 for update", "locked-message");
                Socket sender = Socket.authenticated(address(node), alice.token())) {
            sender.send(Map.of(
                    "type", "delete", "roomId", "locked-message", "id", "locked-message-2", "seq", 2, "ref", "stuck"));
            for (int i = 0; i < OTHER_ROOMS; i++) {
                sender.post("locked-message-other-" + i, "locked-message-other-" + i, "hi");
            }
            for (int i = 0; i < OTHER_ROOMS; i++) {
                assertThat(sender.await(frame -> frame.containsKey("ref")).getString("type"))
                        .isEqualTo("ack");
            }
            lock.release();
            assertThat(sender.await("ack").getString("ref")).isEqualTo("stuck");
        }
    }

    /** Posts to the locked room first and then to all others, and returns the answers in order of arrival. */
    private static List<JsonObject> postToAll(Socket sender, String id) {
        Set<String> refs = new HashSet<>();
        sender.post("locked", "locked-" + id, "hi");
        refs.add("locked-" + id);
        for (int i = 0; i < OTHER_ROOMS; i++) {
            String other = "locked-other-" + i + "-" + id;
            sender.post("locked-other-" + i, other, "hi");
            refs.add(other);
        }
        List<JsonObject> answers = new ArrayList<>();
        while (answers.size() <= OTHER_ROOMS) {
            answers.add(sender.await(frame -> refs.contains(frame.getString("ref"))));
        }
        return answers;
    }

    private static HttpResponse<String> read(Rest user) {
        return user.send("PUT", "/rooms/locked-member/read", "{\"seq\":1}");
    }

    private static HttpResponse<String> join(Rest user, String room, String id) {
        return user.send("PUT", "/rooms/" + room + "/members/" + id, null);
    }

    private Node start(Node node) {
        started.add(node);
        return node;
    }

    private static String address(Node node) {
        return "127.0.0.1:" + node.httpPort();
    }

    private static String management(Node node) {
        return "127.0.0.1:" + node.managementPort();
    }
}
