package chat.parlance.testing;

import chat.parlance.Node;
import chat.parlance.config.ParlanceConfig;
import chat.parlance.persistence.PostgresUri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * One node on an embedded Postgres for all tests of a JVM, with the defaults but for ports, a short drain, cheap
 * password hashes and no rate limits.
 */
public final class TestNode {

    /** Key that signs the tokens of this node and of those that are started beside it. */
    public static final String KEY = key();

    /** Started at its first use: not every user of this class needs it. */
    private static final class Shared {

        private static final Path DATA = folder();
        private static final Node NODE = startShared();
    }

    private TestNode() {}

    public static Node shared() {
        return Shared.NODE;
    }

    /** The shared node's public address. */
    public static String address() {
        return "127.0.0.1:" + shared().httpPort();
    }

    /**
     * Another node on the same Postgres, which the caller stops; without a cluster the two never exchange messages.
     *
     * @param settings flags, {@code --KEY=VALUE}
     */
    public static Node startBeside(String... settings) {
        return start(flagsBeside(settings), Map.of());
    }

    /** The same with password hashes of the documented cost. */
    public static Node startBesideWithRealHashes(String... settings) {
        return Node.start(TestConfig.load(flagsBeside(settings), Map.of()));
    }

    private static List<String> flagsBeside(String... settings) {
        List<String> flags = new ArrayList<>(List.of(
                "--postgres.uri=" + postgresUri(),
                "--auth.key=" + KEY,
                "--http.port=0",
                "--management.port=0",
                "--limits.enabled=false",
                "--drain.unreadyMs=0",
                "--drain.spreadMs=1"));
        flags.addAll(List.of(settings));
        return flags;
    }

    /** Starts a node in this JVM. Its password hashes are cheap, unless the flags set their cost. */
    public static Node start(List<String> flags, Map<String, String> environment) {
        ParlanceConfig config = TestConfig.load(flags, environment);
        boolean hasCost = flags.stream().anyMatch(flag -> flag.startsWith("--auth.argon2"));
        return Node.start(hasCost ? config : TestConfig.withCheapHashes(config));
    }

    /** The node's Postgres, with its password. */
    public static String postgresUri() {
        return postgresUri(shared().postgres());
    }

    /**
     * Flag of another data folder, for a node process with a Postgres of its own. A new folder gets the programs of the
     * shared node's: to unpack them takes half of the CPU time of a start.
     */
    public static String dataFlag(Path data) {
        Path programs = Shared.DATA.resolve("postgres-binaries");
        shared();
        try {
            if (!Files.exists(data) && Files.exists(programs)) {
                Files.createDirectory(
                        data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                Shell.run(List.of("cp", "-pR", programs.toString(), data.toString()));
            }
            return "--data=" + data;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Environment of a node process on the same Postgres, with the same key. */
    public static Map<String, String> environment() {
        return Map.of("PARLANCE_POSTGRES_URI", postgresUri(), "PARLANCE_AUTH_KEY", KEY);
    }

    /** URI of a Postgres for nodes, with its password. */
    public static String postgresUri(PostgresUri postgres) {
        return "postgresql://%s:%s@%s/%s"
                .formatted(
                        postgres.user(), postgres.password(), postgres.servers().getFirst(), postgres.database());
    }

    /** Kills the node's Postgres as {@code kill -9} does; the node restarts it. */
    public static void killPostgres() {
        try {
            long pid = Long.parseLong(Files.readAllLines(Shared.DATA.resolve("postgres/postmaster.pid"))
                    .getFirst()
                    .strip());
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Node startShared() {
        Node node = start(
                List.of(
                        "--data=" + Shared.DATA,
                        "--auth.key=" + KEY,
                        "--http.port=0",
                        "--management.port=0",
                        "--limits.enabled=false",
                        "--drain.unreadyMs=0",
                        "--drain.spreadMs=100",
                        "--drain.timeoutMs=2000"),
                Map.of());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            node.stop();
            delete(Shared.DATA);
        }));
        return node;
    }

    private static String key() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return Base64.getEncoder().encodeToString(random);
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("parlance-test");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
