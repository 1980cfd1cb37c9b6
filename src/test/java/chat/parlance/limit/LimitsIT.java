package chat.parlance.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.Node;
import chat.parlance.testing.Counters;
import chat.parlance.testing.RawHttp;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestCluster;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rate limits at the doors of two nodes. The tests are clients of different addresses, as a proxy would tell them. */
final class LimitsIT {

    private static final int BURST = 10;
    private static final int USER_PER_SECOND = 5;
    private static final int USER_BURST = 30;
    private static final int MAX_REFUSALS = 20;
    private static final int USER_CONNECTIONS = 6;
    private static final int USER_ROOMS = 2;
    private static final int CONNECTIONS = 60;
    private static final int ADDRESS_CONNECTIONS = 12;
    private static final int UNPROVEN_CONNECTIONS = 3;
    private static final int FILES_BURST = 50;

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
                "--limits.userRooms=" + USER_ROOMS,
                "--limits.connections=" + CONNECTIONS,
                "--limits.addressConnections=" + ADDRESS_CONNECTIONS,
                "--limits.unprovenConnections=" + UNPROVEN_CONNECTIONS,
                "--limits.addressPerSecond=1",
                "--limits.addressBurst=40",
                "--limits.filesPerSecond=1",
                "--limits.filesBurst=" + FILES_BURST,
                "--limits.handshakesPerSecond=1",
                "--limits.handshakeBurst=15",
                "--limits.loginsPerMinute=1",
                "--limits.loginBurst=3",
                "--limits.registrationsPerHour=1",
                "--limits.registrationBurst=2");
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void shouldRefuseWhatIsBeyondTheLimitOfAConnectionInBandAndTakeItLater() throws InterruptedException {
        Rest user = member("limited-1");
        try (Socket socket = open(0, user, "10.0.1.1")) {
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
        assertThat(limited(0, "connection")).isPositive();
    }

    @Test
    void shouldCutWhoFloodsAfterSayingSo() {
        Rest user = member("limited-2");
        try (Socket socket = open(0, user, "10.0.2.1")) {
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
        Rest user = member("limited-3");
        List<Socket> sockets = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            sockets.add(open(i % 2, user, "10.0.3.1"));
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
        // Each connection may send all of it: a hundred, were it not for the user's limit.
        assertThat(acknowledged).isLessThanOrEqualTo((int) (2 * USER_BURST + seconds * USER_PER_SECOND) + 1);
        assertThat(limited(0, "user") + limited(1, "user")).isPositive();
        String messages = "/rooms/limited-3/messages";
        Rest there = new Rest(cluster.address(1), user.token());
        HttpResponse<String> refused = there.send("POST", messages, post("limited-3-r"), from("10.0.3.2"));
        for (int i = 0; refused.statusCode() == 201 && i < 30; i++) {
            refused = there.send("POST", messages, post("limited-3-r" + i), from("10.0.3.2"));
        }
        assertRefused(refused);
        sockets.forEach(Socket::close);
    }

    @Test
    void shouldLimitRequestsOfOneAddressWithRetryAfterAndNotThoseOfAnother() {
        Rest nobody = new Rest(cluster.address(0), null);
        HttpResponse<String> answer = nobody.send("GET", "/rooms", null, from("10.0.4.1"));
        assertThat(answer.statusCode()).isEqualTo(401);
        for (int i = 0; answer.statusCode() != 429 && i < 200; i++) {
            answer = nobody.send("GET", "/rooms", null, from("10.0.4.1"));
        }
        assertRefused(answer);
        assertThat(nobody.send("GET", "/rooms", null, from("10.0.4.2")).statusCode())
                .isEqualTo(401);
        assertThat(limited(0, "address")).isPositive();
    }

    /** Behind a trusted proxy each request has its client's address; the connection is the proxy's. */
    @ParameterizedTest
    @CsvSource({
        "10.0.24.1, GET /nothing, files",
        "10.0.24.2, GET /, files",
        "10.0.24.3, POST /ws, files",
        "10.0.24.4, GET /%zz, files",
        "10.0.24.5, OPTIONS *, files",
        "10.0.24.6, GET /api/v1/rooms, address",
        "10.0.24.7, GET /api/, address"
    })
    void shouldCloseAConnectionThatGoesOnAfterManyRefusals(String address, String request, String limit) {
        String head = request + " HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: " + address + "\r\n";
        try (RawHttp connection = RawHttp.connect(port())) {
            int refused = 0;
            RawHttp.Answer answer;
            do {
                connection.send(head + "\r\n");
                answer = connection.answer();
                refused += answer.status() == 429 ? 1 : 0;
            } while (answer.header("Connection").isEmpty() && refused < 100 * MAX_REFUSALS);
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.header("Retry-After")).isNotEmpty();
            assertThat(answer.header("Connection")).isEqualTo("close");
            // Requests within the limit, one a second, may have taken some off.
            assertThat(refused).isBetween(MAX_REFUSALS + 1, 2 * MAX_REFUSALS);
            assertThat(connection.read()).isEmpty();
        }
        assertThat(limited(0, limit)).isPositive();
    }

    @Test
    void shouldEndAPipelinedFloodAndHandleNoneOfTheRest() {
        String head = "GET /nothing HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 10.0.25.1\r\n\r\n";
        double before = limited(0, "files");
        List<RawHttp.Answer> answers = RawHttp.exchange(port(), head.repeat(2000));
        assertThat(answers).hasSizeBetween(FILES_BURST + MAX_REFUSALS, FILES_BURST + 3 * MAX_REFUSALS);
        assertThat(answers.getLast().header("Connection")).isEqualTo("close");
        assertThat(limited(0, "files") - before).isLessThan(4 * MAX_REFUSALS);
    }

    /** Otherwise a page of another site could use up what the people at an address may ask for. */
    @Test
    void shouldNotCountAsRestWhatAPageOfAnotherSiteMakesABrowserSend() {
        Rest nobody = new Rest(cluster.address(0), null);
        Map<String, String> foreign = Map.of(
                "X-Forwarded-For", "10.0.26.1", "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site");
        HttpResponse<String> answer = nobody.send("GET", "/rooms", null, foreign);
        assertThat(answer.statusCode()).isEqualTo(403);
        for (int i = 0; answer.statusCode() != 429 && i < 200; i++) {
            answer = nobody.send("GET", "/rooms", null, foreign);
        }
        assertRefused(answer);
        assertThat(nobody.send("GET", "/rooms", null, from("10.0.26.1")).statusCode())
                .isEqualTo(401);
    }

    @Test
    void shouldLimitLogInsAndNewAccountsOfOneAddressByWhateverDoor() {
        Rest nobody = new Rest(cluster.address(0), null);
        String logIn = "{\"userId\":\"limited-nobody\",\"password\":\"wrong horse battery\"}";
        for (int i = 0; i < 3; i++) {
            assertThat(nobody.send("POST", "/sessions", logIn, from("10.0.5.1")).statusCode())
                    .isEqualTo(401);
        }
        assertRefused(nobody.send("POST", "/sessions", logIn, from("10.0.5.1")));
        try (Socket lines = Socket.open("ws://" + cluster.address(0) + "/lines", from("10.0.5.1"))) {
            lines.sendText("/login limited-nobody wrong horse battery");
            assertThat(lines.awaitLine("!")).contains("rate.limited");
        }
        for (int i = 0; i < 2; i++) {
            assertThat(register(nobody, "limited-new-" + i, "10.0.5.2").statusCode())
                    .isEqualTo(201);
        }
        assertRefused(register(nobody, "limited-new-2", "10.0.5.2"));
        assertThat(register(nobody, "limited-new-2", "10.0.5.3").statusCode()).isEqualTo(201);
        assertThat(limited(0, "login")).isPositive();
        assertThat(limited(0, "registration")).isPositive();
    }

    @Test
    void shouldLimitNewWebSocketsOfOneAddress() {
        Rest user = member("limited-6");
        List<Socket> sockets = new ArrayList<>();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 200; i++) {
                        sockets.add(open(0, user, "10.0.6.1"));
                    }
                })
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(429));
        sockets.forEach(Socket::close);
        assertThat(limited(0, "handshake")).isPositive();
    }

    @Test
    void shouldRefuseAConnectionTooManyOfOneUserByEitherProofUntilAnotherIsClosed() {
        Rest user = member("limited-7");
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < USER_CONNECTIONS; i++) {
            sockets.add(open(0, user, "10.0.7.1"));
            sockets.getLast().await("welcome");
        }
        try (Socket proved = open(0, user, "10.0.7.1");
                Socket proves = Socket.open("ws://" + cluster.address(0) + "/ws", from("10.0.7.1"));
                Socket elsewhere = open(1, user, "10.0.7.1")) {
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
        assertThat(limited(0, "user_connections")).isGreaterThanOrEqualTo(2);
        assertThat(Counters.of(
                        cluster.management(0), "parlance_connections_cut_total{code=\"1013\",reason=\"crowded\"}"))
                .isGreaterThanOrEqualTo(2);
        sockets.removeFirst().close();
        // The node may hear of it a moment later.
        String answer = "error";
        for (int i = 2; !answer.equals("welcome") && i < 100; i++) {
            try (Socket again = open(0, user, "10.0.7." + i)) {
                answer = new JsonObject(again.awaitText()).getString("type");
            }
        }
        assertThat(answer).isEqualTo("welcome");
        sockets.forEach(Socket::close);
    }

    /** A terminal sends a pasted text at once, and no line again. */
    @Test
    void shouldTakeWhatIsPastedIntoLineModeWholeAndInOrder() {
        Rest user = member("limited-18");
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
        Rest user = member("limited-19");
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
        Rest user = new Rest(cluster.address(0), member("limited-8").token());
        long begin = System.nanoTime();
        int answered = 0;
        HttpResponse<String> answer;
        do {
            answer = user.send("GET", "/search?q=tomatoes", null, from("10.0.8." + answered));
            answered += answer.statusCode() == 200 ? 1 : 0;
        } while (answer.statusCode() == 200);
        double seconds = (System.nanoTime() - begin) / (double) TimeUnit.SECONDS.toNanos(1);
        assertRefused(answer);
        assertThat(answered).isBetween(USER_BURST - 1, (int) (USER_BURST + seconds * USER_PER_SECOND) + 1);
    }

    @Test
    void shouldRefuseARoomTooManyOfOneUserByEveryDoorUntilItLeavesOne() {
        Rest other = member("limited-9-1");
        other.post("/rooms", Map.of("roomId", "limited-9-2"));
        Rest user = new Rest(
                cluster.address(0), Rest.logIn(TestNode.address(), "limited-9").token());
        assertThat(create(user, "limited-9").statusCode()).isEqualTo(201);
        assertThat(member(user, "PUT", 1).statusCode()).isEqualTo(204);
        assertThat(Rest.code(create(user, "limited-9-more"))).isEqualTo("room.limit");
        assertThat(Rest.code(member(user, "PUT", 2))).isEqualTo("room.limit");
        try (Socket socket = open(0, user, "10.0.9.1")) {
            socket.send(Map.of("type", "join", "ref", "j", "room", "limited-9-2"));
            assertThat(socket.await("error").getString("code")).isEqualTo("room.limit");
        }
        assertThat(user.send("PUT", "/direct/user-of-limited-9-1", null, from("10.0.9.1"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(member(user, "DELETE", 1).statusCode()).isEqualTo(204);
        assertThat(member(user, "PUT", 2).statusCode()).isEqualTo(204);
        assertThat(Rest.code(create(user, "limited-9-more"))).isEqualTo("room.limit");
    }

    private static HttpResponse<String> member(Rest user, String method, int room) {
        return user.send(method, "/rooms/limited-9-" + room + "/members/limited-9", null, from("10.0.9.1"));
    }

    private static HttpResponse<String> create(Rest user, String room) {
        String body = new JsonObject(Map.of("roomId", room)).encode();
        return user.send("POST", "/rooms", body, from("10.0.9.1"));
    }

    @Test
    void shouldCountTheConnectionsOfAnAddressAsTheyAreAccepted() {
        int port = port();
        List<RawHttp> open = new ArrayList<>();
        for (int i = 0; i < ADDRESS_CONNECTIONS; i++) {
            open.add(RawHttp.connect("127.0.0.2", port));
        }
        Counters.await(cluster.management(0), "parlance_http_connections", ADDRESS_CONNECTIONS);
        assertCrowdedOut(RawHttp.connect("127.0.0.2", port), 429, "connection.limit");
        // The open ones are served, and so are other addresses, and the proxy for as many clients as it has.
        assertServed(open.getFirst());
        open.add(RawHttp.connect("127.0.0.3", port));
        assertServed(open.getLast());
        for (int i = 0; i < ADDRESS_CONNECTIONS + 1; i++) {
            open.add(RawHttp.connect(port));
        }
        assertServed(open.getLast());
        assertThat(limited(0, "address_connections")).isPositive();
        open.forEach(RawHttp::close);
        Counters.awaitMost(cluster.management(0), "parlance_http_connections", ADDRESS_CONNECTIONS);
        try (RawHttp again = RawHttp.connect("127.0.0.2", port)) {
            assertServed(again);
        }
    }

    @Test
    void shouldCountTheConnectionsOfAllAddresses() {
        int port = port();
        List<RawHttp> open = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            open.add(RawHttp.connect("127.0.9." + (1 + i / ADDRESS_CONNECTIONS), port));
        }
        Counters.await(cluster.management(0), "parlance_http_connections", CONNECTIONS);
        assertCrowdedOut(RawHttp.connect("127.0.0.4", port), 503, "server.overloaded");
        assertThat(limited(0, "connections")).isPositive();
        open.forEach(RawHttp::close);
        Counters.awaitMost(cluster.management(0), "parlance_http_connections", ADDRESS_CONNECTIONS);
    }

    @Test
    void shouldCountTheWebSocketsOfAnAddressBehindAProxyBeforeTheHandshake() {
        Map<String, String> page = Map.of("X-Forwarded-For", "10.0.28.1", "Origin", "http://" + cluster.address(0));
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < ADDRESS_CONNECTIONS; i++) {
            sockets.add(Socket.open("ws://" + cluster.address(0) + "/ws", page));
        }
        assertHandshakeRefused("/ws", page);
        sockets.removeFirst().close();
        sockets.add(openInTheEnd("/ws", page));
        sockets.forEach(Socket::close);
    }

    @Test
    void shouldLetFewConnectionsOfAnAddressWaitForTheirLogIn() {
        Rest user = member("limited-29");
        Map<String, String> program = from("10.0.29.1");
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < UNPROVEN_CONNECTIONS; i++) {
            sockets.add(Socket.open("ws://" + cluster.address(0) + (i == 0 ? "/ws" : "/lines"), program));
        }
        for (String path : List.of("/ws", "/lines")) {
            assertHandshakeRefused(path, program);
        }
        // Line mode waits for minutes, whatever a client claims to be.
        assertHandshakeRefused(
                "/lines", Map.of("X-Forwarded-For", "10.0.29.1", "Origin", "http://" + cluster.address(0)));
        try (Socket proved = open(0, user, "10.0.29.1");
                Socket elsewhere = Socket.open("ws://" + cluster.address(0) + "/ws", from("10.0.29.2"))) {
            proved.await("welcome");
            sockets.getFirst().send(Map.of("type", "auth", "token", user.token()));
            sockets.getFirst().await("welcome");
            sockets.add(Socket.open("ws://" + cluster.address(0) + "/ws", program));
            assertHandshakeRefused("/ws", program);
            assertThat(elsewhere).isNotNull();
        }
        assertThat(limited(0, "unproven_connections")).isGreaterThanOrEqualTo(4);
        sockets.forEach(Socket::close);
    }

    private static void assertHandshakeRefused(String path, Map<String, String> headers) {
        assertThatThrownBy(() -> Socket.open("ws://" + cluster.address(0) + path, headers))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(429));
    }

    /** Opens a socket in place of one that was closed, of which the node may hear a moment later. */
    private static Socket openInTheEnd(String path, Map<String, String> headers) {
        for (int i = 0; i < 100; i++) {
            try {
                return Socket.open("ws://" + cluster.address(0) + path, headers);
            } catch (CompletionException crowded) {
                Thread.onSpinWait();
            }
        }
        throw new AssertionError("the place is not free");
    }

    private static int port() {
        return Integer.parseInt(cluster.address(0).replaceFirst(".*:", ""));
    }

    private static void assertServed(RawHttp connection) {
        connection.send("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(connection.answer().status()).isEqualTo(404);
    }

    private static void assertCrowdedOut(RawHttp connection, int status, String code) {
        try (connection) {
            assertThat(connection.answers()).singleElement().satisfies(answer -> {
                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.body()).contains(code);
            });
        }
    }

    /** The owner of a new room; made at another node, where nothing is limited. */
    private static Rest member(String room) {
        Rest user = Rest.logIn(TestNode.address(), "user-of-" + room);
        user.post("/rooms", Map.of("roomId", room));
        return user;
    }

    private static Socket open(int node, Rest user, String address) {
        return Socket.open(
                "ws://" + cluster.address(node) + "/ws",
                Map.of("Authorization", "Bearer " + user.token(), "X-Forwarded-For", address));
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

    private static HttpResponse<String> register(Rest nobody, String user, String address) {
        String account = new JsonObject(Map.of("userId", user, "password", Rest.PASSWORD, "name", user)).encode();
        return nobody.send("POST", "/users", account, from(address));
    }

    private static String post(String id) {
        return new JsonObject(Map.of("id", id, "text", "text")).encode();
    }

    private static Map<String, String> from(String address) {
        return Map.of("X-Forwarded-For", address);
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(Rest.code(answer)).isEqualTo("rate.limited");
        assertThat(Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow()))
                .isPositive();
        assertThat(new JsonObject(answer.body()).getLong("retryAfterMs")).isPositive();
    }

    /** How many were refused at a node by one limit, as its metrics say. */
    private static double limited(int node, String limit) {
        return Counters.of(cluster.management(node), "parlance_rate_limited_total{limit=\"" + limit + "\"}");
    }
}
