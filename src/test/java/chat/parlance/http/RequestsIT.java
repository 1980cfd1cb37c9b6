package chat.parlance.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import chat.parlance.testing.RawHttp;
import chat.parlance.testing.RawHttp.Answer;
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

    /** By DNS rebinding a page of another site is of the node's origin, but for the name (RFC 9110, 7.4). */
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
            List<Answer> answers = RawHttp.exchange(
                    port, head + "\r\nHost: evil.example:8080\r\n\r\n" + RefusedRequests.get("X-Other: a"));
            assertThat(answers).singleElement().satisfies(answer -> assertProblem(answer, 421));
            assertThat(answers.getFirst().header("Connection")).isEqualTo("close");
        }
    }

    static Stream<Arguments> ports() {
        int open = TestNode.shared().httpPort();
        int management = TestNode.shared().managementPort();
        return RefusedRequests.HEADS.stream()
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
        List<Answer> answers = RawHttp.exchange(port, request + RefusedRequests.SECOND);
        assertThat(answers).singleElement().satisfies(answer -> assertProblem(answer, status));
        assertThat(answers.getFirst().header("Connection")).isEqualTo("close");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("chat.parlance.http.RefusedRequests#bodies")
    void shouldRefuseABodyOnceAndClose(String name, String request) {
        List<Answer> answers = RawHttp.exchange(TestNode.shared().httpPort(), request + RefusedRequests.SECOND);
        assertThat(answers).singleElement().satisfies(answer -> assertProblem(answer, 400));
    }

    /** An answer that comes before the body does not end the connection, and the body is not taken for a request. */
    @Test
    void shouldReadASmallBodyToItsEndAfterAnEarlyAnswer() {
        try (RawHttp connection = RawHttp.connect(TestNode.shared().httpPort())) {
            connection.send(
                    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + RefusedRequests.SECOND.length() + "\r\n\r\n");
            assertThat(connection.answer().status()).isEqualTo(405);
            connection.send(RefusedRequests.SECOND);
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
                        + RefusedRequests.get("Host: y")
                        + RefusedRequests.SECOND);
        assertThat(answers).extracting(Answer::status).containsExactly(200, 404, 400, 400);
        List<Answer> last = RawHttp.exchange(
                TestNode.shared().httpPort(),
                request.formatted("") + RefusedRequests.get("Connection: x, close") + RefusedRequests.SECOND);
        assertThat(last).extracting(Answer::status).containsExactly(200, 200);
    }

    static void assertProblem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(new JsonObject(answer.body()).getInteger("status")).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("Exception", "\tat ");
        assertThat(answer.header("Content-Security-Policy")).isNotEmpty();
    }
}
