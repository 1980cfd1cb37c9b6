package chat.parlance;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.persistence.PostgresUri;
import chat.parlance.testing.Counters;
import chat.parlance.testing.Crowd;
import chat.parlance.testing.FaultyProxy;
import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.Ports;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestCluster;
import chat.parlance.testing.TestNode;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Everything that a node prints as it stops, and while something beside it fails. */
@Timeout(LogIT.PATIENCE_SECONDS)
final class LogIT {

    /** A handful, with room for a condition that comes back. */
    private static final int MOST_LINES = 8;

    private static final int OUTAGE_SECONDS = 15;
    static final int PATIENCE_SECONDS = 180;

    private static final String FAIL = "Requests to Postgres fail";
    private static final String ANSWERS = "Postgres answers again";

    @TempDir
    private Path folder;

    @Test
    void shouldPrintOnlyInfoWhenALoneNodeStops() throws Exception {
        try (NodeProcess node = NodeProcess.start(Map.of(), data()).awaitReady()) {
            node.stop();
            assertThat(node.allLines()).singleElement().asString().contains(" INFO ", "Draining");
        }
    }

    @Test
    void shouldPrintNothingOfClientsThatResetTheirConnections() throws Exception {
        try (NodeProcess node = NodeProcess.start(Map.of(), data()).awaitReady()) {
            Rest alice = Rest.logIn(node.address(), "alice");
            URI address = URI.create("http://" + node.address());
            for (int i = 0; i < 10; i++) {
                try (Socket client = new Socket(address.getHost(), address.getPort())) {
                    client.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
                    client.setSoLinger(true, 0);
                }
            }
            assertThat(alice.get("/rooms").statusCode()).isEqualTo(200);
            node.stop();
            assertThat(node.allLines()).singleElement().asString().contains(" INFO ", "Draining");
        }
    }

    @Test
    void shouldPrintOnlyInfoWhenALoneNodeStopsUnderLoad() throws Exception {
        try (NodeProcess node = NodeProcess.start(Map.of(), data(), "--limits.enabled=false")
                        .awaitReady();
                Crowd crowd = Crowd.start("log-busy", List.of(node.address()), Rest.logIn(node.address(), "alice"))) {
            awaitMore(crowd, 200);
            node.stop();
            assertThat(node.allLines()).singleElement().asString().contains(" INFO ", "Draining");
        }
    }

    @Test
    void shouldPrintOnlyInfoOnBothSidesWhenANodeLeavesTheCluster() throws Exception {
        try (Pair pair = Pair.start()) {
            pair.second().stop();
            pair.crowd().awaitConnected();
            awaitMore(pair.crowd(), 200);
            pair.first().stop();
            assertThat(pair.second().allLines()).singleElement().asString().contains(" INFO ", "Draining");
            assertThat(pair.first().allLines())
                    .hasSize(2)
                    .allMatch(line -> line.contains(" INFO "))
                    .anyMatch(line -> line.contains("A node left the cluster"));
        }
    }

    @Test
    void shouldPrintAFewLinesWithoutStackTracesWhenAnotherNodeIsKilled() throws Exception {
        try (Pair pair = Pair.start()) {
            pair.second().kill();
            pair.crowd().awaitConnected();
            Counters.awaitMost(pair.management(), "parlance_peers", 0);
            awaitMore(pair.crowd(), 200);
            pair.first().stop();
            assertThat(pair.first().allLines()).hasSizeLessThan(MOST_LINES).noneMatch(LogIT::isTrace);
        }
    }

