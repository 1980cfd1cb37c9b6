package chat.parlance.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.RawHttp;
import chat.parlance.testing.RawHttp.Answer;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each path of the node with each method, and with an attacker's changes of a request: every answer is the right one.
 */
final class EveryRouteIT {

    static final Rest ALICE = Rest.logIn(TestNode.address(), "alice");
    static final String BASE = "/api/v1";
    static final String JSON = "Content-Type: application/json\r\n";
    private static final List<String> OF_CONTRACT = List.of("get", "put", "post", "patch", "delete");

    /** HEAD comes last, because its answer has a length and no body. */
    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get", "HEAD");

    /**
     * A path with its expected answers.
     *
     * @param methods methods of the path
     * @param status status of a GET with neither a token nor a body
     */
    record Route(String path, Set<String> methods, int status) {

        String allow() {
            Set<String> all = new TreeSet<>(methods);
            all.add("OPTIONS");
            return String.join(", ", all);
        }
    }

    /**
     * An operation of the contract.
     *
     * @param id its operationId
     * @param path with values for its parameters
     * @param queries names of its query parameters
     */
    record Op(String id, String method, String path, boolean secured, boolean hasBody, List<String> queries) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static final List<Op> OPS = operations();

    private static List<Op> operations() {
        JsonObject paths = DescriptionFile.read("openapi").json().getJsonObject("paths");
        List<Op> operations = new ArrayList<>();
        for (String template : paths.fieldNames()) {
            JsonObject path = paths.getJsonObject(template);
            OF_CONTRACT.stream().filter(path::containsKey).forEach(method -> {
                JsonObject operation = path.getJsonObject(method);
                JsonArray security = operation.getJsonArray("security");
                operations.add(new Op(
                        operation.getString("operationId"),
                        method.toUpperCase(Locale.ROOT),
                        BASE + filled(template),
                        security == null || !security.isEmpty(),
                        operation.containsKey("requestBody"),
                        queries(operation)));
            });
        }
        return operations;
    }

    private static List<String> queries(JsonObject operation) {
        return operation.getJsonArray("parameters", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .filter(parameter -> "query".equals(parameter.getString("in")))
                .map(parameter -> parameter.getString("name"))
                .toList();
    }

    private static String filled(String template) {
        return template.replace("{roomId}", "every-route")
                .replace("{userId}", "bob")
                .replace("{seq}", "1")
                .replace("{emoji}", "%F0%9F%91%8D")
                .replace("{sessionId}", "00000000-0000-4000-8000-000000000000")
                .replace("{tokenId}", "00000000-0000-4000-8000-000000000000")
                .replace("{inviteId}", "00000000-0000-4000-8000-000000000000");
    }

    static List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        OPS.stream().map(Op::path).distinct().forEach(path -> {
            Set<String> methods = OPS.stream()
                    .filter(operation -> operation.path().equals(path))
                    .map(Op::method)
                    .collect(Collectors.toCollection(TreeSet::new));
            if (methods.contains("GET")) {
                methods.add("HEAD");
            }
            boolean isOpen = OPS.stream()
                    .anyMatch(op -> op.path().equals(path) && op.method().equals("GET") && !op.secured());
            routes.add(new Route(path, methods, isOpen ? 200 : 401));
        });
        Stream.of(
                        "/",
                        "/mark.svg",
                        "/parlance-client.js",
                        "/manifest.webmanifest",
                        "/api/",
                        "/api/openapi.yaml",
                        "/api/openapi.json",
                        "/api/asyncapi.yaml",
                        "/api/swagger-ui/swagger-ui.css")
                .forEach(file -> routes.add(new Route(file, Set.of("GET", "HEAD"), 200)));
        Stream.of("/ws", "/lines").forEach(socket -> routes.add(new Route(socket, Set.of("GET"), 400)));
        return routes;
    }

