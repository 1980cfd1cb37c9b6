package chat.parlance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Http;
import chat.parlance.testing.TestNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

final class ManagementIT {

    @Test
    void shouldTellHealthAndMetricsOnAPortOfTheirOwn() {
        int port = TestNode.shared().managementPort();
        assertThat(get(port, "/health/live").statusCode()).isEqualTo(200);
        assertThat(get(port, "/health/ready").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(get(port, "/health/balancer").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(get(port, "/metrics").body())
                .contains("parlance_connections", "parlance_ack_seconds", "parlance_gap_reads_total", "jvm_memory");
        assertThat(get(port, "/other").statusCode()).isEqualTo(404);
        assertThat(get(TestNode.shared().httpPort(), "/metrics").statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> get(int port, String path) {
        return Http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build());
    }
}
