package chat.parlance.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import chat.parlance.Node;
import chat.parlance.testing.Balancer;
import chat.parlance.testing.Nginx;
import chat.parlance.testing.RawHttp;
import chat.parlance.testing.RawHttp.Answer;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A node with limits, behind each of the proxies. The tests are clients of different addresses of loopback. */
final class ProxiesIT {

    enum Proxy {
        HAPROXY,
        NGINX
    }

    private static final int ADDRESS_BURST = 5;

    /** Longer requests are reset by a proxy that refuses them while they come. */
    private static final int MAX_PROBE = 20_000;

    /** A request that follows another one, and ends the connection. */
    private static final String SECOND = "GET /smuggled HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    /**
     * Probes that a proxy may repair before it passes them on, by its version, or that it passes on as a request which the node
     * alone refuses. The proxy and the node agree where each of them ends.
     */
    private static final Set<String> REPAIRED = Set.of(
            "one length twice",
            "two lengths in one",
            "a folded header",
            "a folded header, by a tab",
            "a folded encoding",
            "a header without a colon",
            "a NUL in a header",
            "a newline alone",
            "newlines alone",
            "one host twice",
            "no host",
            "a handshake of a draft",
            "a tab in the request line",
            "Latin-1 in the path",
            "a newline before the method",
            "HTTP/1.10",
            "HTTP/3.0",
            "a line that is too long",
            "headers that are too large",
            "a newline alone after the size",
            "a newline alone after the chunk");

    /** Probes that a proxy waits to the end of, or answers as HTTP/0.9, without a head. */
    private static final Map<Proxy, String> UNFIT = Map.of(Proxy.HAPROXY, "a size of 2^31", Proxy.NGINX, "no version");

    private static final int HIDDEN = 20;

