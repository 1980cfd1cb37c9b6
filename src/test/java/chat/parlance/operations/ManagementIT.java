package chat.parlance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Alerts;
import chat.parlance.testing.Counters;
import chat.parlance.testing.Http;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ManagementIT {

    private final String management = "127.0.0.1:" + TestNode.shared().managementPort();

    @Test
    void shouldTellHealthAndMetricsOnAPortOfTheirOwn() {
        int port = TestNode.shared().managementPort();
        assertThat(get(port, "/health/live").statusCode()).isEqualTo(200);
        assertThat(get(port, "/health/ready").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(get(port, "/health/balancer").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(get(port, "/cluster").body()).isEqualTo("{\"members\":[]}");
        assertThat(get(port, "/metrics").body())
                .contains("parlance_connections", "parlance_ack_seconds", "parlance_gap_reads_total", "jvm_memory");
        assertThat(get(port, "/other").statusCode()).isEqualTo(404);
        assertThat(get(TestNode.shared().httpPort(), "/metrics").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldCountLogInsAndRequestsByRouteAndStatus() {
        Rest nobody = new Rest(TestNode.address(), null);
        String user = "metered";
        String success = "parlance_log_ins_total{outcome=\"success\"}";
        String wrong = "parlance_log_ins_total{outcome=\"wrong\"}";
        String refused = "parlance_http_requests_seconds_count{route=\"logIn\",status=\"401\"}";
        String unknown = "parlance_http_requests_seconds_count{route=\"other\",status=\"404\"}";
        List<String> counters = List.of(success, wrong, refused, unknown, "parlance_registrations_total");
        String before = Alerts.scrape(management);
        nobody.post("/users", Map.of("userId", user, "password", Rest.PASSWORD, "name", user));
        nobody.post("/sessions", Map.of("userId", user, "password", Rest.PASSWORD));
        nobody.post("/sessions", Map.of("userId", user, "password", "not the password"));
        get(TestNode.shared().httpPort(), "/no/such/" + user);
        for (String counter : counters) {
            Counters.await(management, counter, Counters.in(before, counter) + 1);
        }
        assertThat(Alerts.scrape(management)).doesNotContain(user);
    }

    @Test
    void shouldCountConnectionsByLanguageAndMeasureDeliveriesAndSearches() {
        Rest alice = Rest.logIn(TestNode.address(), "alice");
        alice.post("/rooms", Map.of("roomId", "metered"));
        String lines = "parlance_connections{language=\"lines\"}";
        String json = "parlance_connections{language=\"json\"}";
        String delivered = "parlance_delivery_lag_seconds_count{committed_by=\"this_node\"}";
        String before = Alerts.scrape(management);
        try (Socket terminal = Socket.open("ws://" + TestNode.address() + "/lines", Map.of());
                Socket browser = Socket.authenticated(TestNode.address(), alice.token())) {
            Counters.await(management, lines, Counters.in(before, lines) + 1);
            Counters.await(management, json, Counters.in(before, json) + 1);
            browser.join("metered", 1L);
            browser.post("metered", "metered-1", "measured");
            browser.awaitEvents(1);
            alice.get("/search?q=measured");
            Counters.await(management, delivered, Counters.in(before, delivered) + 1);
            terminal.sendText("/quit");
        }
        Counters.awaitMost(management, lines, Counters.in(before, lines));
        String after = Alerts.scrape(management);
        assertThat(Counters.in(after, "parlance_search_seconds_count"))
                .isGreaterThan(Counters.in(before, "parlance_search_seconds_count"));
        assertThat(Counters.in(after, "parlance_postgres_answer_seconds_count{for=\"searches\"}"))
                .isPositive();
        assertThat(Counters.in(after, "parlance_postgres_connections{for=\"watch\"}"))
                .isEqualTo(1);
        assertThat(Counters.in(after, "parlance_postgres_connections_max{for=\"reads\"}"))
                .isEqualTo(6);
        assertThat(Counters.in(after, "parlance_ready")).isEqualTo(1);
        // Both have the clock of this machine.
        assertThat(Counters.in(after, "parlance_postgres_clock_ahead_seconds")).isBetween(-0.5, 0.5);
        assertThat(Counters.in(after, "process_uptime_seconds")).isPositive();
        assertThat(Counters.in(after, "jvm_threads_live_threads")).isPositive();
        assertThat(after)
                .containsPattern("parlance_build_info\\{commit=\"[0-9a-f]*\",java=\"25[^\"]*\",name=\"[^\"]+\"");
    }

    private static HttpResponse<String> get(int port, String path) {
        return Http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build());
    }
}