    @Test
    void shouldPrintAFewLinesWhilePostgresIsOutOfReach() throws Exception {
        PostgresUri there = TestNode.shared().postgres();
        try (FaultyProxy way =
                FaultyProxy.start(1, 0, List.of(there.servers().getFirst().port()))) {
            PostgresUri uri =
                    new PostgresUri(there.user(), there.password(), "127.0.0.1", way.port(), there.database());
            try (NodeProcess node = NodeProcess.start(
                                    Map.of(
                                            "PARLANCE_POSTGRES_URI",
                                            TestNode.postgresUri(uri),
                                            "PARLANCE_AUTH_KEY",
                                            TestNode.KEY),
                                    "--limits.enabled=false")
                            .awaitReady();
                    Crowd crowd =
                            Crowd.start("log-cut", List.of(node.address()), Rest.logIn(node.address(), "alice"))) {
                way.setBlackHole(true);
                TimeUnit.SECONDS.sleep(OUTAGE_SECONDS);
                way.setBlackHole(false);
                crowd.awaitConnected();
                awaitMore(crowd, 200);
                node.awaitLine(ANSWERS);
                node.awaitLine("Serves again");
                assertThat(node.lines())
                        .hasSizeLessThan(MOST_LINES)
                        .anyMatch(line -> line.contains(FAIL))
                        .anyMatch(line -> line.contains("Fenced"))
                        .noneMatch(LogIT::isTrace);
            }
        }
    }

    @Test
    void shouldPrintAFewLinesWhenItsPostgresIsKilled() throws Exception {
        try (NodeProcess node = NodeProcess.start(Map.of(), data(), "--limits.enabled=false")
                        .awaitReady();
                Crowd crowd = Crowd.start("log-kill", List.of(node.address()), Rest.logIn(node.address(), "alice"))) {
            killPostgres();
            crowd.awaitConnected();
            awaitMore(crowd, 200);
            node.awaitLine(ANSWERS);
            node.awaitLine("Embedded Postgres runs again");
            assertThat(node.lines())
                    .hasSizeLessThan(MOST_LINES)
                    .anyMatch(line -> line.contains(FAIL))
                    .anyMatch(line -> line.contains("Embedded Postgres died"))
                    .noneMatch(LogIT::isTrace);
            node.stop();
        }
    }

    /** Two nodes in one cluster, with clients in one room on both. */
    private record Pair(NodeProcess first, NodeProcess second, String management, Crowd crowd)
            implements AutoCloseable {

        static Pair start() throws InterruptedException {
            List<String> cluster = TestCluster.ofCluster(Ports.free());
            int port = Ports.free();
            NodeProcess first = node(cluster, port).awaitReady();
            NodeProcess second = node(cluster, Ports.free()).awaitReady();
            String management = "127.0.0.1:" + port;
            Counters.await(management, "parlance_peers", 1);
            Rest alice = Rest.logIn(TestNode.address(), "alice");
            String room = "log-pair-" + port;
            return new Pair(
                    first, second, management, Crowd.start(room, List.of(first.address(), second.address()), alice));
        }

        private static NodeProcess node(List<String> cluster, int management) {
            return NodeProcess.start(
                    TestNode.environment(),
                    Stream.concat(
                                    cluster.stream(),
                                    Stream.of("--limits.enabled=false", "--management.port=" + management))
                            .toArray(String[]::new));
        }

        @Override
        public void close() {
            crowd.close();
            first.close();
            second.close();
        }
    }

    private static boolean isTrace(String line) {
        return line.startsWith("\t") || line.startsWith("Caused by") || line.contains(" common frames omitted");
    }

    private static void awaitMore(Crowd crowd, int messages) throws InterruptedException {
        int least = crowd.acknowledged() + messages;
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (crowd.acknowledged() < least) {
            assertThat(System.nanoTime() - endNs).as("acknowledgements").isNegative();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private String data() {
        return "--data=" + folder.resolve("data");
    }

    private void killPostgres() throws IOException {
        long postmaster = Long.parseLong(Files.readAllLines(folder.resolve("data/postgres/postmaster.pid"))
                .getFirst()
                .strip());
        ProcessHandle.of(postmaster).ifPresent(ProcessHandle::destroyForcibly);
    }
}