    /** The ways to HTTP/2 on a port without TLS (RFC 9113, 3.3, and RFC 7540, 3.2). */
    private static final List<String> WAYS_TO_HTTP2 =
            List.of("""
                GET / HTTP/1.1\r
                Host: x\r
                Connection: Upgrade, HTTP2-Settings, close\r
                Upgrade: h2c\r
                HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r
                X-Forwarded-For: 10.0.0.1\r
                \r
                """, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");

    private static final Map<Proxy, Integer> PORTS = new EnumMap<>(Proxy.class);
    private static final AtomicInteger CLIENTS = new AtomicInteger();

    private static Node node;
    private static Balancer haproxy;
    private static Nginx nginx;

    @BeforeAll
    static void start() {
        node = TestNode.startBeside(
                "--limits.enabled=true",
                "--http.trustedProxies=127.0.0.1",
                "--limits.addressPerSecond=1",
                "--limits.addressBurst=" + ADDRESS_BURST);
        if (Balancer.isThere()) {
            haproxy = Balancer.start(Balancer.Server.of(node));
            PORTS.put(Proxy.HAPROXY, haproxy.port());
        }
        if (Nginx.isThere()) {
            nginx = Nginx.start(node.httpPort());
            PORTS.put(Proxy.NGINX, nginx.port());
        }
    }

    @AfterAll
    static void stop() {
        if (haproxy != null) {
            haproxy.close();
        }
        if (nginx != null) {
            nginx.close();
        }
        node.stop();
    }

    @ParameterizedTest
    @EnumSource
    void shouldMakeNoTunnelOfAnUpgradeToHttp2(Proxy proxy) {
        // This proxy lets an upgrade through that the node agrees to.
        Socket.authenticated(
                        "127.0.0.1:" + port(proxy),
                        Rest.logIn(TestNode.address(), "alice").token())
                .close();
        for (String way : WAYS_TO_HTTP2) {
            assertThat(RawHttp.exchange(port(proxy), way))
                    .as(way)
                    .singleElement()
                    .satisfies(answer -> {
                        assertThat(answer.status()).isIn(200, 400, 505);
                        assertThat(answer.header("Upgrade")).isEmpty();
                    });
        }
    }

    /**
     * A proxy that takes the handshake alone for an upgrade would pass on, unread, what follows a refusal, with the address that
     * the client names.
     */
    @ParameterizedTest
    @EnumSource
    void shouldMakeNoTunnelOfAHandshakeThatIsRefused(Proxy proxy) {
        String client = client();
        useUp(proxy, client);
        for (String path : List.of("/ws", "/lines")) {
            String handshake = """
                GET %s HTTP/1.1\r
                Host: x\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
                Sec-WebSocket-Version: 8\r
                \r
                """.formatted(path);
            try (RawHttp connection = RawHttp.connect(client, port(proxy))) {
                connection.send(handshake
                        + IntStream.range(1, HIDDEN)
                                .mapToObj(i -> rooms("X-Forwarded-For: 10.0.0." + i))
                                .collect(Collectors.joining())
                        + rooms("X-Forwarded-For: 10.0.0.99\r\nConnection: close"));
                List<Answer> answers = connection.answers();
                assertThat(answers.getFirst().status()).isEqualTo(426);
                // One a second is within the client's limit again.
                assertThat(answers.stream().filter(answer -> answer.status() == 401))
                        .hasSizeLessThan(HIDDEN / 2);
            }
        }
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(Proxy.values())
                .flatMap(proxy -> Stream.of(
                                "X-Forwarded-For: 10.%d.0.1",
                                "X-Forwarded-For: 10.%d.0.1, 127.0.0.1",
                                "X-Forwarded-For: 10.%d.0.1\r\nX-Forwarded-For: 127.0.0.1",
                                "x-forwarded-for: 10.%d.0.1",
                                "X_Forwarded_For: 10.%d.0.1",
                                "X-Forwarded-For: 127.0.0.1, 10.%d.0.1:80",
                                "X-Forwarded-For: not an address %d",
                                "X-Forwarded-For: 10.%d.0.1\r\nConnection: close, X-Forwarded-For",
                                "X-Real-IP: 10.%d.0.1\r\nForwarded: for=10.0.0.1\r\nTrue-Client-IP: 10.0.0.1")
                        .map(header -> arguments(proxy, header)));
    }

    /** A client that names other addresses gets no more than its own share, and takes nothing of theirs. */
    @ParameterizedTest
    @MethodSource("forgeries")
    void shouldBelieveNoForgedAddress(Proxy proxy, String header) {
        String client = client();
        String other = client();
        int served = 0;
        Answer answer;
        do {
            answer = ask(proxy, client, header.formatted(served));
            served += answer.status() == 401 ? 1 : 0;
        } while (answer.status() == 401 && served < 40 * ADDRESS_BURST);
        assertThat(answer.status()).isEqualTo(429);
        assertThat(served).isGreaterThanOrEqualTo(ADDRESS_BURST);
        String victim = client();
        for (int i = 0; i < 3 * ADDRESS_BURST; i++) {
            ask(proxy, other, "X-Forwarded-For: " + victim);
        }
        assertThat(ask(proxy, victim, "X-Other: a").status()).isEqualTo(401);
    }

    private static Answer ask(Proxy proxy, String client, String header) {
        try (RawHttp connection = RawHttp.connect(client, port(proxy))) {
            connection.send(rooms(header.contains("Connection:") ? header : header + "\r\nConnection: close"));
            return connection.answers().getFirst();
        }
    }

    private static void useUp(Proxy proxy, String client) {
        int asked = 0;
        while (ask(proxy, client, "X-Other: a").status() == 401) {
            assertThat(++asked).isLessThan(40 * ADDRESS_BURST);
        }
    }

    private static String rooms(String headers) {
        return "GET /api/v1/rooms HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n\r\n";
    }

    static Stream<Arguments> probes() {
        List<Arguments> probes = Stream.concat(
                        RefusedRequests.HEADS.stream().map(row -> arguments(row.get()[0], row.get()[2])),
                        RefusedRequests.bodies().stream())
                .filter(row -> ((String) row.get()[1]).length() < MAX_PROBE)
                .toList();
        return Stream.of(Proxy.values())
                .flatMap(proxy -> probes.stream()
                        .filter(row -> !row.get()[0].equals(UNFIT.get(proxy)))
                        .map(row -> arguments(proxy, row.get()[0], row.get()[1])));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("probes")
    void shouldAnswerAProbeOnceAndServeTheNextClient(Proxy proxy, String name, String request) {
        try (RawHttp connection = RawHttp.connect(client(), port(proxy))) {
            connection.send(request + SECOND);
            List<Answer> answers = connection.answers();
            if (answers.size() == 2 && REPAIRED.contains(name)) {
                assertThat(answers.getLast().status()).isEqualTo(404);
            } else {
                assertThat(answers).hasSize(1);
                assertThat(answers.getFirst().status()).isGreaterThanOrEqualTo(400);
            }
        }
        for (int i = 0; i < 2; i++) {
            assertThat(ask(proxy, client(), "X-Other: a").body()).contains("auth.required");
        }
    }

    /** Requests beyond the limits of the node, or those of a proxy when these are stricter. */
    static Stream<Arguments> tooLarge() {
        String body = "POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 70000\r\n\r\n" + "x".repeat(70_000);
        return Stream.of(Proxy.values())
                .flatMap(proxy -> Stream.of(
                        arguments(proxy, List.of(414), "GET /" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"),
                        arguments(proxy, List.of(400, 431), RefusedRequests.get("X-Large: " + "x".repeat(10_000))),
                        arguments(proxy, List.of(400, 431), RefusedRequests.get("X-Large: " + "x".repeat(15_000))),
                        arguments(
                                proxy,
                                List.of(400, 431),
                                RefusedRequests.get("X-Many: a\r\n".repeat(1_000) + "X-Last: a")),
                        arguments(proxy, List.of(413), body)));
    }

    @ParameterizedTest
    @MethodSource("tooLarge")
    void shouldRefuseWhatIsTooLarge(Proxy proxy, List<Integer> statuses, String request) {
        try (RawHttp connection = RawHttp.connect(client(), port(proxy))) {
            connection.send(request);
            assertThat(connection.answer().status()).isIn(statuses);
        }
    }

    private static int port(Proxy proxy) {
        assumeTrue(PORTS.containsKey(proxy), "no " + proxy);
        return PORTS.get(proxy);
    }

    /** An address that no other client of these tests has. */
    private static String client() {
        int number = CLIENTS.incrementAndGet();
        return "127.0.%d.%d".formatted(10 + number / 250, 1 + number % 250);
    }
}
