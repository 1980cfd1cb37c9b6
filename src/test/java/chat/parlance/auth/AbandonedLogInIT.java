package chat.parlance.auth;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.testing.RawSocket;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Log-ins whose client closes the connection before the answer, on a node where a hash takes half a second. */
@Timeout(AbandonedLogInIT.PATIENCE_SECONDS)
final class AbandonedLogInIT {

    static final int PATIENCE_SECONDS = 180;

    /** More than cores, so that most of them wait, and more than the limit of failures. */
    private static final int ABANDONED = 12;

    private static final Node NODE = TestNode.startBeside("--auth.argon2Iterations=16", "--auth.hashQueue=64");
    private static final String ADDRESS = "127.0.0.1:" + NODE.httpPort();

    @AfterAll
    static void stop() {
        NODE.stop();
    }

    @Test
    void shouldLeaveNoSessionOfARequestBehind() throws Exception {
        register("gone-rest");
        for (int i = 0; i < ABANDONED; i++) {
            abandon(logIn("gone-rest", Rest.PASSWORD));
        }
        assertThat(sessions("gone-rest")).isOne();
    }

    @Test
    void shouldLeaveNoSessionOfAnUpgradeBehind() throws Exception {
        register("gone-basic");
        String credentials =
                Base64.getEncoder().encodeToString(("gone-basic:" + Rest.PASSWORD).getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < ABANDONED; i++) {
            abandon(RawSocket.handshake(ADDRESS, "/ws", "Authorization: Basic " + credentials));
        }
        assertThat(sessions("gone-basic")).isOne();
    }

    @Test
    void shouldLeaveNoSessionOfALineBehind() {
        register("gone-lines");
        for (int i = 0; i < ABANDONED; i++) {
            Socket socket = Socket.open("ws://" + ADDRESS + "/lines", Map.of());
            socket.sendText("/login gone-lines " + Rest.PASSWORD);
            socket.close();
        }
        assertThat(sessions("gone-lines")).isOne();
    }

    @Test
    void shouldCountNoFailureOfAHashThatWasNotMade() throws Exception {
        register("gone-wrong");
        for (int i = 0; i < ABANDONED; i++) {
            abandon(logIn("gone-wrong", "not the password"));
        }
        assertThat(sessions("gone-wrong")).isOne();
    }

    private static void register(String user) {
        new Rest(ADDRESS, null).post("/users", Map.of("userId", user, "password", Rest.PASSWORD, "name", user));
    }

    /** Logs in behind all queued hashes, and counts the sessions. */
    private static int sessions(String user) {
        Rest here = Rest.logIn(ADDRESS, user);
        return new JsonObject(here.get("/sessions").body())
                .getJsonArray("sessions")
                .size();
    }

    private static String logIn(String user, String password) {
        String body = new JsonObject(Map.of("userId", user, "password", password)).encode();
        return """
            POST /api/v1/sessions HTTP/1.1\r
            Host: %s\r
            Content-Type: application/json\r
            Content-Length: %d\r
            \r
            %s\
            """.formatted(ADDRESS, body.length(), body);
    }

    /** Sends a request and closes the connection at once. */
    private static void abandon(String request) throws IOException {
        try (java.net.Socket socket = new java.net.Socket(InetAddress.getLoopbackAddress(), NODE.httpPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }
    }
}
