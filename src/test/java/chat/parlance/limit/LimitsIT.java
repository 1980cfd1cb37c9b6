package chat.parlance.limit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.testing.Await;
import chat.parlance.testing.Counters;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestCluster;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rate limits of connections and users at two nodes. The tests are clients of different addresses, as a proxy would tell them. */
final class LimitsIT {

    private static final int BURST = 10;
    private static final int USER_PER_SECOND = 1;
    private static final int USER_BURST = 30;
    private static final int MAX_REFUSALS = 20;
    private static final int USER_CONNECTIONS = 6;
    private static final int USER_ROOMS = 2;
    private static final int PATIENCE_MS = 15_000;

    private static TestCluster cluster;

    @BeforeAll
    static void start() {
        cluster = TestCluster.start(
                "--limits.enabled=true",
                "--http.trustedProxies=127.0.0.1",
                "--limits.connectionPerSecond=1",
                "--limits.connectionBurst=" + BURST,
                "--limits.maxRefusals=" + MAX_REFUSALS,
                "--limits.userPerSecond=" + USER_PER_SECOND,
                "--limits.userBurst=" + USER_BURST,
                "--limits.userConnections=" + USER_CONNECTIONS,
                "--limits.userRooms=" + USER_ROOMS);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void shouldRefuseWhatIsBeyondTheLimitOfAConnectionInBandAndTakeItLater() throws InterruptedException {
        Rest user = ProxiedClients.owner("limited-1");
        try (Socket socket = ProxiedClients.open(cluster.address(0), user, "10.0.1.1")) {
            long beginNs = System.nanoTime();
            int taken = -1;
            JsonObject refused;
            do {
                taken++;
                String id = "limited-1-" + taken;
                socket.post("limited-1", id, "text");
                refused = socket.await(frame -> id.equals(frame.getString("ref")));
            } while (refused.getString("type").equals("ack"));
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beginNs);
            assertThat(taken).isBetween(BURST, BURST + (int) seconds + 1);
            assertThat(refused.getString("code")).isEqualTo("rate.limited");
            assertThat(refused.getBoolean("retryable")).isTrue();
            assertThat(refused.getInteger("retryAfterMs")).isBetween(1, 1000);
            TimeUnit.MILLISECONDS.sleep(refused.getInteger("retryAfterMs"));
            String again = refused.getString("ref");
            socket.post("limited-1", again, "text");
            assertThat(socket.await(frame -> again.equals(frame.getString("ref")))
                            .getString("type"))
                    .isEqualTo("ack");
        }
        assertThat(ProxiedClients.limited(cluster.management(0), "connection")).isPositive();
    }

    @Test
    void shouldCutWhoFloodsAfterSayingSo() {
        Rest user = ProxiedClients.owner("limited-2");
        try (Socket socket = ProxiedClients.open(cluster.address(0), user, "10.0.2.1")) {
            try {
                for (int i = 0; i < BURST + 3 * MAX_REFUSALS; i++) {
                    socket.post("limited-2", "limited-2-" + i, "text");
                }
            } catch (CompletionException closed) {
                // It was cut before all was sent.
            }
            assertThat(socket.await("error").getString("code")).isEqualTo("rate.limited");
            assertThat(socket.awaitClose()).isEqualTo(1008);
        }
    }

