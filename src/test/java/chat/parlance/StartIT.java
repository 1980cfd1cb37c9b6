package chat.parlance;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Database;
import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.Ports;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes as an operator starts and ends them. */
final class StartIT {

    @TempDir
    private Path folder;

    @Test
    void shouldKeepEverythingThroughKillsOfTheNodeAndOfItsPostgres() throws Exception {
        String data = TestNode.dataFlag(folder.resolve("data"));
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
        Files.writeString(
                folder.resolve("data/postgres/postgresql.conf"), "shared_bufers = 1\n", StandardOpenOption.APPEND);
        Process broken = NodeProcess.startProcess(Map.of(), data, "--postgres.startTimeoutMs=600000");
        assertThat(NodeProcess.outputOf(broken))
                .as("the last line of Postgres, without a wait")
                .containsPattern("\n"
                        + "parlance: embedded Postgres did not start: .*FATAL: .*postgresql.conf.*; see"
                        + " .*/postgres.log$");
        assertThat(broken.waitFor()).isEqualTo(1);
    }

    @Test
    void shouldDrainOnSigterm() {
        String data = TestNode.dataFlag(folder.resolve("data"));
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
                    new Refusal(
                            "http.port is " + taken.getLocalPort(),
                            1,
                            Map.of(),
                            List.of(data, "--http.port=" + taken.getLocalPort())),
                    new Refusal(
                            "initdb: error: invalid locale settings",
                            1,
                            Map.of("LC_ALL", "xx_XX.UTF-8"),
                            List.of(data)),
                    new Refusal(
                            "refuses",
                            1,
                            Map.of("PARLANCE_POSTGRES_STATEMENT_TIMEOUT_MS", "1000"),
                            List.of(
                                    data,
                                    "--postgres.uri=postgresql://alice:secret-word@127.0.0.1:9/none",
                                    "--postgres.startTimeoutMs=500")),
                    new Refusal(
                            "joining the cluster was not done within 100 ms (node.startTimeoutMs)",
                            1,
                            TestNode.environment(),
                            List.of(
                                    "--cluster.enabled=true",
                                    "--cluster.port=" + Ports.free(),
                                    "--node.startTimeoutMs=100")),
                    new Refusal(
                            "there is no flag --http.prot, did you mean --http.port?",
                            2,
                            Map.of(),
                            List.of("--http.prot=1")),
                    new Refusal(
                            "openssl rand -base64 32", 2, Map.of("PARLANCE_AUTH_KEY", "secret-word"), List.of(data)),
                    new Refusal(
                            "cluster.secret",
                            2,
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
                assertThat(process.waitFor()).isEqualTo(refusal.exitCode());
            }
        }
    }

    @Test
    void shouldTellWhatWasBuiltAndWhichSchemaItMakes() throws Exception {
        Process process = NodeProcess.startCommand("--version");
        String output = NodeProcess.outputOf(process);
        assertThat(process.waitFor()).isZero();
        assertThat(output.lines())
                .satisfiesExactly(
                        version -> assertThat(version).matches("parlance \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?"),
                        commit -> assertThat(commit).matches("commit {3}([0-9a-f]{40}.*|unknown)"),
                        time -> assertThat(time)
                                .matches("built {4}(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ|unknown)"),
                        java -> assertThat(java).startsWith("java     " + Runtime.version()),
                        schema -> assertThat(schema).isEqualTo("schema   " + Database.schemaVersion()));
    }

    /** Each time at a step that the one before has not reached, on the same folder; what is left must not hinder the next start. */
    @Test
    @Timeout(120)
    void shouldLeaveNoProcessWhenItIsStoppedAtAnyMomentOfItsStart() throws Exception {
        Path data = folder.resolve("data");
        Path postgres = data.resolve("postgres");
        List<Predicate<FileTime>> moments = List.of(
                begin -> isMade(data.resolve("lock"), begin),
                begin -> descendants().anyMatch(command -> command.endsWith("/initdb")),
                begin -> isMade(postgres.resolve("PG_VERSION"), begin),
                begin -> isMade(postgres.resolve("postgresql.conf"), begin),
                begin -> isMade(postgres.resolve("postmaster.pid"), begin),
                begin -> isMade(postgres.resolve("initialized"), begin));
        for (int i = 0; i < moments.size(); i++) {
            FileTime begin = FileTime.from(Instant.now());
            Process process = NodeProcess.startProcess(Map.of(), "--data=" + data);
            while (!moments.get(i).test(begin)) {
                assertThat(process.isAlive()).as("moment " + i).isTrue();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            process.toHandle().destroy();
            String output = NodeProcess.outputOf(process);
            assertThat(process.waitFor()).as(output).isEqualTo(143);
            assertThat(output.lines()).as("moment " + i).allMatch(line -> line.contains(" INFO "));
            assertThat(processesOn(data)).as("moment " + i + ": " + output).isEmpty();
        }
        try (NodeProcess node = NodeProcess.start(Map.of(), "--data=" + data).awaitReady()) {
            Rest alice = Rest.logIn(node.address(), "alice");
            assertThat(alice.get("/rooms").statusCode()).isEqualTo(200);
            node.stop();
        }
        assertThat(processesOn(data)).isEmpty();

        FileTime begin = FileTime.from(Instant.now());
        Process verify = NodeProcess.startCommand("verify", "--data=" + data);
        while (!isMade(postgres.resolve("postmaster.pid"), begin)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        verify.toHandle().destroy();
        verify.waitFor();
        assertThat(processesOn(data)).isEmpty();
    }

    private static boolean isMade(Path file, FileTime begin) {
        try {
            return Files.getLastModifiedTime(file).compareTo(begin) >= 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static Stream<String> descendants() {
        return ProcessHandle.current().descendants().flatMap(process -> process.info().command().stream());
    }

    /** Processes of anybody with the folder in their command line, children of this one or not. */
    private static List<String> processesOn(Path data) {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(data.toString()))
                .toList();
    }

    private record Refusal(String expected, int exitCode, Map<String, String> environment, List<String> flags) {}

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
