package chat.parlance.persistence;

import chat.parlance.error.StartupException;
import chat.parlance.log.Condition;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Embedded Postgres of this node, in its data folder: durable, on loopback only, protected by passwords that the folder
 * keeps. Parlance connects as a role that is no superuser. When Postgres dies it is restarted, on the same port. Every
 * method blocks.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final int DEFAULT_START_TIMEOUT_MS = 30_000;
    private static final int RESTART_PAUSE_MS = 250;
    private static final int LOOK_MS = 100;
    private static final String LOG_FILE = "postgres.log";
    private static final String DATA = "postgres";

    /** Marks a database that is complete, in its own folder. */
    private static final String INITIALIZED = "initialized";

    private static final String ROLE = "parlance";
    private static final boolean IS_LINUX = "Linux".equals(System.getProperty("os.name"));

    /** Marks an incomplete new database in the data folder, in which no event was acknowledged. */
    private static final String UNFINISHED = "postgres.unfinished";

    private static final String HOST_BASED_AUTHENTICATION = """
        host all all 127.0.0.1/32 scram-sha-256
        host all all ::1/128      scram-sha-256
        """;

    private final PostgresStart launch;
    private final Postmaster postmaster;
    private final PostgresUri uri;
    private final Condition dead =
            Condition.of(LOG, "Embedded Postgres died and is started again", "Embedded Postgres runs again");
    private EmbeddedPostgres postgres;
    private boolean closed;

    private EmbeddedDatabase(PostgresStart launch, EmbeddedPostgres postgres, Postmaster postmaster, PostgresUri uri) {
        this.launch = launch;
        this.postgres = postgres;
        this.postmaster = postmaster;
        this.uri = uri;
    }

    /** Starts Postgres with the default limit of time. */
    public static EmbeddedDatabase start(DataFolder folder, int port) {
        return start(folder, port, DEFAULT_START_TIMEOUT_MS);
    }

    /**
     * Starts Postgres on the folder's data, or on a new database when there is none. A Postgres that a killed node left
     * running is stopped first: the folder's lock proves that no node uses it. An interrupt ends the start.
     *
     * @param port 0 for any free one
     * @param timeoutMs time that Postgres has until it answers
     * @throws StartupException when it does not start; no process of it is left then
     */
    public static EmbeddedDatabase start(DataFolder folder, int port, int timeoutMs) {
        Path data = folder.path().resolve(DATA);
        String superuserPassword = folder.secret("postgres-superuser.password");
        String rolePassword = folder.secret("postgres.password");
        Postmaster postmaster = new Postmaster(data);
        postmaster.stopOrphan();
        int bound = freePort(port);
        Path unfinished = folder.path().resolve(UNFINISHED);
        try {
            boolean fresh = prepare(data, unfinished);
            EmbeddedPostgres.Builder builder = configure(folder, data, bound, timeoutMs, superuserPassword);
            PostgresStart attempts =
                    new PostgresStart(builder, postmaster, folder.path().resolve(LOG_FILE), timeoutMs);
            EmbeddedPostgres postgres = launch(attempts, folder);
            EmbeddedDatabase started = new EmbeddedDatabase(attempts, postgres, postmaster, uri(rolePassword, bound));
            if (fresh) {
                started.complete(superuserPassword, rolePassword);
            }
            Files.deleteIfExists(unfinished);
            started.supervise();
            return started;
        } catch (IOException failed) {
            throw new StartupException("embedded Postgres did not start: " + failed, failed);
        }
    }

    /**
     * Makes way for a new database where a first start was broken off.
     *
     * @return whether the database has to be made
     */
    private static boolean prepare(Path data, Path unfinished) throws IOException {
        boolean fresh = !Files.exists(data.resolve(INITIALIZED));
        if (fresh && Files.exists(unfinished) && Files.exists(data)) {
            PrivateFolder.delete(data);
        }
        if (fresh && !Files.exists(data) && !Files.exists(unfinished)) {
            Files.createFile(unfinished, PrivateFolder.FILE_MODE);
        }
        return fresh;
    }

    private static EmbeddedPostgres launch(PostgresStart launch, DataFolder folder) throws IOException {
        try {
            return launch.run();
        } finally {
            folder.closePrograms();
        }
    }

    private void complete(String superuserPassword, String rolePassword) throws IOException {
        try {
            initialize(postgres, postmaster.data(), superuserPassword, rolePassword);
        } catch (IOException | SQLException | RuntimeException failed) {
            boolean interrupted = Thread.interrupted();
            close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw new StartupException("the database of the embedded Postgres could not be made: " + failed, failed);
        }
    }

    /** Address of a data folder's running Postgres, for a process other than the node that started it. */
    public static Optional<PostgresUri> running(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        Postmaster postmaster = new Postmaster(absolute.resolve(DATA));
        if (postmaster.process().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    uri(Files.readString(absolute.resolve("postgres.password")).strip(), postmaster.port()));
        } catch (IOException | RuntimeException unreadable) {
            throw new StartupException("the database of " + absolute + " cannot be reached: " + unreadable, unreadable);
        }
    }

    /** True when a data folder has a database. */
    public static boolean exists(Path folder) {
        return Files.exists(folder.resolve(DATA).resolve(INITIALIZED));
    }

    public PostgresUri uri() {
        return uri;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        postgres.close();
        postmaster
                .process()
                .ifPresent(process ->
                        LOG.atWarn().addKeyValue("pid", process.pid()).log("Embedded Postgres did not stop"));
    }

    private void supervise() {
        postmaster
                .process()
                .ifPresent(process -> Thread.startVirtualThread(() -> {
                    // Postgres is not a child of this process, so its end is detected only by polling.
                    while (process.isAlive()) {
                        pause(LOOK_MS);
                    }
                    while (!isClosedOrStarted()) {
                        pause(RESTART_PAUSE_MS);
                    }
                }));
    }

    /** @return false when the start must be retried */
    private synchronized boolean isClosedOrStarted() {
        if (closed) {
            return true;
        }
        dead.occurred("its process ended, see postgres.log in the data folder");
        try {
            // Releases the library's lock; no server is left to stop.
            postgres.close();
            postmaster.stopOrphan();
            postgres = launch.run();
            supervise();
            return true;
        } catch (IOException | RuntimeException failed) {
            dead.occurred(failed.toString());
            return false;
        }
    }

    private static void pause(int milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static EmbeddedPostgres.Builder configure(
            DataFolder folder, Path data, int port, int timeoutMs, String password) throws IOException {
        Path log = folder.log(LOG_FILE);
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setOverrideWorkingDirectory(folder.programs().toFile())
                .setPort(port)
                .setPGStartupWait(Duration.ofMillis(timeoutMs))
                .setConnectConfig("password", password)
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                // The library switches both off; an acknowledged message must be on the disk.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "100")
                .setServerConfig("jit", "off");
        // After a crash everything is synchronized to the disk first: file by file that takes seconds.
        return IS_LINUX ? builder.setServerConfig("recovery_init_sync_method", "syncfs") : builder;
    }

    private static void initialize(EmbeddedPostgres postgres, Path data, String superuserPassword, String rolePassword)
            throws SQLException, IOException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("alter role postgres password '" + superuserPassword + "'");
            statement.execute("create role " + ROLE + " login password '" + rolePassword + "'");
            statement.execute("create database " + ROLE + " owner " + ROLE);
            Files.writeString(data.resolve("pg_hba.conf"), HOST_BASED_AUTHENTICATION);
            statement.execute("select pg_reload_conf()");
        }
        Files.createFile(data.resolve(INITIALIZED));
        // On the disk before anything is acknowledged: without it a database is taken for an unfinished one.
        try (FileChannel folder = FileChannel.open(data)) {
            folder.force(true);
        }
    }

    private static PostgresUri uri(String password, int port) {
        return PostgresUri.parse("postgresql://%s:%s@127.0.0.1:%d/%s".formatted(ROLE, password, port, ROLE));
    }

    private static int freePort(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException taken) {
            throw new StartupException(
                    "postgres.embeddedPort is %d, and that port of 127.0.0.1 cannot be bound: %s"
                            .formatted(port, taken.getMessage()),
                    taken);
        }
    }
}
