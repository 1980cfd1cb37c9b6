package chat.parlance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.persistence.PostgresUri;
import chat.parlance.testing.Await;
import chat.parlance.testing.Counters;
import chat.parlance.testing.Crowd;
import chat.parlance.testing.Database;
import chat.parlance.testing.FaultyProxy;
import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.Ports;
import chat.parlance.testing.RawHttp;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestCluster;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Output of a node as it stops, and during failures beside it. */
@Timeout(LogIT.PATIENCE_SECONDS)
final class LogIT {

    /** Limit of lines, with room for a condition that recurs. */
    private static final int MOST_LINES = 8;

    /** The duration is the subject: a node that logs each failed request would print hundreds of lines in it. */
    private static final int OUTAGE_SECONDS = 15;

    private static final int AWAITED_MESSAGES_MS = 60_000;
    private static final int FEW_FILES = 256;
    static final int PATIENCE_SECONDS = 180;

    /** Only the lines of a drain are the subject, not its duration. */
    private static final String AT_ONCE = "--drain.unreadyMs=0";

    private static final String SOON = "--drain.spreadMs=500";

    private static final String FAIL = "Requests to Postgres fail";
    private static final String ANSWERS = "Postgres answers again";

    @TempDir
    private Path folder;

    @Test
    void shouldPrintOnlyInfoWhenALoneNodeStops() throws Exception {
        try (NodeProcess node = NodeProcess.start(Map.of(), data(), AT_ONCE).awaitReady()) {
            node.stop();
            List<String> lines = new ArrayList<>(node.allLines());
            assertThat(lines).hasSize(6);
            List<String> setup = lines.subList(1, 4);
            for (int i = 0; i < setup.size(); i++) {
                assertThat(setup.get(i)).startsWith(NodeProcess.SETUP.get(i));
            }
            setup.clear();
            assertThat(lines)
                    .allMatch(line -> line.matches("\\S+Z INFO  \\[[0-9a-f]{8}] .*"))
                    .anySatisfy(line -> assertThat(line)
                            .contains("Starting", "version=\"", "configuration=\"{data=" + folder, "http.port="))
                    .satisfies(logged -> assertThat(logged.get(1)).contains("Draining"))
                    .last()
                    .asString()
                    .contains("Stopped");
        }
    }

    @Test
    void shouldPrintNothingOfClientsThatResetTheirConnections() throws Exception {
        try (NodeProcess node = NodeProcess.start(Map.of(), data(), AT_ONCE).awaitReady()) {
            Rest alice = Rest.logIn(node.address(), "alice");
            URI address = URI.create("http://" + node.address());
            for (int i = 0; i < 10; i++) {
                try (java.net.Socket client = new java.net.Socket(address.getHost(), address.getPort())) {
                    client.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
                    client.setSoLinger(true, 0);
                }
            }
            assertThat(alice.get("/rooms").statusCode()).isEqualTo(200);
            node.stop();
            assertThat(NodeProcess.unusual(node.allLines())).isEmpty();
        }
    }

    @Test
    void shouldPrintOnlyInfoWhenALoneNodeStopsUnderLoad() throws Exception {
        try (NodeProcess node = NodeProcess.start(Map.of(), data(), AT_ONCE, SOON, "--limits.enabled=false")
                        .awaitReady();
                Crowd crowd = Crowd.start("log-busy", List.of(node.address()), Rest.logIn(node.address(), "alice"))) {
            awaitMore(crowd, 200);
            node.stop();
            assertThat(NodeProcess.unusual(node.allLines())).isEmpty();
        }
    }

