package chat.parlance.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.Node;
import chat.parlance.testing.Http;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of browsers for pages of the node, of an allowed origin and of foreign ones; and the effect of TLS. */
final class OriginsIT {

    private static final String ALLOWED = "https://app.example.org";
    private static final String ALLOWED_PLAIN = "http://app.example.org:8080";

    /** Trusts a proxy that does not exist: nothing from this machine was forwarded. */
    private static final Node NODE = TestNode.startBeside(
            "--http.allowedOrigins=" + ALLOWED + "," + ALLOWED_PLAIN, "--http.trustedProxies=192.0.2.1");

    private static final String ADDRESS = "127.0.0.1:" + NODE.httpPort();
    private static final String USER = "origins-alice";
    private static final Rest ALICE = Rest.logIn(ADDRESS, USER);
    private static final Map<String, Object> LOG_IN =
            Map.of("userId", USER, "password", Rest.PASSWORD, "refreshCookie", true);

    private final Rest nobody = new Rest(ADDRESS, null);

    @AfterAll
    static void stop() {
        NODE.stop();
    }

    @ParameterizedTest
    @MethodSource
    void shouldRefusePagesOfForeignOriginsOnEveryRouteAndLeaveTheSessionAsItWas(Map<String, String> headers) {
        HttpResponse<String> opened = nobody.post("/sessions", LOG_IN);
        String cookie = cookie(opened);
        for (HttpResponse<String> refused : List.of(
                send(nobody, "POST", "/sessions", new JsonObject(LOG_IN).encode(), headers, cookie),
                send(nobody, "POST", "/sessions/refresh", "{}", headers, cookie),
                send(ALICE, "DELETE", "/sessions/current", null, headers, cookie),
                send(ALICE, "DELETE", "/sessions", null, headers, cookie),
                send(ALICE, "PUT", "/password", "{}", headers, cookie),
                send(nobody, "POST", "/users", "{}", headers, cookie),
                send(ALICE, "POST", "/rooms", "{}", headers, cookie),
                send(ALICE, "POST", "/rooms/garden/messages", "{}", headers, cookie),
                send(ALICE, "GET", "/rooms/garden/events", null, headers, cookie),
                send(ALICE, "GET", "/sessions", null, headers, cookie),
                send(ALICE, "GET", "/search?q=text", null, headers, cookie))) {
            assertThat(refused.statusCode()).as(refused.toString()).isEqualTo(403);
            assertThat(Rest.code(refused)).isEqualTo("origin.refused");
            assertThat(refused.headers().map())
                    .doesNotContainKeys(
                            "set-cookie", "access-control-allow-origin", "access-control-allow-credentials");
        }
        assertThat(ALICE.get("/sessions").statusCode()).isEqualTo(200);
        assertThat(send(nobody, "POST", "/sessions/refresh", "{}", Map.of(), cookie)
                        .statusCode())
                .isEqualTo(200);
        assertThatThrownBy(() -> Socket.open("ws://" + ADDRESS + "/ws", headers).close())
                .isInstanceOf(CompletionException.class);
    }

    static Stream<Map<String, String>> shouldRefusePagesOfForeignOriginsOnEveryRouteAndLeaveTheSessionAsItWas() {
        return Stream.of(
                Map.of("Origin", "https://foreign.example"),
                Map.of("Origin", "null"),
                Map.of("Origin", ""),
                Map.of("Origin", "http://127.0.0.1"),
                Map.of("Origin", "ftp://" + ADDRESS),
                Map.of("Origin", "http://" + ADDRESS + ".foreign.example"),
                Map.of("Origin", "http://app.example.org"),
                Map.of("Origin", "https://app.example.org:8080"),
                Map.of("Origin", "https://app.example.org.foreign.example"),
                Map.of("Origin", "https://sub.app.example.org"),
                Map.of("Origin", "https://APP.example.org"),
                Map.of("Origin", "https://foreign.example", "Sec-Fetch-Site", "same-origin"),
                Map.of("Origin", "http://" + ADDRESS, "Sec-Fetch-Site", "same-site"),
                Map.of("Sec-Fetch-Site", "cross-site"),
                Map.of("Sec-Fetch-Site", "same-site"));
    }

    /** Request that a form of another site can send: a text of JSON, with only the browser's own headers. */
    @Test
    void shouldRefuseALogInByAForm() {
        HttpResponse<String> refused = nobody.send(
                "POST",
                "/sessions",
                new JsonObject(LOG_IN).encode(),
                Map.of("Content-Type", "text/plain", "Origin", "https://foreign.example"));
        assertThat(refused.statusCode()).isIn(403, 415);
        assertThat(refused.headers().map()).doesNotContainKey("set-cookie");
    }

