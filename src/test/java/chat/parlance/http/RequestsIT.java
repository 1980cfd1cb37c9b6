package chat.parlance.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import chat.parlance.testing.Balancer;
import chat.parlance.testing.Nginx;
import chat.parlance.testing.RawHttp;
import chat.parlance.testing.RawHttp.Answer;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client library sends, on the public port and on the management port. */
final class RequestsIT {

    private static final Rest ALICE = Rest.logIn(TestNode.address(), "alice");
    private static final String SECOND = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String POST =
            "POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

    /** Requests without a meaning, or with a different one for each reader. */
    private static final List<Arguments> REFUSED = List.of(
            arguments("both lengths", 400, POST + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            arguments("both, swapped", 400, POST + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"),
            arguments("two encodings", 400, POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
            arguments("two headers of encodings", 400, twice("Transfer-Encoding: chunked") + "\r\n0\r\n\r\n"),
            arguments("chunked twice", 400, POST + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
            arguments("identity", 400, POST + "Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}"),
            arguments("an unknown encoding", 400, POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
            arguments("an empty encoding", 400, POST + "Transfer-Encoding:\r\n\r\n"),
            arguments("a tab in the encoding", 400, POST + "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n"),
            arguments(
                    "an encoding in HTTP/1.0",
                    400,
                    POST.replace("1.1", "1.0") + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            arguments("two lengths", 400, POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
            arguments("one length twice", 400, twice("Content-Length: 2") + "\r\n{}"),
            arguments("two lengths in one", 400, POST + "Content-Length: 2, 2\r\n\r\n{}"),
            arguments("a length with a sign", 400, POST + "Content-Length: +2\r\n\r\n{}"),
            arguments("a negative length", 400, POST + "Content-Length: -2\r\n\r\n{}"),
            arguments("a hexadecimal length", 400, POST + "Content-Length: 0x2\r\n\r\n{}"),
            arguments("a length beyond 64 bits", 400, POST + "Content-Length: 99999999999999999999\r\n\r\n{}"),
            arguments("an empty length", 400, POST + "Content-Length:\r\n\r\n"),
            arguments("a folded header", 400, get("X-Folded: a\r\n b")),
            arguments("a folded header, by a tab", 400, get("X-Folded: a\r\n\tb")),
            arguments("a folded encoding", 400, POST + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"),
            arguments("a space before the first header", 400, "GET / HTTP/1.1\r\n Host: x\r\n\r\n"),
            arguments("a space before the colon", 400, get("X-Spaced : a")),
            arguments("a space in a name", 400, get("X Spaced: a")),
            arguments("a header without a colon", 400, get("X-Alone")),
            arguments("a header without a name", 400, get(": a")),
            arguments("a NUL in a header", 400, get("X-Nul: a\u0000b")),
            arguments("a return in a header", 400, get("X-Return: a\rTransfer-Encoding: chunked")),
            arguments("a newline alone", 400, "GET / HTTP/1.1\r\nHost: x\nX-Other: a\r\n\r\n"),
            arguments("newlines alone", 400, "GET / HTTP/1.1\nHost: x\n\n"),
            arguments("a return alone after the request line", 400, "GET / HTTP/1.1\rHost: x\r\n\r\n"),
            arguments("two hosts", 400, get("Host: y")),
            arguments("one host twice", 400, get("Host: x")),
            arguments("no host", 400, "GET / HTTP/1.1\r\nX-Other: a\r\n\r\n"),
            arguments("a handshake of a draft", 400, get("Sec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2")),
            arguments("a tab in the request line", 400, "GET\t/\tHTTP/1.1\r\nHost: x\r\n\r\n"),
            arguments("a return in the request line", 400, "GET /\rx HTTP/1.1\r\nHost: x\r\n\r\n"),
            arguments("a NUL in the path", 400, "GET /\u0000 HTTP/1.1\r\nHost: x\r\n\r\n"),
            arguments("a space in the path", 400, "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n"),
            arguments("Latin-1 in the path", 400, "GET /\u00e4 HTTP/1.1\r\nHost: x\r\n\r\n"),
            arguments("a space before the method", 400, " GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
            arguments("a NUL before the method", 400, "\u0000GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
            arguments("a newline before the method", 400, "\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"),
            arguments("no version", 400, "GET /\r\n\r\n"),
            arguments("no path", 400, "GET HTTP/1.1\r\nHost: x\r\n\r\n"),
            arguments("a version in lower case", 400, "GET / http/1.1\r\nHost: x\r\n\r\n"),
            arguments("HTTP/1.10", 400, "GET / HTTP/1.10\r\nHost: x\r\n\r\n"),
            arguments("HTTP/0.9", 505, "GET / HTTP/0.9\r\nHost: x\r\n\r\n"),
            arguments("HTTP/3.0", 505, "GET / HTTP/3.0\r\nHost: x\r\n\r\n"),
            arguments("HTTP/2 with prior knowledge", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"),
            arguments("no HTTP", 400, "\u0016\u0003\u0001\u0002\u0000\r\n\r\n"),
            arguments("a line that is too long", 414, "GET /" + "x".repeat(5000) + " HTTP/1.1\r\nHost: x\r\n\r\n"),
            arguments("headers that are too large", 431, get("X-Large: " + "x".repeat(10_000))),
            arguments("a token that is too large", 431, get("Authorization: Bearer " + "x".repeat(100_000))));

    /** Bodies without a certain end. */
    static List<Arguments> brokenBodies() {
        return List.of(
                chunks("a size that is no number", "x\r\n{}\r\n0\r\n\r\n"),
                chunks("a negative size", "-2\r\n{}\r\n0\r\n\r\n"),
                chunks("a size with a prefix", "0x2\r\n{}\r\n0\r\n\r\n"),
                chunks("an empty size", "\r\n{}\r\n0\r\n\r\n"),
                chunks("a size beyond 64 bits", "ffffffffffffffff2\r\n{}\r\n0\r\n\r\n"),
                chunks("a size of 2^31", "80000000\r\n{}\r\n0\r\n\r\n"),
                chunks("more than the size", "1\r\n{}\r\n0\r\n\r\n"),
                chunks("a newline alone after the size", "2\n{}\r\n0\r\n\r\n"),
                chunks("a newline alone after the chunk", "2\r\n{}\n0\r\n\r\n"),
                chunks("a return in an extension", "2;a\rb\r\n{}\r\n0\r\n\r\n"),
                chunks("a newline in an extension", "2;a\nb\r\n{}\r\n0\r\n\r\n"));
    }

    /** By DNS rebinding a page of another site has the node's origin, except for the name (RFC 9110, 7.4). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1",
                "GET /health/live HTTP/1.1",
                "GET /metrics HTTP/1.1",
                "GET /%zz HTTP/1.1",
                "OPTIONS * HTTP/1.1",
                "GET http://evil.example:8080/ HTTP/1.1",
                "GET /api/v1/rooms HTTP/1.1",
                "GET / HTTP/1.1\r\nX-Forwarded-Host: localhost",
                "GET /ws HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                        + "\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nOrigin: http://evil.example:8080"
            })
    void shouldServeNoForeignHostOnLoopback(String head) {
        for (int port :
                new int[] {TestNode.shared().httpPort(), TestNode.shared().managementPort()}) {
            List<Answer> answers =
                    RawHttp.exchange(port, head + "\r\nHost: evil.example:8080\r\n\r\n" + get("X-Other: a"));
            assertThat(answers).singleElement().satisfies(answer -> assertProblem(answer, 421));
            assertThat(answers.getFirst().header("Connection")).isEqualTo("close");
        }
    }

    static Stream<Arguments> ports() {
        int open = TestNode.shared().httpPort();
        int management = TestNode.shared().managementPort();
        return REFUSED.stream()
                .flatMap(row -> Stream.of(open, management)
                        .map(port -> arguments(
                                row.get()[0] + (port == open ? "" : ", to the management"),
                                port,
                                row.get()[1],
                                row.get()[2])));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ports")
    void shouldRefuseARequestOnceAndClose(String name, int port, int status, String request) {
        List<Answer> answers = RawHttp.exchange(port, request + SECOND);
        assertThat(answers).singleElement().satisfies(answer -> assertProblem(answer, status));
        assertThat(answers.getFirst().header("Connection")).isEqualTo("close");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenBodies")
    void shouldRefuseABodyOnceAndClose(String name, String request) {
        List<Answer> answers = RawHttp.exchange(TestNode.shared().httpPort(), request + SECOND);
        assertThat(answers).singleElement().satisfies(answer -> assertProblem(answer, 400));
    }

    /** Ways to HTTP/2 on a port without TLS (RFC 9113, 3.3, and RFC 7540, 3.2). */
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

    @Test
    void shouldMakeNoTunnelOfAnUpgradeToHttp2BehindHaproxy() {
        assumeTrue(Balancer.isThere(), "no HAProxy");
        try (Balancer haproxy = Balancer.start(Balancer.Server.of(TestNode.shared()))) {
            assertNoHttp2(haproxy.address());
        }
    }

    @Test
    void shouldMakeNoTunnelOfAnUpgradeToHttp2BehindNginx() {
        assumeTrue(Nginx.isThere(), "no nginx");
        try (Nginx nginx = Nginx.start(TestNode.shared().httpPort())) {
            assertNoHttp2(nginx.address());
        }
    }

    private static void assertNoHttp2(String proxy) {
        // This proxy forwards an upgrade that the node accepts.
        Socket.authenticated(proxy, ALICE.token()).close();
        for (String way : WAYS_TO_HTTP2) {
            assertThat(RawHttp.exchange(Integer.parseInt(proxy.replaceFirst(".*:", "")), way))
                    .as(way)
                    .singleElement()
                    .satisfies(answer -> {
                        assertThat(answer.status()).isIn(200, 400, 505);
                        assertThat(answer.header("Upgrade")).isEmpty();
                    });
        }
    }

    /** An answer before the body does not end the connection, and the body is not read as a request. */
    @Test
    void shouldReadASmallBodyToItsEndAfterAnEarlyAnswer() {
        try (RawHttp connection = RawHttp.connect(TestNode.shared().httpPort())) {
            connection.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + SECOND.length() + "\r\n\r\n");
            assertThat(connection.answer().status()).isEqualTo(405);
            connection.send(SECOND);
            connection.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(connection.answers())
                    .singleElement()
                    .satisfies(answer -> assertThat(answer.status()).isEqualTo(200));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 70000",
                "Transfer-Encoding: chunked",
                "Content-Length: 2\r\nExpect: 100-continue"
            })
    void shouldEndTheConnectionAfterAnEarlyAnswerToABodyOfUnknownOrGreatLength(String header) {
        List<Answer> answers =
                RawHttp.exchange(TestNode.shared().httpPort(), "POST / HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\n");
        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("Connection")).isEqualTo("close");
        });
    }

    @Test
    void shouldAnswerPipelinedRequestsInTheirOrder() {
        String request = "GET /%s HTTP/1.1\r\nHost: x\r\n\r\n";
        List<Answer> answers = RawHttp.exchange(
                TestNode.shared().httpPort(),
                request.formatted("")
                        + request.formatted("nothing")
                        + request.formatted("%zz")
                        + get("Host: y")
                        + SECOND);
        assertThat(answers).extracting(Answer::status).containsExactly(200, 404, 400, 400);
        List<Answer> last = RawHttp.exchange(
                TestNode.shared().httpPort(), request.formatted("") + get("Connection: x, close") + SECOND);
        assertThat(last).extracting(Answer::status).containsExactly(200, 200);
    }

    static void assertProblem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(new JsonObject(answer.body()).getInteger("status")).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("Exception", "\tat ");
        assertThat(answer.header("Content-Security-Policy")).isNotEmpty();
    }

    private static String get(String header) {
        return "GET / HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\n";
    }

    private static String twice(String header) {
        return POST + header + "\r\n" + header + "\r\n";
    }

    private static Arguments chunks(String name, String body) {
        return arguments(name, POST + "Transfer-Encoding: chunked\r\n\r\n" + body);
    }
}
