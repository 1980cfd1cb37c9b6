package chat.parlance.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.testing.Counters;
import chat.parlance.testing.RawHttp;
import chat.parlance.testing.TestNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that send a request slowly, or none. */
final class SlowClientsIT {

    private static final int REQUEST_MS = 1500;
    private static final int BYTE_MS = 50;
    private static final String TIMEOUT = "HTTP/1.1 408 Request Timeout\r\n";
    private static final String POST =
            "POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

    private static Node node;

    @BeforeAll
    static void start() {
        node = TestNode.startBeside("--http.requestTimeoutMs=" + REQUEST_MS, "--http.idleTimeoutSeconds=2");
    }

    @AfterAll
    static void stop() {
        node.stop();
    }

    @Test
    void shouldEndConnectionsThatSendNothingOrTooSlowly() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String chunked = POST + "Transfer-Encoding: chunked\r\n\r\n";
            var silent = CompletableFuture.supplyAsync(() -> stopped(node.httpPort(), ""), threads);
            var ofManagement = CompletableFuture.supplyAsync(() -> stopped(node.managementPort(), ""), threads);
            var stoppedHead =
                    CompletableFuture.supplyAsync(() -> stopped(node.httpPort(), "GET / HTTP/1.1\r\n"), threads);
            var slowHead = CompletableFuture.supplyAsync(() -> dripped("GET / HTTP/1.1\r\nX-Slow: ", "a"), threads);
            var emptyLines = CompletableFuture.supplyAsync(() -> dripped("\r\n", "\r\n"), threads);
            var stoppedBody = CompletableFuture.supplyAsync(
                    () -> stopped(node.httpPort(), POST + "Content-Length: 10\r\n\r\n{"), threads);
            var slowBody =
                    CompletableFuture.supplyAsync(() -> dripped(POST + "Content-Length: 9999\r\n\r\n", " "), threads);
            var slowChunks = CompletableFuture.supplyAsync(() -> dripped(chunked, "1\r\n \r\n"), threads);
            var stoppedHandshake = CompletableFuture.supplyAsync(
                    () -> stopped(node.httpPort(), "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"), threads);
            assertThat(silent.join()).isEmpty();
            assertThat(ofManagement.join()).isEmpty();
            assertThat(stoppedHead.join()).startsWith(TIMEOUT).contains("request_timeout");
            assertThat(slowHead.join()).startsWith(TIMEOUT);
            assertThat(emptyLines.join()).startsWith(TIMEOUT);
            assertThat(stoppedBody.join()).startsWith(TIMEOUT);
            assertThat(slowBody.join()).startsWith(TIMEOUT);
            assertThat(slowChunks.join()).startsWith(TIMEOUT);
            assertThat(stoppedHandshake.join()).startsWith(TIMEOUT);
        }
        Counters.awaitExactly("127.0.0.1:" + node.managementPort(), "parlance_http_connections", 0);
    }

    @Test
    void shouldEndOnlyConnectionsThatAreIdleBetweenRequests() {
        String request = "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n";
        try (RawHttp connection = RawHttp.connect(node.httpPort())) {
            long beginNs = System.nanoTime();
            int answers = 0;
            while (System.nanoTime() - beginNs < TimeUnit.MILLISECONDS.toNanos(3L * REQUEST_MS)) {
                connection.send(request);
                assertThat(connection.answer().status()).isEqualTo(404);
                answers++;
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(REQUEST_MS / 3));
            }
            assertThat(answers).isGreaterThan(3);
            assertThat(connection.read()).isEmpty();
        }
    }

    /** All answers of the node to a client that sends no more, until it closes the connection. */
    private static String stopped(int port, String sent) {
        try (RawHttp connection = RawHttp.connect(port)) {
            connection.send(sent);
            return connection.read();
        }
    }

    /** All answers of the node to a client that continues to send a little. */
    private static String dripped(String sent, String drop) {
        try (RawHttp connection = RawHttp.connect(node.httpPort());
                ExecutorService sender = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(connection::read, sender);
            boolean open = connection.trySend(sent);
            while (open && !answer.isDone()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(BYTE_MS));
                open = connection.trySend(drop);
            }
            return answer.join();
        }
    }
}