    @Test
    void shouldPrintOnlyInfoOnBothSidesWhenANodeLeavesTheCluster() throws Exception {
        try (Pair pair = Pair.start()) {
            pair.second().stop();
            pair.crowd().awaitConnected();
            awaitMore(pair.crowd(), 200);
            pair.first().stop();
            assertThat(NodeProcess.unusual(pair.second().allLines())).isEmpty();
            assertThat(NodeProcess.unusual(pair.first().allLines()))
                    .hasSize(1)
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
            assertThat(NodeProcess.unusual(pair.first().allLines()))
                    .hasSizeLessThan(MOST_LINES)
                    .noneMatch(LogIT::isTrace);
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
                assertThat(NodeProcess.unusual(node.lines()))
                        .hasSizeLessThan(MOST_LINES)
                        .anyMatch(line -> line.contains(FAIL))
                        .anyMatch(line -> line.contains("Fenced"))
                        .noneMatch(LogIT::isTrace);
            }
        }
    }

    @Test
    void shouldPrintAFewLinesWhenItsPostgresIsKilled() throws Exception {
        try (NodeProcess node = NodeProcess.start(Map.of(), data(), AT_ONCE, SOON, "--limits.enabled=false")
                        .awaitReady();
                Crowd crowd = Crowd.start("log-kill", List.of(node.address()), Rest.logIn(node.address(), "alice"))) {
            killPostgres();
            crowd.awaitConnected();
            awaitMore(crowd, 200);
            node.awaitLine(ANSWERS);
            node.awaitLine("Embedded Postgres runs again");
            assertThat(NodeProcess.unusual(node.lines()))
                    .hasSizeLessThan(MOST_LINES)
                    .anyMatch(line -> line.contains(FAIL))
                    .anyMatch(line -> line.contains("Embedded Postgres died"))
                    .noneMatch(LogIT::isTrace);
            node.stop();
        }
    }

    /** So many connections that no further one can be accepted, at a limit of open files far below limits.connections. */
    @Test
    void shouldPrintAFewLinesWithoutStackTracesWhenOpenFilesRunOut() throws Exception {
        int port = Ports.free();
        Map<String, String> environment = new HashMap<>(TestNode.environment());
        environment.put("PARLANCE_HTTP_PORT", Integer.toString(port));
        environment.put("PARLANCE_MANAGEMENT_PORT", "0");
        List<java.net.Socket> clients = new ArrayList<>();
        try (NodeProcess node = NodeProcess.startBy(
                        List.of("prlimit", "--nofile=" + FEW_FILES + ":" + FEW_FILES), "127.0.0.1:" + port, environment)
                .awaitReady()) {
            assertThat(NodeProcess.unusual(node.lines()))
                    .singleElement()
                    .asString()
                    .contains(" WARN ", "The limit of open files is below limits.connections", "openFiles=\"256\"");
            for (int i = 0; i < FEW_FILES; i++) {
                clients.add(new java.net.Socket(InetAddress.getLoopbackAddress(), port));
            }
            node.awaitLine("Connections cannot be accepted");
            for (java.net.Socket client : clients) {
                client.close();
            }
            // Connects while the node accepts again.
            Rest.logIn(node.address(), "alice");
            node.stop();
            assertThat(NodeProcess.unusual(node.allLines()))
                    .hasSizeLessThan(MOST_LINES)
                    .noneMatch(LogIT::isTrace);
        }
    }

    /**
     * Requests that succeed, fail and break the program, with secrets wherever a client may put them, at the most
     * verbose level of the program's own log. An event of an unknown kind makes reads of its room fail unexpectedly.
     */
    @Test
    void shouldPrintNoSecretOfARequest() throws Exception {
        Map<String, String> environment = new HashMap<>(TestNode.environment());
        environment.put("PARLANCE_LOG_LEVEL", "TRACE");
        String password = "tomato soup of the nation";
        String wrong = "potato soup of the nation";
        String words = "nobody else may read these words";
        try (NodeProcess node =
                NodeProcess.start(environment, "--limits.enabled=false").awaitReady()) {
            Rest nobody = new Rest(node.address(), null);
            nobody.post("/users", Map.of("userId", "log-alice", "password", password, "name", "x"));
            JsonObject tokens =
                    new JsonObject(nobody.post("/sessions", Map.of("userId", "log-alice", "password", password))
                            .body());
            Rest alice = new Rest(node.address(), tokens.getString("accessToken"));
            String refresh = tokens.getString("refreshToken");
            String basic = Base64.getEncoder().encodeToString(("log-alice:" + wrong).getBytes(StandardCharsets.UTF_8));
            List<String> secrets = List.of(
                    password,
                    wrong,
                    words,
                    basic,
                    refresh,
                    alice.token().substring(alice.token().length() - 20));
            alice.post("/rooms", Map.of("roomId", "log-room"));
            alice.post("/rooms/log-room/messages", Map.of("id", "log-1", "text", words));
            Database.setKindOfFirstEvent("log-room", "broken");
            try {
                askWithSecrets(node, alice, refresh, basic, wrong);
            } finally {
                Database.setKindOfFirstEvent("log-room", "membership");
            }
            alice.send("PUT", "/password", new JsonObject(Map.of("password", wrong, "newPassword", password)).encode());
            nobody.send("POST", "/sessions/refresh", "{}", Map.of("Cookie", "parlance-refresh=" + refresh));
            nobody.send("POST", "/sessions/refresh", "{}", Map.of("Cookie", "parlance-refresh=" + refresh));
            node.stop();
            assertThat(node.allLines())
                    .anyMatch(line -> line.contains("A request failed unexpectedly"))
                    .anyMatch(LogIT::isTrace);
            assertThat(node.output()).doesNotContain(secrets);
        }
    }

    private static void askWithSecrets(NodeProcess node, Rest alice, String refresh, String basic, String wrong) {
        Rest nobody = new Rest(node.address(), null);
        String token = alice.token();
        assertThat(alice.get("/rooms/log-room/events").statusCode()).isEqualTo(500);
        nobody.post("/sessions", Map.of("userId", "log-alice", "password", wrong));
        nobody.send("POST", "/sessions", "{\"userId\":\"log-alice\",\"password\":\"" + wrong + "\",");
        nobody.send("POST", "/sessions/refresh", "{\"refreshToken\":\"" + refresh + "\",\"refreshToken\":1}");
        new Rest(node.address(), token + "x").get("/rooms");
        for (String path : List.of("/rooms?token=" + token, "/rooms?access_token=" + refresh, "/rooms/" + token)) {
            nobody.get(path);
        }
        int port = URI.create("http://" + node.address()).getPort();
        for (String head : List.of(
                "GET /?token=" + token + " HTTP/1.1\r\nHost: a\r\nHost: b",
                "GET /api/v1/rooms/%zz" + token + " HTTP/1.1\r\nHost: a",
                "GET / HTTP/1.1\r\nHost: a\r\nAuthorization : Bearer " + token,
                "GET /ws?token=" + token + " HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade",
                "BREW /" + token + " HTCPCP/1.0\r\nCookie: parlance-refresh=" + refresh)) {
            RawHttp.exchange(port, head + "\r\nConnection: close\r\n\r\n");
        }
        String url = "ws://" + node.address();
        assertThatThrownBy(() -> Socket.open(url + "/ws", Map.of("Authorization", "Basic " + basic)))
                .isNotNull();
        try (Socket frames = Socket.authenticated(node.address(), token);
                Socket lines = Socket.open(url + "/lines", Map.of())) {
            frames.send(Map.of("type", "join", "ref", "7", "roomId", "log-room"));
            assertThat(frames.await("error").getString("code")).isEqualTo("internal");
            frames.sendText(
                    "{\"type\":\"auth\",\"ref\":\"8\",\"token\":\"" + token + "\",\"token\":\"" + refresh + "\"}");
            frames.await("error");
            lines.sendText("/login log-alice " + wrong);
            lines.awaitLine("auth.invalid_credentials");
            lines.sendText("/register log-alice \"" + wrong);
            lines.awaitLine("!");
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
                                    Stream.of(
                                            AT_ONCE, SOON, "--limits.enabled=false", "--management.port=" + management))
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

    private static void awaitMore(Crowd crowd, int messages) {
        int least = crowd.acknowledged() + messages;
        Await.until(messages + " more acknowledgements", AWAITED_MESSAGES_MS, () -> crowd.acknowledged() >= least);
    }

    private String data() {
        return TestNode.dataFlag(folder.resolve("data"));
    }

    private void killPostgres() throws IOException {
        long postmaster = Long.parseLong(Files.readAllLines(folder.resolve("data/postgres/postmaster.pid"))
                .getFirst()
                .strip());
        ProcessHandle.of(postmaster).ifPresent(ProcessHandle::destroyForcibly);
    }
}