    @ParameterizedTest
    @MethodSource("routes")
    void shouldAnswerEachMethodOfAPathAndNameThoseThatItHas(Route route) {
        // A refused handshake ends its connection.
        List<String> methods = METHODS.stream()
                .filter(method -> route.status() != 400 || !method.equals("GET"))
                .toList();
        String requests = methods.stream()
                .map(method -> method + " " + route.path() + " HTTP/1.1\r\nHost: x\r\n"
                        + (method.equals("HEAD") ? "Connection: close\r\n\r\n" : "\r\n"))
                .collect(Collectors.joining());
        List<Answer> answers = RawHttp.exchange(port(), requests);
        assertThat(answers).hasSameSizeAs(methods);
        SoftAssertions.assertSoftly(softly ->
                IntStream.range(0, methods.size()).forEach(i -> check(softly, route, methods.get(i), answers.get(i))));
    }

    private static void check(SoftAssertions softly, Route route, String method, Answer answer) {
        int status = status(route, method);
        softly.assertThat(answer.status()).as(method).isEqualTo(status);
        softly.assertThat(answer.header("X-Content-Type-Options")).as(method).isEqualTo("nosniff");
        if (status == 405 || status == 204) {
            softly.assertThat(answer.header("Allow")).as(method).isEqualTo(route.allow());
        }
        if (status == 401) {
            softly.assertThat(answer.header("WWW-Authenticate")).as(method).isEqualTo("Bearer");
        }
        if (method.equals("HEAD")) {
            softly.assertThat(answer.body()).isEmpty();
        } else if (status >= 400) {
            softly.assertThatCode(() -> assertProblem(answer, status))
                    .as(method)
                    .doesNotThrowAnyException();
        }
    }

    private static int status(Route route, String method) {
        if (method.equals("OPTIONS")) {
            return 204;
        }
        if (!route.methods().contains(method)) {
            return 405;
        }
        // An operation without a log-in that has a body requires it.
        return OPS.stream()
                        .anyMatch(op -> op.path().equals(route.path())
                                && op.method().equals(method)
                                && !op.secured()
                                && op.hasBody())
                ? 400
                : route.status();
    }

    @ParameterizedTest
    @MethodSource("operationsWithABody")
    void shouldRefuseABodyOtherThanJson(Op op) {
        SoftAssertions.assertSoftly(softly -> {
            assertBody(softly, op, "no type", 415, "", "{}");
            assertBody(softly, op, "an empty type", 415, "Content-Type:\r\n", "{}");
            assertBody(softly, op, "text", 415, "Content-Type: text/plain\r\n", "{}");
            assertBody(softly, op, "a form", 415, "Content-Type: application/x-www-form-urlencoded\r\n", "{}");
            assertBody(softly, op, "parts", 415, "Content-Type: multipart/form-data; boundary=a\r\n", "{}");
            assertBody(softly, op, "Latin-1", 415, "Content-Type: application/json; charset=latin1\r\n", "{}");
            assertBody(softly, op, "gzip", 415, JSON + "Content-Encoding: gzip\r\n", "{}");
            assertBody(
                    softly,
                    op,
                    "gzip after identity",
                    415,
                    JSON + "Content-Encoding: identity\r\nContent-Encoding: gzip\r\n",
                    "{}");
            assertBody(softly, op, "two types", 400, JSON + "Content-Type: text/plain\r\n", "{}");
            assertBody(softly, op, "one type twice", 400, JSON + JSON, "{}");
            assertBody(softly, op, "an array", 400, JSON, "[]");
            assertBody(softly, op, "no JSON", 400, JSON, "{");
            assertBody(softly, op, "too much", 413, JSON, "{\"x\":\"" + "x".repeat(70_000) + "\"}");
        });
    }

    static List<Op> operationsWithABody() {
        return OPS.stream().filter(Op::hasBody).toList();
    }

