package chat.parlance;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes as an operator starts and ends them. */
final class StartIT {

    @TempDir
    private Path folder;

    @Test
    void shouldKeepEverythingThroughKillsOfTheNodeAndOfItsPostgres() throws Exception {
        String data = "--data=" + folder.resolve("data");
        try (NodeProcess node = NodeProcess.start(Map.of(), data).awaitReady()) {
            Rest alice = Rest.logIn(node.address(), "alice");
            alice.post("/rooms", Map.of("roomId", "kept"));
            post(node, alice, "first");
            node.kill();
        }
        // The Postgres of the killed node still runs; the next start stops it.
        try (NodeProcess node = NodeProcess.start(Map.of(), data).awaitReady()) {
            Rest alice = Rest.logIn(node.address(), "alice");
            assertThat(head(alice)).isEqualTo(2);
            post(node, alice, "second");
            node.kill();
            killPostgres();
        }
        try (NodeProcess node = NodeProcess.start(Map.of(), data).awaitReady()) {
            Rest alice = Rest.logIn(node.address(), "alice");
            assertThat(head(alice)).isEqualTo(3);
            assertThat(post(node, alice, "first")).isEqualTo(2);
            Process second = NodeProcess.startProcess(Map.of(), data);
            assertThat(NodeProcess.outputOf(second))
                    .contains("in use by another node")
                    .doesNotContain("\tat ");
            assertThat(second.waitFor()).isNotZero();
            node.stop();
        }
    }

    @Test
    void shouldDrainOnSigterm() {
        String data = "--data=" + folder.resolve("data");
        try (NodeProcess node = NodeProcess.start(Map.of(), data).awaitReady()) {
            Rest alice = Rest.logIn(node.address(), "alice");
            try (Socket socket = Socket.authenticated(node.address(), alice.token())) {
                Thread.ofVirtual().start(node::stop);
                assertThat(socket.await("bye").getInteger("reconnectWithinMs")).isEqualTo(250);
                assertThat(socket.awaitClose()).isEqualTo(1012);
            }
            node.stop();
        }
    }

    @Test
    void shouldRefuseToStartInOneClearLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String data = "--data=" + folder.resolve("data");
            for (Refusal refusal : List.of(
                    new Refusal("port is taken", Map.of(), List.of(data, "--http.port=" + taken.getLocalPort())),
                    new Refusal(
                            "refuses",
                            Map.of("PARLANCE_POSTGRES_STATEMENT_TIMEOUT_MS", "1000"),
                            List.of(
                                    data,
                                    "--postgres.uri=postgresql://alice:secret-word@127.0.0.1:9/none",
                                    "--postgres.startTimeoutMs=500")),
                    new Refusal("there is no key http.prot", Map.of(), List.of("--http.prot=1")),
                    new Refusal("openssl rand -base64 32", Map.of("PARLANCE_AUTH_KEY", "secret-word"), List.of(data)),
                    new Refusal(
                            "cluster.secret",
                            Map.of("PARLANCE_CLUSTER_SECRET", "secret-word".repeat(9)),
                            List.of(data)))) {
                Process process = NodeProcess.startProcess(
                        refusal.environment(), refusal.flags().toArray(String[]::new));
                String output = NodeProcess.outputOf(process);
                assertThat(output.lines().filter(line -> line.startsWith("parlance: ")))
                        .as(output)
                        .singleElement()
                        .asString()
                        .contains(refusal.expected());
                assertThat(output).doesNotContain("\tat ", "secret-word");
                assertThat(process.waitFor()).isNotZero();
            }
        }
    }

    private record Refusal(String expected, Map<String, String> environment, List<String> flags) {}

    private void killPostgres() throws IOException {
        long postmaster = Long.parseLong(Files.readAllLines(folder.resolve("data/postgres/postmaster.pid"))
                .getFirst());
        ProcessHandle handle = ProcessHandle.of(postmaster).orElseThrow();
        handle.destroyForcibly();
        handle.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static long post(NodeProcess node, Rest user, String id) {
        try (Socket socket = Socket.authenticated(node.address(), user.token())) {
            socket.post("kept", id, "text of " + id);
            return socket.await("ack").getLong("seq");
        }
    }

    private static long head(Rest user) {
        return new JsonObject(user.get("/rooms/kept").body()).getLong("head");
    }
}