    @ParameterizedTest
    @MethodSource
    void shouldServePagesOfItsOwnAndOfAllowedOriginsAndPrograms(Map<String, String> headers) {
        HttpResponse<String> opened = nobody.send("POST", "/sessions", new JsonObject(LOG_IN).encode(), headers);
        assertThat(opened.statusCode()).isEqualTo(200);
        HttpResponse<String> renewed = send(nobody, "POST", "/sessions/refresh", "{}", headers, cookie(opened));
        assertThat(renewed.statusCode()).isEqualTo(200);
        Rest session = new Rest(ADDRESS, new JsonObject(renewed.body()).getString("accessToken"));
        assertThat(send(session, "DELETE", "/sessions/current", null, headers, cookie(renewed))
                        .statusCode())
                .isEqualTo(204);
        Socket.open("ws://" + ADDRESS + "/ws", headers).close();
    }

    static Stream<Map<String, String>> shouldServePagesOfItsOwnAndOfAllowedOriginsAndPrograms() {
        return Stream.of(
                Map.of(),
                Map.of("Origin", "http://" + ADDRESS),
                Map.of("Origin", "https://" + ADDRESS),
                Map.of("Origin", "http://" + ADDRESS, "Sec-Fetch-Site", "same-origin"),
                Map.of("Sec-Fetch-Site", "none"),
                // Behind a proxy that changes the Host the browser itself reports that the page is the node's own.
                Map.of("Origin", ALLOWED, "Sec-Fetch-Site", "same-origin"));
    }

    /** A cookie would let a page of another origin replace the user's session by its own, or end the user's. */
    @ParameterizedTest
    @MethodSource
    void shouldServePagesOfAllowedOriginsWithoutTheCookie(Map<String, String> headers) {
        String cookie = cookie(nobody.post("/sessions", LOG_IN));
        HttpResponse<String> refused =
                send(nobody, "POST", "/sessions", new JsonObject(LOG_IN).encode(), headers, cookie);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(Rest.code(refused)).isEqualTo("origin.refused");
        HttpResponse<String> opened = send(
                nobody,
                "POST",
                "/sessions",
                new JsonObject(Map.of("userId", USER, "password", Rest.PASSWORD)).encode(),
                headers,
                cookie);
        HttpResponse<String> renewed = send(
                nobody,
                "POST",
                "/sessions/refresh",
                new JsonObject(Map.of("refreshToken", new JsonObject(opened.body()).getString("refreshToken")))
                        .encode(),
                headers,
                cookie);
        Rest session = new Rest(ADDRESS, new JsonObject(renewed.body()).getString("accessToken"));
        HttpResponse<String> byCookie = send(nobody, "POST", "/sessions/refresh", "{}", headers, cookie);
        assertThat(byCookie.statusCode()).isEqualTo(401);
        HttpResponse<String> loggedOut = send(session, "DELETE", "/sessions/current", null, headers, cookie);
        assertThat(loggedOut.statusCode()).isEqualTo(204);
        assertThat(List.of(refused, opened, renewed, byCookie, loggedOut)).allSatisfy(answer -> {
            assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue(headers.get("Origin"));
        });
        assertThat(send(nobody, "POST", "/sessions/refresh", "{}", Map.of(), cookie)
                        .statusCode())
                .as("the session of the node's own page")
                .isEqualTo(200);
    }

    static Stream<Map<String, String>> shouldServePagesOfAllowedOriginsWithoutTheCookie() {
        return Stream.of(
                Map.of("Origin", ALLOWED),
                Map.of("Origin", ALLOWED, "Sec-Fetch-Site", "same-site"),
                Map.of("Origin", ALLOWED_PLAIN, "Sec-Fetch-Site", "cross-site"));
    }