    private static void assertBody(SoftAssertions softly, Op op, String name, int status, String headers, String body) {
        Answer answer = ask(op.method(), op.path(), headers + "Content-Length: " + body.length() + "\r\n", body);
        softly.assertThatCode(() -> assertProblem(answer, status)).as(name).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseABodyOtherThanJsonForAnyOtherOperation() {
        SoftAssertions.assertSoftly(softly -> OPS.stream()
                .filter(op -> !op.hasBody())
                .forEach(op -> {
                    Answer form =
                            ask(op.method(), op.path(), "Content-Type: text/plain\r\nContent-Length: 2\r\n", "{}");
                    softly.assertThatCode(() -> assertProblem(form, 415))
                            .as(op.toString())
                            .doesNotThrowAnyException();
                }));
    }

    @Test
    void shouldRefuseAQueryParameterTwiceAndATokenInAQuery() {
        SoftAssertions.assertSoftly(softly -> OPS.forEach(op -> {
            List<String> wrong = new ArrayList<>(List.of("token=a", "access_token=a", "a=%zz", "a=%c0%af", "a=%00"));
            op.queries().forEach(name -> wrong.add(name + "=1&" + name + "=1"));
            for (String query : wrong) {
                String body = op.hasBody() ? "{}" : "";
                Answer answer = ask(
                        op.method(), op.path() + "?" + query, op.hasBody() ? JSON + "Content-Length: 2\r\n" : "", body);
                softly.assertThatCode(() -> assertProblem(answer, 400))
                        .as(op + "?" + query)
                        .doesNotThrowAnyException();
            }
        }));
    }

    /** The whole file is a right answer to a Range (RFC 9110, 14.2). */
    @Test
    void shouldAnswerPreconditionsAndRangesOfAFileWithTheFile() {
        SoftAssertions.assertSoftly(softly -> routes().stream()
                .filter(route -> route.status() == 200)
                .flatMap(route -> Stream.of(
                                "Range: bytes=0-1",
                                "Range: bytes=99999999-",
                                "Range: bytes=5-1",
                                "Range: bytes=-0",
                                "Range: bytes=" + "0-1,".repeat(500) + "0-1",
                                "Range: other=0-1",
                                "Range: bytes=0-1\r\nIf-Range: \"other\"",
                                "If-None-Match: \"other\"",
                                "If-None-Match: other",
                                "If-Modified-Since: never",
                                "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT",
                                "If-Unmodified-Since: never",
                                "Accept-Encoding: " + "x,".repeat(1000),
                                "Accept: application/x-none")
                        .map(header -> route.path() + "\r\n" + header))
                .forEach(row -> {
                    String path = row.substring(0, row.indexOf('\r'));
                    Answer answer = ask("GET", path, row.substring(row.indexOf('\n') + 1) + "\r\n", "");
                    softly.assertThat(answer.status()).as(row).isEqualTo(200);
                    softly.assertThat(answer.header("Content-Range")).as(row).isEmpty();
                    softly.assertThat(answer.body()).as(row).isNotEmpty();
                }));
    }

    /** One shape of problem for all (RFC 9457). */
    static void assertProblem(Answer answer, int status) {
        RequestsIT.assertProblem(answer, status);
        JsonObject problem = new JsonObject(answer.body());
        assertThat(problem.fieldNames()).containsExactlyInAnyOrder("type", "title", "status", "detail", "code");
        assertThat(problem.getString("type")).isEqualTo("about:blank");
        assertThat(problem.getString("title")).isNotBlank();
        assertThat(problem.getString("detail")).isNotBlank();
    }

    static Answer ask(String method, String path, String headers, String body) {
        String request = "%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer %s\r\n%s\r\n%s"
                .formatted(method, path, ALICE.token(), headers, body);
        List<Answer> answers = RawHttp.exchange(port(), request);
        assertThat(answers).as(request).hasSize(1);
        return answers.getFirst();
    }

    private static int port() {
        return TestNode.shared().httpPort();
    }
}
