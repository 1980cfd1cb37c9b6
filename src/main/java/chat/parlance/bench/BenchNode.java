package chat.parlance.bench;

import chat.parlance.error.StartupException;
import chat.parlance.persistence.EmbeddedDatabase;
import chat.parlance.persistence.PostgresUri;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A node in a process of its own, on a database that is deleted afterwards. */
final class BenchNode implements AutoCloseable {

    private static final String READY = "Parlance is ready";
    private static final String AOT_OPTION = "-XX:AOTCache";

    /** Line of the port in Postgres's pid file. */
    private static final int PORT_LINE = 3;

    /** Time for the stop of a node; one that writes an AOT cache needs some seconds for it. */
    private static final int STOP_TIMEOUT_SECONDS = 60;

    private final Process process;
    private final Path data;
    private final String address;

    private BenchNode(Process process, Path data, String address) {
        this.process = process;
        this.data = data;
        this.address = address;
    }

    /** Flag that switches off all rate limits. */
    static final String WITHOUT_LIMITS = "--limits.enabled=false";

    /** @param settings flags beyond those that every bench needs, such as {@code --KEY=VALUE} */
    static BenchNode start(String... settings) throws IOException {
        // The bench passes on what it got from the launcher.
        return start(jvmOptions(), List.of(settings), Map.of());
    }

    /**
     * Starts two nodes of a separate cluster.
     *
     * @param nodes running nodes, the first of which has the Postgres of all; the two are added
     * @param jvmOptions options beyond those of every node
     */
    static void startPair(List<BenchNode> nodes, List<String> jvmOptions) throws IOException {
        List<String> options = new ArrayList<>(jvmOptions());
        options.addAll(jvmOptions);
        int port = freePort();
        int other = freePort();
        for (int own : List.of(port, other)) {
            List<String> settings = List.of(
                    WITHOUT_LIMITS,
                    "--cluster.enabled=true",
                    "--cluster.name=bench-" + port,
                    "--cluster.port=" + own,
                    "--cluster.members=127.0.0.1:" + port + ",127.0.0.1:" + other);
            Map<String, String> shared =
                    nodes.isEmpty() ? Map.of() : nodes.getFirst().shared();
            nodes.add(start(options, settings, shared));
        }
    }

    /** Environment variables for another node on the same database and with the same key. */
    private Map<String, String> shared() throws IOException {
        String port =
                Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(PORT_LINE);
        String password = Files.readString(data.resolve("postgres.password")).strip();
        return Map.of(
                "PARLANCE_POSTGRES_URI",
                "postgresql://parlance:" + password + "@127.0.0.1:" + port.strip() + "/parlance",
                "PARLANCE_AUTH_KEY",
                Files.readString(data.resolve("token.key")).strip());
    }

    /**
     * Starts a node of a cluster whose JVM writes an AOT cache when it is closed, so that others start faster.
     *
     * @param aotCache the file of the cache
     */
    static BenchNode startLearning(Path aotCache, String... settings) throws IOException {
        List<String> options = new ArrayList<>(jvmOptions());
        options.removeIf(option -> option.startsWith(AOT_OPTION));
        options.add(AOT_OPTION + "Output=" + aotCache);
        int port = freePort();
        List<String> all = new ArrayList<>(List.of(settings));
        all.addAll(List.of("--cluster.enabled=true", "--cluster.name=bench-" + port, "--cluster.port=" + port));
        return start(options, all, Map.of());
    }

    private static BenchNode start(List<String> jvmOptions, List<String> settings, Map<String, String> environment)
            throws IOException {
        Path data = Files.createTempDirectory("parlance-bench");
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of(
                "-jar", jar().toString(), "start", "--data=" + data, "--http.port=" + port, "--management.port=0"));
        command.addAll(settings);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        // The line that it is ready is read as text.
        builder.environment().remove("PARLANCE_LOG_FORMAT");
        Process process = builder.start();
        // A signal to the bench ends the node as well.
        Runtime.getRuntime().addShutdownHook(new Thread(process.toHandle()::destroy, "stop"));
        BenchNode node = new BenchNode(process, data, "127.0.0.1:" + port);
        node.awaitReady();
        return node;
    }

    String address() {
        return address;
    }

    /** CPU time of the node's process so far. */
    Duration nodeCpu() {
        return process().cpu();
    }

    MeasuredProcess process() {
        return new MeasuredProcess(process.toHandle());
    }

    /** Its Postgres. */
    PostgresUri postgres() {
        return EmbeddedDatabase.running(data)
                .orElseThrow(() -> new StartupException("the node to measure has no Postgres"));
    }

    /** CPU time of its Postgres so far, over all its running processes. */
    Duration postgresCpu() throws IOException {
        long postmaster = Long.parseLong(
                Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst());
        return ProcessHandle.of(postmaster).stream()
                .flatMap(handle -> Stream.concat(Stream.of(handle), handle.children()))
                .map(handle -> new MeasuredProcess(handle).cpu())
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() throws IOException {
        // Not process.destroy(), which would close the output that the node still writes to.
        process.toHandle().destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    private void awaitReady() throws IOException {
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        while (line != null && !line.startsWith(READY)) {
            System.err.println(line);
            line = output.readLine();
        }
        if (line == null) {
            throw new StartupException("the node to measure did not start");
        }
        Thread.ofVirtual().start(() -> passOn(output));
    }

    private static void passOn(BufferedReader output) {
        try {
            output.lines().forEach(System.err::println);
        } catch (UncheckedIOException ended) {
            // The node has stopped, and its output with it.
        }
    }

    /** Options of the bench's own JVM, which it got from the launcher. */
    static List<String> jvmOptions() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }

    /** The jar of the bench. */
    static Path jar() {
        try {
            return Path.of(BenchNode.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