    @Test
    void shouldLetAllowedOriginsReadAnswersAndFailuresWithoutCookies() {
        Map<String, String> origin = Map.of("Origin", ALLOWED);
        for (HttpResponse<String> answer : List.of(
                ALICE.send("GET", "/sessions", null, origin),
                nobody.send("GET", "/sessions", null, origin),
                ALICE.send("GET", "/nothing", null, origin),
                ALICE.send("POST", "/rooms", "{", origin),
                guessTooOften(origin))) {
            assertThat(answer.headers().allValues("Access-Control-Allow-Origin"))
                    .as(answer.toString())
                    .containsExactly(ALLOWED);
            assertThat(answer.headers().firstValue("Access-Control-Expose-Headers"))
                    .hasValue("Retry-After");
            assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-credentials");
            assertVaries(answer.headers());
        }
        HttpResponse<String> own = ALICE.send("GET", "/sessions", null, Map.of("Origin", "http://" + ADDRESS));
        assertThat(own.headers().map()).doesNotContainKey("access-control-allow-origin");
        assertVaries(own.headers());
        assertVaries(ALICE.get("/sessions").headers());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE"})
    void shouldAnswerThePreflightOfAllowedOriginsAlone(String method) {
        HttpResponse<String> allowed = preflight("/api/v1/rooms/garden", method, ALLOWED);
        assertThat(allowed.statusCode()).isEqualTo(204);
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).hasValue(ALLOWED);
        assertThat(allowed.headers()
                        .firstValue("Access-Control-Allow-Methods")
                        .orElseThrow()
                        .split(", "))
                .contains(method);
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValue("Authorization, Content-Type, Idempotency-Key");
        assertVaries(allowed.headers());
        for (String foreign : List.of("https://foreign.example", "null")) {
            HttpResponse<String> refused = preflight("/api/v1/rooms/garden", method, foreign);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.headers().map())
                    .doesNotContainKeys("access-control-allow-origin", "access-control-allow-methods");
            assertVaries(refused.headers());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/parlance-client.js", "/parlance-client.js.map"})
    void shouldLetAllowedOriginsAloneLoadTheLibrary(String file) {
        HttpHeaders allowed = get(file, Map.of("Origin", ALLOWED)).headers();
        assertThat(allowed.allValues("Access-Control-Allow-Origin")).containsExactly(ALLOWED);
        assertVaries(allowed);
        String tag = allowed.firstValue("ETag").orElseThrow();
        for (String header : List.of(tag, "\"x\", W/" + tag, "*")) {
            HttpResponse<String> known = get(file, Map.of("Origin", ALLOWED, "If-None-Match", header));
            assertThat(known.statusCode()).as(header).isEqualTo(304);
            assertThat(known.headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue(ALLOWED);
        }
        HttpHeaders foreign =
                get(file, Map.of("Origin", "https://foreign.example")).headers();
        assertThat(foreign.map()).doesNotContainKey("access-control-allow-origin");
        assertThat(String.join(",", foreign.allValues("Vary"))).contains("Origin", "Accept-Encoding");
    }

    /** The shared node names no proxy and believes all; the node of this class trusts another address than this one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        shared  | https       | true
        shared  | HTTPS       | true
        shared  | https, http | true
        shared  | http        | false
        shared  | ''          | false
        foreign | https       | false
        """)
    void shouldGiveABrowserBehindTlsAHostCookieAndKeepItThere(String node, String proto, boolean secure) {
        String address = node.equals("shared") ? TestNode.address() : ADDRESS;
        Map<String, String> forwarded = Map.of("X-Forwarded-Proto", proto);
        HttpResponse<String> opened =
                new Rest(address, null).send("POST", "/sessions", new JsonObject(LOG_IN).encode(), forwarded);
        String cookie = opened.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).containsIgnoringCase("; HttpOnly").contains("; SameSite=Strict");
        if (secure) {
            assertThat(cookie)
                    .startsWith("__Host-parlance-refresh=")
                    .contains("; Path=/;", "; Secure")
                    .doesNotContain("Domain");
        } else {
            assertThat(cookie)
                    .startsWith("parlance-refresh=")
                    .contains("; Path=/api/v1/sessions;")
                    .doesNotContain("Secure");
        }
        assertThat(opened.headers().firstValue("Strict-Transport-Security").isPresent())
                .isEqualTo(secure);
        assertThat(send(new Rest(address, null), "POST", "/sessions/refresh", "{}", forwarded, cookie(opened))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldTakeBehindTlsNoCookieAndNoPageThatCameWithoutIt() {
        Rest shared = new Rest(TestNode.address(), null);
        Map<String, String> tls = Map.of("X-Forwarded-Proto", "https");
        String plain = cookie(shared.post("/sessions", LOG_IN));
        assertThat(send(shared, "POST", "/sessions/refresh", "{}", tls, plain).statusCode())
                .isEqualTo(401);
        assertThat(shared.send(
                                "POST",
                                "/sessions",
                                new JsonObject(LOG_IN).encode(),
                                Map.of("X-Forwarded-Proto", "https", "Origin", "http://" + TestNode.address()))
                        .statusCode())
                .isEqualTo(403);
    }

    private HttpResponse<String> guessTooOften(Map<String, String> origin) {
        Rest.logIn(ADDRESS, "origins-guessed");
        String guess = new JsonObject(Map.of("userId", "origins-guessed", "password", "wrong password")).encode();
        HttpResponse<String> answer = nobody.send("POST", "/sessions", guess, origin);
        for (int i = 0; i < 10 && answer.statusCode() != 429; i++) {
            answer = nobody.send("POST", "/sessions", guess, origin);
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        return answer;
    }

    private static HttpResponse<String> send(
            Rest rest, String method, String path, @Nullable String body, Map<String, String> headers, String cookie) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Cookie", cookie);
        return rest.send(method, path, body, all);
    }

    private static HttpResponse<String> preflight(String path, String method, String origin) {
        return ask(HttpRequest.newBuilder()
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .uri(URI.create("http://" + ADDRESS + path)));
    }

    private static HttpResponse<String> get(String path, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + ADDRESS + path));
        headers.forEach(request::header);
        return ask(request);
    }

    private static HttpResponse<String> ask(HttpRequest.Builder request) {
        return Http.send(request.build());
    }

    private static void assertVaries(HttpHeaders headers) {
        assertThat(headers.allValues("Vary")).contains("Origin");
    }

    /** The cookie's name and value. */
    private static String cookie(HttpResponse<String> answer) {
        String header = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return header.substring(0, header.indexOf(';'));
    }
}
