package chat.parlance.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.Node;
import chat.parlance.testing.Alerts;
import chat.parlance.testing.Await;
import chat.parlance.testing.Counters;
import chat.parlance.testing.RawHttp;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rate limits of addresses at the doors of a node. The tests are clients of different addresses, as a proxy would tell them. */
final class AddressLimitsIT {

    private static final int MAX_REFUSALS = 20;
    private static final int CONNECTIONS = 60;
    private static final int ADDRESS_CONNECTIONS = 12;
    private static final int UNPROVEN_CONNECTIONS = 3;
    private static final int FILES_BURST = 50;
    private static final int PATIENCE_MS = 15_000;

    private static Node node;

    @BeforeAll
    static void start() {
        node = TestNode.startBeside(
                "--limits.enabled=true",
                "--http.trustedProxies=127.0.0.1",
                "--limits.maxRefusals=" + MAX_REFUSALS,
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
        node.stop();
    }

    @Test
    void shouldLimitRequestsOfOneAddressWithRetryAfterAndNotThoseOfAnother() {
        Rest nobody = new Rest(address(), null);
        HttpResponse<String> answer = nobody.send("GET", "/rooms", null, ProxiedClients.from("10.0.4.1"));
        assertThat(answer.statusCode()).isEqualTo(401);
        for (int i = 0; answer.statusCode() != 429 && i < 200; i++) {
            answer = nobody.send("GET", "/rooms", null, ProxiedClients.from("10.0.4.1"));
        }
        ProxiedClients.assertRefused(answer);
        assertThat(nobody.send("GET", "/rooms", null, ProxiedClients.from("10.0.4.2"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(ProxiedClients.limited(management(), "address")).isPositive();
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
        assertThat(ProxiedClients.limited(management(), limit)).isPositive();
    }

    @Test
    void shouldEndAPipelinedFloodAndHandleNoneOfTheRest() {
        String head = "GET /nothing HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 10.0.25.1\r\n\r\n";
        double before = ProxiedClients.limited(management(), "files");
        List<RawHttp.Answer> answers = RawHttp.exchange(port(), head.repeat(2000));
        assertThat(answers).hasSizeBetween(FILES_BURST + MAX_REFUSALS, FILES_BURST + 3 * MAX_REFUSALS);
        assertThat(answers.getLast().header("Connection")).isEqualTo("close");
        assertThat(ProxiedClients.limited(management(), "files") - before).isLessThan(4 * MAX_REFUSALS);
    }

    /** Otherwise a page of another site could use up what the people at an address may ask for. */
    @Test
    void shouldNotCountAsRestWhatAPageOfAnotherSiteMakesABrowserSend() {
        Rest nobody = new Rest(address(), null);
        Map<String, String> foreign = Map.of(
                "X-Forwarded-For", "10.0.26.1", "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site");
        HttpResponse<String> answer = nobody.send("GET", "/rooms", null, foreign);
        assertThat(answer.statusCode()).isEqualTo(403);
        for (int i = 0; answer.statusCode() != 429 && i < 200; i++) {
            answer = nobody.send("GET", "/rooms", null, foreign);
        }
        ProxiedClients.assertRefused(answer);
        assertThat(nobody.send("GET", "/rooms", null, ProxiedClients.from("10.0.26.1"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void shouldLimitLogInsAndNewAccountsOfOneAddressByWhateverDoor() {
        Rest nobody = new Rest(address(), null);
        String logIn = "{\"userId\":\"limited-nobody\",\"password\":\"wrong horse battery\"}";
        for (int i = 0; i < 3; i++) {
            assertThat(nobody.send("POST", "/sessions", logIn, ProxiedClients.from("10.0.5.1"))
                            .statusCode())
                    .isEqualTo(401);
        }
        ProxiedClients.assertRefused(nobody.send("POST", "/sessions", logIn, ProxiedClients.from("10.0.5.1")));
        try (Socket lines = Socket.open("ws://" + address() + "/lines", ProxiedClients.from("10.0.5.1"))) {
            lines.sendText("/login limited-nobody wrong horse battery");
            assertThat(lines.awaitLine("!")).contains("rate.limited");
        }
        for (int i = 0; i < 2; i++) {
            assertThat(register(nobody, "limited-new-" + i, "10.0.5.2").statusCode())
                    .isEqualTo(201);
        }
        ProxiedClients.assertRefused(register(nobody, "limited-new-2", "10.0.5.2"));
        assertThat(register(nobody, "limited-new-2", "10.0.5.3").statusCode()).isEqualTo(201);
        assertThat(ProxiedClients.limited(management(), "login")).isPositive();
        assertThat(ProxiedClients.limited(management(), "registration")).isPositive();
    }

    @Test
    void shouldLimitNewWebSocketsOfOneAddress() {
        Rest user = ProxiedClients.owner("limited-6");
        List<Socket> sockets = new ArrayList<>();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 200; i++) {
                        sockets.add(ProxiedClients.open(address(), user, "10.0.6.1"));
                    }
                })
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(429));
        sockets.forEach(Socket::close);
        assertThat(ProxiedClients.limited(management(), "handshake")).isPositive();
    }

    @Test
    void shouldCountTheConnectionsOfAnAddressAsTheyAreAccepted() {
        int port = port();
        List<RawHttp> open = new ArrayList<>();
        for (int i = 0; i < ADDRESS_CONNECTIONS; i++) {
            open.add(RawHttp.connect("127.0.0.2", port));
        }
        Counters.await(management(), "parlance_http_connections", ADDRESS_CONNECTIONS);
        assertCrowdedOut(RawHttp.connect("127.0.0.2", port), 429, "connection.limit");
        // The open ones are served, and so are other addresses, and the proxy for as many clients as it has.
        assertServed(open.getFirst());
        open.add(RawHttp.connect("127.0.0.3", port));
        assertServed(open.getLast());
        for (int i = 0; i < ADDRESS_CONNECTIONS + 1; i++) {
            open.add(RawHttp.connect(port));
        }
        assertServed(open.getLast());
        assertThat(ProxiedClients.limited(management(), "address_connections")).isPositive();
        open.forEach(RawHttp::close);
        Counters.awaitMost(management(), "parlance_http_connections", ADDRESS_CONNECTIONS);
        try (RawHttp again = RawHttp.connect("127.0.0.2", port)) {
            assertServed(again);
        }
    }

    @Test
    void shouldCountTheConnectionsOfAllAddresses() {
        int port = port();
        String before = Alerts.scrape(management());
        List<RawHttp> open = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            open.add(RawHttp.connect("127.0.9." + (1 + i / ADDRESS_CONNECTIONS), port));
        }
        Counters.await(management(), "parlance_http_connections", CONNECTIONS);
        Alerts.assertFires("ParlanceConnectionsRunOut", before, Alerts.scrape(management()));
        assertCrowdedOut(RawHttp.connect("127.0.0.4", port), 503, "server.overloaded");
        assertThat(ProxiedClients.limited(management(), "connections")).isPositive();
        open.forEach(RawHttp::close);
        Counters.awaitMost(management(), "parlance_http_connections", ADDRESS_CONNECTIONS);
    }

    @Test
    void shouldCountTheWebSocketsOfAnAddressBehindAProxyBeforeTheHandshake() {
        Map<String, String> page = Map.of("X-Forwarded-For", "10.0.28.1", "Origin", "http://" + address());
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < ADDRESS_CONNECTIONS; i++) {
            sockets.add(Socket.open("ws://" + address() + "/ws", page));
        }
        assertHandshakeRefused("/ws", page);
        sockets.removeFirst().close();
        sockets.add(openInTheEnd("/ws", page));
        sockets.forEach(Socket::close);
    }

    @Test
    void shouldLetFewConnectionsOfAnAddressWaitForTheirLogIn() {
        Rest user = ProxiedClients.owner("limited-29");
        Map<String, String> program = ProxiedClients.from("10.0.29.1");
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < UNPROVEN_CONNECTIONS; i++) {
            sockets.add(Socket.open("ws://" + address() + (i == 0 ? "/ws" : "/lines"), program));
        }
        for (String path : List.of("/ws", "/lines")) {
            assertHandshakeRefused(path, program);
        }
        // Line mode waits for minutes, whatever a client claims to be.
        assertHandshakeRefused("/lines", Map.of("X-Forwarded-For", "10.0.29.1", "Origin", "http://" + address()));
        try (Socket proved = ProxiedClients.open(address(), user, "10.0.29.1");
                Socket elsewhere = Socket.open("ws://" + address() + "/ws", ProxiedClients.from("10.0.29.2"))) {
            proved.await("welcome");
            sockets.getFirst().send(Map.of("type", "auth", "token", user.token()));
            sockets.getFirst().await("welcome");
            sockets.add(Socket.open("ws://" + address() + "/ws", program));
            assertHandshakeRefused("/ws", program);
            assertThat(elsewhere).isNotNull();
        }
        assertThat(ProxiedClients.limited(management(), "unproven_connections")).isGreaterThanOrEqualTo(4);
        sockets.forEach(Socket::close);
    }

    private static void assertHandshakeRefused(String path, Map<String, String> headers) {
        assertThatThrownBy(() -> Socket.open("ws://" + address() + path, headers))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(429));
    }

    /** Opens a socket in place of one that was closed, of which the node may hear a moment later. */
    private static Socket openInTheEnd(String path, Map<String, String> headers) {
        List<Socket> opened = new ArrayList<>();
        Await.until("the place is free", PATIENCE_MS, () -> {
            try {
                return opened.add(Socket.open("ws://" + address() + path, headers));
            } catch (CompletionException crowded) {
                return false;
            }
        });
        return opened.getFirst();
    }

    private static int port() {
        return node.httpPort();
    }

    private static String address() {
        return "127.0.0.1:" + node.httpPort();
    }

    private static String management() {
        return "127.0.0.1:" + node.managementPort();
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

    private static HttpResponse<String> register(Rest nobody, String user, String address) {
        String account = new JsonObject(Map.of("userId", user, "password", Rest.PASSWORD, "name", user)).encode();
        return nobody.send("POST", "/users", account, ProxiedClients.from(address));
    }
}
