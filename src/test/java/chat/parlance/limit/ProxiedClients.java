package chat.parlance.limit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Counters;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Map;

/** Clients of nodes with limits, of the addresses that a trusted proxy names. */
final class ProxiedClients {

    private ProxiedClients() {}

    /** The owner of a new room; made at another node, where nothing is limited. */
    static Rest owner(String room) {
        Rest user = Rest.logIn(TestNode.address(), "user-of-" + room);
        user.post("/rooms", Map.of("roomId", room));
        return user;
    }

    /** @param node its public address */
    static Socket open(String node, Rest user, String address) {
        return Socket.open(
                "ws://" + node + "/ws", Map.of("Authorization", "Bearer " + user.token(), "X-Forwarded-For", address));
    }

    /** The headers by which a proxy names a client. */
    static Map<String, String> from(String address) {
        return Map.of("X-Forwarded-For", address);
    }

    static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(Rest.code(answer)).isEqualTo("rate.limited");
        assertThat(Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow()))
                .isPositive();
        assertThat(new JsonObject(answer.body()).getLong("retryAfterMs")).isPositive();
    }

    /** Number of refusals at a node by one limit, as its metrics have it. */
    static double limited(String management, String limit) {
        return Counters.of(management, "parlance_rate_limited_total{limit=\"" + limit + "\"}");
    }
}