    @Test
    void shouldLimitAUserOverAllItsConnectionsAndNodes() {
        Rest user = ProxiedClients.owner("limited-3");
        List<Socket> sockets = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            sockets.add(ProxiedClients.open(cluster.address(i % 2), user, "10.0.3.1"));
        }
        int acknowledged = 0;
        for (int round = 0; round < BURST; round++) {
            for (int i = 0; i < sockets.size(); i++) {
                String id = "limited-3-" + i + "-" + round;
                sockets.get(i).post("limited-3", id, "text");
                JsonObject answer = sockets.get(i).await(frame -> id.equals(frame.getString("ref")));
                acknowledged += answer.getString("type").equals("ack") ? 1 : 0;
            }
        }
        double seconds = (System.nanoTime() - begin) / (double) TimeUnit.SECONDS.toNanos(1);
        // Each connection may send all of it: a hundred, were it not for the user's limit. A node refills its bucket
        // until it hears of the usage at the other one, which may be late on a busy machine.
        assertThat(acknowledged).isLessThanOrEqualTo((int) (2 * (USER_BURST + seconds * USER_PER_SECOND)));
        assertThat(ProxiedClients.limited(cluster.management(0), "user")
                        + ProxiedClients.limited(cluster.management(1), "user"))
                .isPositive();
        String messages = "/rooms/limited-3/messages";
        Rest there = new Rest(cluster.address(1), user.token());
        HttpResponse<String> refused =
                there.send("POST", messages, post("limited-3-r"), ProxiedClients.from("10.0.3.2"));
        for (int i = 0; refused.statusCode() == 201 && i < 30; i++) {
            refused = there.send("POST", messages, post("limited-3-r" + i), ProxiedClients.from("10.0.3.2"));
        }
        ProxiedClients.assertRefused(refused);
        sockets.forEach(Socket::close);
    }

    @Test
    void shouldRefuseAConnectionTooManyOfOneUserByEitherProofUntilAnotherIsClosed() {
        Rest user = ProxiedClients.owner("limited-7");
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < USER_CONNECTIONS; i++) {
            sockets.add(ProxiedClients.open(cluster.address(0), user, "10.0.7.1"));
            sockets.getLast().await("welcome");
        }
        try (Socket proved = ProxiedClients.open(cluster.address(0), user, "10.0.7.1");
                Socket proves = Socket.open("ws://" + cluster.address(0) + "/ws", ProxiedClients.from("10.0.7.1"));
                Socket elsewhere = ProxiedClients.open(cluster.address(1), user, "10.0.7.1")) {
            assertThat(proved.await("error").getString("code")).isEqualTo("connection.limit");
            assertThat(proved.awaitClose()).isEqualTo(1013);
            proves.send(Map.of("type", "auth", "ref", "a", "token", user.token()));
            JsonObject refused = proves.await("error");
            assertThat(refused.getString("ref")).isEqualTo("a");
            assertThat(refused.getString("code")).isEqualTo("connection.limit");
            assertThat(refused.getBoolean("retryable")).isTrue();
            assertThat(proves.awaitClose()).isEqualTo(1013);
            elsewhere.await("welcome");
        }
        assertThat(ProxiedClients.limited(cluster.management(0), "user_connections"))
                .isGreaterThanOrEqualTo(2);
        assertThat(Counters.of(
                        cluster.management(0), "parlance_connections_cut_total{code=\"1013\",reason=\"crowded\"}"))
                .isGreaterThanOrEqualTo(2);
        sockets.removeFirst().close();
        // The node may hear of it a moment later.
        AtomicInteger tries = new AtomicInteger();
        Await.until("another connection is accepted", PATIENCE_MS, () -> {
            String address = "10.0.70." + tries.incrementAndGet();
            try (Socket again = ProxiedClients.open(cluster.address(0), user, address)) {
                return new JsonObject(again.awaitText()).getString("type").equals("welcome");
            }
        });
        sockets.forEach(Socket::close);
    }

    /** A terminal sends a pasted text at once, and no line again. */
    @Test
    void shouldTakeWhatIsPastedIntoLineModeWholeAndInOrder() {
        Rest user = ProxiedClients.owner("limited-18");
        int pasted = BURST + 4;
        try (Socket lines = lines(cluster.address(0), user, "limited-18", "10.0.18.1")) {
            for (int i = 0; i < pasted; i++) {
                lines.sendText("line " + i + "\n");
                lines.sendText("\n");
            }
            lines.awaitLine("* You send faster than the limits allow.");
            lines.awaitLine("line " + (pasted - 1));
        }
        assertThat(texts(user, "limited-18"))
                .containsExactlyElementsOf(
                        IntStream.range(0, pasted).mapToObj(i -> "line " + i).toList());
    }

    /** Or the text would have a hole. */
    @Test
    void shouldTakeNothingAfterALineThatWouldWaitTooLong() {
        Rest user = ProxiedClients.owner("limited-19");
        Node impatient = TestNode.startBeside(
                "--limits.enabled=true",
                "--limits.connectionPerSecond=1",
                "--limits.connectionBurst=" + BURST,
                "--limits.lineWaitMs=100");
        try (Socket lines = lines("127.0.0.1:" + impatient.httpPort(), user, "limited-19", "10.0.19.1")) {
            try {
                for (int i = 0; i < 3 * BURST; i++) {
                    lines.sendText("line " + i);
                }
            } catch (CompletionException closed) {
                // It was cut before all was sent.
            }
            assertThat(lines.awaitLine("!")).isEqualTo("! Too many requests, wait a moment (rate.limited)");
            assertThat(lines.awaitClose()).isEqualTo(1008);
        } finally {
            impatient.stop();
        }
        List<String> taken = texts(user, "limited-19");
        assertThat(taken)
                .hasSizeGreaterThanOrEqualTo(BURST)
                .hasSizeLessThan(3 * BURST)
                .containsExactlyElementsOf(IntStream.range(0, taken.size())
                        .mapToObj(i -> "line " + i)
                        .toList());
    }

    @Test
    void shouldChargeASearchAsAWrite() {
        Rest user =
                new Rest(cluster.address(0), ProxiedClients.owner("limited-8").token());
        long begin = System.nanoTime();
        int answered = 0;
        HttpResponse<String> answer;
        do {
            answer = user.send("GET", "/search?q=tomatoes", null, ProxiedClients.from("10.0.8." + answered));
            answered += answer.statusCode() == 200 ? 1 : 0;
        } while (answer.statusCode() == 200);
        double seconds = (System.nanoTime() - begin) / (double) TimeUnit.SECONDS.toNanos(1);
        ProxiedClients.assertRefused(answer);
        assertThat(answered).isBetween(USER_BURST - 1, (int) (USER_BURST + seconds * USER_PER_SECOND) + 1);
    }

    @Test
    void shouldRefuseARoomTooManyOfOneUserByEveryDoorUntilItLeavesOne() {
        Rest other = ProxiedClients.owner("limited-9-1");
        other.post("/rooms", Map.of("roomId", "limited-9-2"));
        Rest user = new Rest(
                cluster.address(0), Rest.logIn(TestNode.address(), "limited-9").token());
        assertThat(create(user, "limited-9").statusCode()).isEqualTo(201);
        assertThat(member(user, "PUT", 1).statusCode()).isEqualTo(204);
        assertThat(Rest.code(create(user, "limited-9-more"))).isEqualTo("room.limit");
        assertThat(Rest.code(member(user, "PUT", 2))).isEqualTo("room.limit");
        try (Socket socket = ProxiedClients.open(cluster.address(0), user, "10.0.9.1")) {
            socket.send(Map.of("type", "join", "ref", "j", "roomId", "limited-9-2"));
            assertThat(socket.await("error").getString("code")).isEqualTo("room.limit");
        }
        assertThat(user.send("PUT", "/direct/user-of-limited-9-1", null, ProxiedClients.from("10.0.9.1"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(member(user, "DELETE", 1).statusCode()).isEqualTo(204);
        assertThat(member(user, "PUT", 2).statusCode()).isEqualTo(204);
        assertThat(Rest.code(create(user, "limited-9-more"))).isEqualTo("room.limit");
    }

    private static HttpResponse<String> member(Rest user, String method, int room) {
        return user.send(
                method, "/rooms/limited-9-" + room + "/members/limited-9", null, ProxiedClients.from("10.0.9.1"));
    }

    private static HttpResponse<String> create(Rest user, String room) {
        String body = new JsonObject(Map.of("roomId", room)).encode();
        return user.send("POST", "/rooms", body, ProxiedClients.from("10.0.9.1"));
    }

    private static Socket lines(String node, Rest user, String room, String address) {
        Socket lines = Socket.open(
                "ws://" + node + "/lines?room=" + room,
                Map.of("Authorization", "Bearer " + user.token(), "X-Forwarded-For", address));
        lines.awaitLine("* You are in " + room);
        return lines;
    }

    /** The messages of a room, as a node has them where nothing is limited. */
    private static List<String> texts(Rest user, String room) {
        JsonArray messages = new JsonObject(
                        user.get("/rooms/" + room + "/messages?limit=100").body())
                .getJsonArray("messages");
        return messages.stream()
                .map(message -> ((JsonObject) message).getString("text"))
                .toList();
    }

    private static String post(String id) {
        return new JsonObject(Map.of("id", id, "text", "text")).encode();
    }
}
