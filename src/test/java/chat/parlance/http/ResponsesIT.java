package chat.parlance.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import chat.parlance.testing.RawHttp;
import chat.parlance.testing.RawHttp.Answer;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that HTTP defines an answer for, and those whose body, parameters or token the node refuses. */
final class ResponsesIT {

    private static final Rest ALICE = Rest.logIn(TestNode.address(), "alice");

    private static final String HANDSHAKE = "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
            + "\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==";

    /** Answers that RFC 9110 requires: status, and a header with a value of the answer. */
    static List<Arguments> answered() {
        return List.of(
                line("GET / HTTP/1.1", 200, "Content-Type: text/html; charset=utf-8"),
                line("GET / HTTP/1.0", 200, "Content-Type: text/html; charset=utf-8"),
                line("GET http://x/ HTTP/1.1", 200, "Content-Type: text/html; charset=utf-8"),
                line("GET HTTP://X HTTP/1.1", 200, "Content-Type: text/html; charset=utf-8"),
                line("GET http://other.example/ HTTP/1.1", 400, ""),
                line("GET https://x/ HTTP/1.1", 421, ""),
                line("HEAD / HTTP/1.1", 200, "Content-Type: text/html; charset=utf-8"),
                line("HEAD /parlance-client.js HTTP/1.1", 200, "Content-Type: text/javascript; charset=utf-8"),
                line("HEAD /api/openapi.json HTTP/1.1", 200, "Content-Type: application/json"),
                line("HEAD /api/ HTTP/1.1", 200, ""),
                line("HEAD /api/swagger-ui/swagger-ui.css HTTP/1.1", 200, ""),
                line("HEAD /api/v1/rooms HTTP/1.1", 401, "WWW-Authenticate: Bearer"),
                line("HEAD /api/v1/sessions HTTP/1.1", 401, "WWW-Authenticate: Bearer"),
                line("HEAD /nothing HTTP/1.1", 404, ""),
                line("GET / HTTP/1.0\r\nX-Other: a", 200, ""),
                line("OPTIONS * HTTP/1.1", 204, "Allow: DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"),
                line("OPTIONS / HTTP/1.1", 204, "Allow: GET, HEAD, OPTIONS"),
                line("OPTIONS /api/v1/rooms HTTP/1.1", 204, "Allow: GET, HEAD, OPTIONS, POST"),
                line("POST / HTTP/1.1", 405, "Allow: GET, HEAD, OPTIONS"),
                line("DELETE /parlance-client.js HTTP/1.1", 405, "Allow: GET, HEAD, OPTIONS"),
                line("POST /ws HTTP/1.1", 405, "Allow: GET, OPTIONS"),
                line("HEAD /ws HTTP/1.1" + HANDSHAKE, 405, "Allow: GET, OPTIONS"),
                line("HEAD /lines HTTP/1.1" + HANDSHAKE, 405, "Allow: GET, OPTIONS"),
                line("POST /ws HTTP/1.1" + HANDSHAKE, 405, "Allow: GET, OPTIONS"),
                line("OPTIONS /lines HTTP/1.1", 204, "Allow: GET, OPTIONS"),
                line("OPTIONS http://x HTTP/1.1", 204, "Allow: DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"),
                line("CONNECT / HTTP/1.1", 405, "Allow: GET, HEAD, OPTIONS"),
                line("TRACE / HTTP/1.1", 405, "Allow: GET, HEAD, OPTIONS"),
                line("get / HTTP/1.1", 405, "Allow: GET, HEAD, OPTIONS"),
                line("BREW /api/v1/rooms HTTP/1.1", 405, "Allow: GET, HEAD, OPTIONS, POST"),
                line("PATCH /api/v1/sessions/current HTTP/1.1", 405, "Allow: DELETE, OPTIONS"),
                line("CONNECT other.example:443 HTTP/1.1", 400, ""),
                line("GET * HTTP/1.1", 400, ""),
                line("GET nothing HTTP/1.1", 400, ""),
                line("GET ftp://other.example/ HTTP/1.1", 400, ""),
                line("GET /#a HTTP/1.1", 400, ""),
                line("GET /nothing HTTP/1.1", 404, ""),
                line("GET /api/v1/nothing HTTP/1.1", 404, ""),
                line("GET /api/nothing HTTP/1.1", 404, ""),
                line("GET /api/v1/rooms. HTTP/1.1", 404, ""),
                line("GET /../../etc/passwd HTTP/1.1", 404, ""),
                line("GET /..%2f..%2fetc%2fpasswd HTTP/1.1", 404, ""),
                line("GET /api/v1/rooms/%zz HTTP/1.1", 400, ""),
                line("GET /api/v1/rooms/a% HTTP/1.1", 400, ""),
                line("GET /api/v1/rooms/a%2 HTTP/1.1", 400, ""),
                line("GET /api/v1/rooms/%ff HTTP/1.1", 400, ""),
                line("GET /api/v1/rooms/%c3 HTTP/1.1", 400, ""),
                line("GET /api/v1/rooms/%ed%a0%80 HTTP/1.1", 400, ""),
                line("GET /api/v1/rooms/a%00b HTTP/1.1", 400, ""),
                line("GET /api/v1/rooms?q=%zz HTTP/1.1", 400, ""),
                line("GET /api/v1/rooms?q=%ff HTTP/1.1", 400, ""),
                line("GET /%zz HTTP/1.1", 400, ""),
                line("GET /assets/%zz/x HTTP/1.1", 400, ""),
                line("GET /ws?room=%zz HTTP/1.1", 400, ""),
                line("GET / HTTP/1.1\r\nExpect: 100-continue", 200, ""),
                line("GET / HTTP/1.1\r\nExpect: something", 417, ""),
                line("POST /api/v1/sessions HTTP/1.1\r\nExpect: something\r\nContent-Length: 2", 417, ""),
                line("POST /api/v1/sessions HTTP/1.1\r\nExpect: 100-continue, something\r\nContent-Length: 2", 417, ""),
                line("GET / HTTP/1.1\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA", 200, ""),
                line("GET / HTTP/1.1\r\nUpgrade: other", 200, ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answered")
    void shouldAnswerAsHttpWantsIt(String line, int status, String header) {
        boolean upgrades = line.contains("h2c");
        Answer answer = only(
                line + "\r\nHost: x\r\nConnection: close" + (upgrades ? ", Upgrade, HTTP2-Settings" : "") + "\r\n\r\n");
        assertThat(answer.status()).isEqualTo(status);
        if (line.startsWith("HEAD ")) {
            assertThat(answer.body()).isEmpty();
        } else if (status >= 400) {
            RequestsIT.assertProblem(answer, status);
        }
        if (!header.isEmpty()) {
            assertThat(answer.header(header.substring(0, header.indexOf(':'))))
                    .isEqualTo(header.substring(header.indexOf(':') + 2));
        }
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @ParameterizedTest
    @CsvSource({"/, no-cache", "/parlance-client.js, no-cache", "/mark.svg, 'public, max-age=3600'"})
    void shouldSayForHowLongAFileOfThePageMayBeKept(String path, String cacheControl) {
        Answer answer = only("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer.header("Cache-Control")).isEqualTo(cacheControl);
    }

    /** Documents, workers and errors have the policies of a document; scripts of a document and data do not. */
    @ParameterizedTest
    @CsvSource({
        "/, true",
        "/mark.svg, true",
        "/parlance-client.js, true",
        "/api/, true",
        "/api/frames.html, true",
        "/nothing, true",
        "/assets/nothing, true",
        "/api/v1/rooms, true",
        "/assets/main-0123456789.js, false",
        "/assets/style-0123456789.css, false",
        "/api/openapi.json, false",
        "/api/openapi.yaml, false",
        "/assets/emoji-data-0123456789.js, false"
    })
    void shouldSendThePoliciesOfADocumentWhereTheyAct(String path, boolean all) {
        Answer answer = only("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        for (String policy : List.of("Content-Security-Policy", "Referrer-Policy", "Cross-Origin-Opener-Policy")) {
            assertThat(answer.header(policy).isEmpty()).as(policy).isNotEqualTo(all);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "x/y", "x:port", "user@x"})
    void shouldRefuseAMalformedHost(String host) {
        RequestsIT.assertProblem(only("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"), 400);
    }

    /** Bodies that a route with a body refuses. */
    static List<Arguments> bodies() {
        return List.of(
                body("no type", 415, "", "{}"),
                body("a form of text", 415, "Content-Type: text/plain", "{}"),
                body("a form", 415, "Content-Type: application/x-www-form-urlencoded", "{}"),
                body("a form of parts without a boundary", 415, "Content-Type: multipart/form-data", "{}"),
                body("another JSON", 415, "Content-Type: application/json-patch+json", "[]"),
                body("another character set", 415, "Content-Type: application/json; charset=utf-16", "{}"),
                body("a type that hides another", 415, "Content-Type: text/plain; application/json", "{}"),
                body("gzip", 415, "Content-Type: application/json\r\nContent-Encoding: gzip", "\u001f\u008b"),
                json("nothing", 400, ""),
                json("an array", 400, "[]"),
                json("a number", 400, "1"),
                json("null", 400, "null"),
                json("half an object", 400, "{\"roomId\":"),
                json("two objects", 400, "{}{}"),
                json("a byte order mark", 400, "\u00ef\u00bb\u00bf{\"roomId\":\"bom\"}"),
                json("UTF-16", 400, "\u0000{\u0000}"),
                json("no UTF-8", 400, "{\"roomId\":\"latin\",\"name\":\"\u00ff\"}"),
                json("half a character", 400, "{\"roomId\":\"half\",\"name\":\"\u00c3\"}"),
                json("a surrogate", 400, "{\"roomId\":\"half\",\"name\":\"\u00ed\u00a0\u0080\"}"),
                json("a NUL", 400, "{\"roomId\":\"nul\",\"name\":\"a\\u0000b\"}"),
                json("a bare NUL", 400, "{\"roomId\":\"nul\",\"name\":\"a\u0000b\"}"),
                json("depth", 400, "{\"a\":".repeat(1000) + "1" + "}".repeat(1000)),
                json("depth of arrays", 400, "{\"members\":" + "[".repeat(1000) + "]".repeat(1000) + "}"),
                json("duplicate keys", 400, "{\"roomId\":\"twice\",\"roomId\":\"twice-2\"}"),
                json("a number beyond 64 bits", 400, "{\"roomId\":\"number\",\"x\":99999999999999999999}"),
                json("a number beyond doubles", 400, "{\"roomId\":1e999}"),
                json("a number for text", 400, "{\"roomId\":1}"),
                json("too much", 413, "{\"x\":\"" + "x".repeat(70_000) + "\"}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void shouldRefuseABodyThatViolatesItsSchema(String name, int status, String request) {
        RequestsIT.assertProblem(only(request), status);
    }

    /** Parameters that a route refuses. */
    @ParameterizedTest
    @MethodSource("parameters")
    void shouldRefuseParameters(String query) {
        RequestsIT.assertProblem(
                only("GET /api/v1/rooms" + query + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                        + ALICE.token() + "\r\n\r\n"),
                400);
    }

    static List<String> parameters() {
        return List.of(
                "?limit=1&limit=2",
                "?q=a&q=b",
                "?limit=99999999999999999999",
                "?limit=-1",
                "?limit=",
                "?limit=1e1",
                "?limit=0x10",
                "?membership=none",
                "?membership=joined,invited",
                "?archived=maybe",
                "?token=" + "x",
                "?q=a%00b",
                "?after=%F0%80%80%AF");
    }

    @ParameterizedTest
    @MethodSource("expiries")
    void shouldRefuseATokenWithAMalformedExpiry(String expiry) {
        String token = forged("{\"iss\":\"parlance\",\"aud\":[\"parlance\"],\"typ\":\"access\",\"sub\":\"alice\","
                + "\"sid\":\"00000000-0000-0000-0000-000000000000\"," + expiry + "}");
        Answer answer = only("GET /api/v1/rooms HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                + token + "\r\n\r\n");
        RequestsIT.assertProblem(answer, 401);
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("auth.invalid_token");
    }

    static List<String> expiries() {
        return List.of(
                "\"exp\":\"4102444800\"",
                "\"exp\":\"never\"",
                "\"exp\":null",
                "\"exp\":true",
                "\"exp\":[4102444800]",
                "\"exp\":{}",
                "\"exp\":9223372036854775807",
                "\"exp\":1e999",
                "\"exp\":-1",
                "\"exp\":4102444800,\"nbf\":\"now\"",
                "\"exp\":4102444800,\"iat\":[]",
                "\"exp\":4102444800,\"sub\":1",
                "\"exp\":4102444800,\"sid\":1",
                "\"exp\":4102444800,\"aud\":1",
                "\"exp\":4102444800,\"iss\":1",
                "\"exp\":4102444800,\"typ\":1");
    }

    private static String forged(String claims) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String signed = base64.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8)) + "."
                + base64.encodeToString(claims.getBytes(UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(TestNode.KEY.getBytes(UTF_8), "HmacSHA256"));
            return signed + "." + base64.encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/META-INF/MANIFEST.MF",
                "/assets/../META-INF/MANIFEST.MF",
                "/assets/x/..%2f..%2f..%2fMETA-INF/MANIFEST.MF",
                "/assets/x/..%5c..%5cMETA-INF%5cMANIFEST.MF",
                "/assets/x/%2e%2e/%2e%2e/conf/parlance.yaml",
                "/assets/x/....//....//conf/parlance.yaml",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/..;/..;/etc/passwd",
                "//etc/passwd",
                "/file:/etc/passwd",
                "/.git/config",
                "/.env",
                "/assets/x/.hidden",
                "/files.txt",
                "/chat/parlance/Parlance.class",
                "/db/migration/V1__accounts_and_sessions.sql",
                "/api/v1/openapi.yaml/../../../conf/parlance.yaml",
                "/metrics",
                "/health/ready"
            })
    void shouldServeNoFileOutsideThePage(String path) {
        Answer answer = only("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        RequestsIT.assertProblem(answer, 404);
    }

    private static Answer only(String request) {
        List<Answer> answers = RawHttp.exchange(TestNode.shared().httpPort(), request);
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    private static Arguments line(String line, int status, String header) {
        return arguments(line, status, header);
    }

    private static Arguments json(String name, int status, String body) {
        return body(name, status, "Content-Type: application/json", body);
    }

    private static Arguments body(String name, int status, String type, String body) {
        return arguments(
                name,
                status,
                "POST /api/v1/rooms HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer %s\r\n%sContent-Length: %d\r\n\r\n%s"
                        .formatted(ALICE.token(), type.isEmpty() ? "" : type + "\r\n", body.length(), body));
    }
}
