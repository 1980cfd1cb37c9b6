package chat.parlance.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.Node;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Sessions of a user, and their ends. */
final class SessionsIT {

    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(2);
    private static final String NEW_PASSWORD = "staple of the nation";

    private final Rest nobody = new Rest(TestNode.address(), null);

    @Test
    void shouldListSessionsAndEndAnother() {
        Rest here = Rest.logIn(TestNode.address(), "sessions-list");
        Rest there = Rest.logIn(TestNode.address(), "sessions-list");
        List<JsonObject> sessions = sessions(here);
        assertThat(sessions).hasSize(2);
        assertThat(sessions.stream().filter(session -> session.getBoolean("current")))
                .hasSize(1);
        assertThat(sessions.getFirst().getString("agent")).startsWith("Java-http-client/");
        String other = sessions.stream()
                .filter(session -> !session.getBoolean("current"))
                .findFirst()
                .orElseThrow()
                .getString("sessionId");
        assertThat(here.send("DELETE", "/sessions/" + other, null).statusCode()).isEqualTo(204);
        assertThat(there.get("/rooms").statusCode()).isEqualTo(401);
        assertThat(sessions(here)).hasSize(1);
        assertThat(here.send("DELETE", "/sessions/" + other, null).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldEndTheSessionThatAConnectionOpenedForItselfWithTheConnection() {
        Rest here = Rest.logIn(TestNode.address(), "sessions-own");
        String basic =
                Base64.getEncoder().encodeToString(("sessions-own:" + Rest.PASSWORD).getBytes(StandardCharsets.UTF_8));
        String lines = "ws://" + TestNode.address() + "/lines";
        try (Socket byHeader = Socket.open(lines, Map.of("Authorization", "Basic " + basic));
                Socket byLine = Socket.open(lines, Map.of());
                Socket byToken = Socket.open(lines, Map.of("Authorization", "Bearer " + here.token()))) {
            byLine.sendText("/login sessions-own " + Rest.PASSWORD);
            for (Socket socket : List.of(byHeader, byLine, byToken)) {
                assertThat(socket.awaitLine("* You are")).contains("sessions-own");
            }
            assertThat(sessions(here)).hasSize(3);
        }
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (sessions(here).size() > 1) {
            assertThat(System.nanoTime()).isLessThan(endNs);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        assertThat(here.get("/rooms").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNotEndAnotherUsersSession() {
        Rest mine = Rest.logIn(TestNode.address(), "sessions-mine");
        Rest thief = Rest.logIn(TestNode.address(), "sessions-thief");
        String session = sessions(mine).getFirst().getString("sessionId");
        assertThat(thief.send("DELETE", "/sessions/" + session, null).statusCode())
                .isEqualTo(404);
        assertThat(mine.get("/rooms").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldLogOutEverywhereAndCloseTheSockets() {
        Rest here = Rest.logIn(TestNode.address(), "sessions-all");
        Rest there = Rest.logIn(TestNode.address(), "sessions-all");
        try (Socket socket = Socket.authenticated(TestNode.address(), there.token())) {
            assertThat(here.send("DELETE", "/sessions", null).statusCode()).isEqualTo(204);
            assertThat(socket.awaitClose()).isEqualTo(4401);
        }
        assertThat(here.get("/rooms").statusCode()).isEqualTo(401);
        assertThat(there.get("/rooms").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldRefuseConnectionsOfAnEndedSessionOnEveryNode() {
        Rest here = Rest.logIn(TestNode.address(), "sessions-elsewhere");
        Node elsewhere = TestNode.startBeside();
        try (Socket socket = Socket.authenticated(address(elsewhere), here.token())) {
            here.send("DELETE", "/sessions", null);
            assertThat(socket.awaitClose()).isEqualTo(4401);
            assertRefused(elsewhere, here);
            assertThat(leastTimeToClose(elsewhere)).isLessThan(CLOSED_WITHIN);
        } finally {
            elsewhere.stop();
        }
        Node startedLater = TestNode.startBeside();
        try {
            assertRefused(startedLater, here);
        } finally {
            startedLater.stop();
        }
    }

    /**
     * Time until another node closes the sockets of a session that ends, the least of some: other work on the machine only
     * delays.
     */
    private static Duration leastTimeToClose(Node elsewhere) {
        Duration least = Duration.ofDays(1);
        for (int i = 0; i < 3 && least.compareTo(CLOSED_WITHIN) >= 0; i++) {
            Rest again = Rest.logIn(TestNode.address(), "sessions-elsewhere");
            try (Socket socket = Socket.authenticated(address(elsewhere), again.token())) {
                long beginNs = System.nanoTime();
                again.send("DELETE", "/sessions/current", null);
                socket.awaitClose();
                Duration took = Duration.ofNanos(System.nanoTime() - beginNs);
                least = took.compareTo(least) < 0 ? took : least;
            }
        }
        return least;
    }

    @Test
    void shouldChangeThePasswordAndEndTheOtherSessions() {
        Rest here = Rest.logIn(TestNode.address(), "sessions-password");
        Rest there = Rest.logIn(TestNode.address(), "sessions-password");
        assertThat(Rest.code(change(here, "not my password", NEW_PASSWORD))).isEqualTo("auth.invalid_credentials");
        assertThat(Rest.code(change(here, Rest.PASSWORD, "password123"))).isEqualTo("password.weak");
        assertThat(there.get("/rooms").statusCode()).isEqualTo(200);
        assertThat(change(here, Rest.PASSWORD, NEW_PASSWORD).statusCode()).isEqualTo(204);
        assertThat(here.get("/rooms").statusCode()).isEqualTo(200);
        assertThat(there.get("/rooms").statusCode()).isEqualTo(401);
        assertThat(logIn("sessions-password", Rest.PASSWORD).statusCode()).isEqualTo(401);
        assertThat(logIn("sessions-password", NEW_PASSWORD).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldKeepTheRefreshTokenInACookieThatScriptsCannotRead() {
        Rest.logIn(TestNode.address(), "sessions-cookie");
        HttpResponse<String> opened = nobody.post(
                "/sessions", Map.of("userId", "sessions-cookie", "password", Rest.PASSWORD, "refreshCookie", true));
        assertThat(new JsonObject(opened.body()).fieldNames())
                .containsExactlyInAnyOrder("userId", "accessToken", "expiresInMs");
        String first = cookie(opened);
        assertThat(opened.headers().firstValue("Set-Cookie").orElseThrow())
                .containsIgnoringCase("; HttpOnly")
                .contains("; SameSite=Strict", "; Path=/api/v1/sessions")
                .doesNotContain("Secure");
        HttpResponse<String> renewed = refresh(first);
        assertThat(renewed.statusCode()).isEqualTo(200);
        assertThat(cookie(renewed)).isNotEqualTo(first);
        assertThat(new JsonObject(renewed.body()).getString("refreshToken")).isNull();
        HttpResponse<String> last = refresh(cookie(renewed));
        assertThat(last.statusCode()).isEqualTo(200);
        assertThat(refresh(first).statusCode()).as("used before").isEqualTo(401);
        assertThat(refresh(cookie(last)).statusCode())
                .as("of a session that is over")
                .isEqualTo(401);
    }

    private HttpResponse<String> logIn(String user, String password) {
        return nobody.post("/sessions", Map.of("userId", user, "password", password));
    }

    private HttpResponse<String> refresh(String cookie) {
        return nobody.send("POST", "/sessions/refresh", "{}", Map.of("Cookie", cookie));
    }

    private static HttpResponse<String> change(Rest user, String password, String newPassword) {
        return user.send(
                "PUT", "/password", new JsonObject(Map.of("password", password, "newPassword", newPassword)).encode());
    }

    private static void assertRefused(Node node, Rest user) {
        assertThatThrownBy(() ->
                        Socket.open("ws://" + address(node) + "/ws", Map.of("Authorization", "Bearer " + user.token())))
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }

    private static String address(Node node) {
        return "127.0.0.1:" + node.httpPort();
    }

    private static List<JsonObject> sessions(Rest user) {
        return new JsonObject(user.get("/sessions").body())
                .getJsonArray("sessions").stream().map(JsonObject.class::cast).toList();
    }

    /** The cookie's name and value. */
    private static String cookie(HttpResponse<String> answer) {
        String header = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return header.substring(0, header.indexOf(';'));
    }
}
