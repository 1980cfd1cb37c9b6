package chat.parlance.persistence;

import chat.parlance.error.StartupException;
import chat.parlance.log.Condition;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Embedded Postgres of this node, in its data folder: durable, on loopback only, protected by passwords that the folder
 * keeps. Parlance connects as a role that is no superuser. When Postgres dies it is restarted, on the same port. Every
 * method blocks.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
    private static final int STOP_TIMEOUT_SECONDS = 10;
    private static final int RESTART_PAUSE_MS = 250;
    private static final int LOOK_MS = 100;
    private static final String LOG_FILE = "postgres.log";
    private static final String ROLE = "parlance";
    private static final boolean IS_LINUX = "Linux".equals(System.getProperty("os.name"));

    /** Line of the port in {@code postmaster.pid}. */
    private static final int PORT_LINE = 3;

    private static final String HOST_BASED_AUTHENTICATION = """
        host all all 127.0.0.1/32 scram-sha-256
        host all all ::1/128      scram-sha-256
        """;

    private final EmbeddedPostgres.Builder builder;
    private final Path data;
    private final PostgresUri uri;
    private final Condition dead =
            Condition.of(LOG, "Embedded Postgres died and is started again", "Embedded Postgres runs again");
    private EmbeddedPostgres postgres;
    private boolean closed;

    private EmbeddedDatabase(EmbeddedPostgres.Builder builder, EmbeddedPostgres postgres, Path data, PostgresUri uri) {
        this.builder = builder;
        this.postgres = postgres;
        this.data = data;
        this.uri = uri;
    }

    /**
     * Starts Postgres on the folder's data, or on a new database when there is none. A Postgres that a killed node left
     * running is stopped first: the folder's lock proves that no node uses it.
     *
     * @param port 0 for any free one
     * @throws StartupException when it does not start
     */
    public static EmbeddedDatabase start(DataFolder folder, int port) {
        Path data = folder.path().resolve("postgres");
        String superuserPassword = folder.secret("postgres-superuser.password");
        String rolePassword = folder.secret("postgres.password");
        stopOrphan(data);
        int bound = freePort(port);
        boolean fresh = !Files.exists(data.resolve("initialized"));
        try {
            EmbeddedPostgres.Builder builder = configure(folder, data, bound, superuserPassword);
            EmbeddedPostgres postgres = builder.start();
            folder.closePrograms();
            if (fresh) {
                initialize(postgres, data, superuserPassword, rolePassword);
            }
            EmbeddedDatabase started = new EmbeddedDatabase(builder, postgres, data, uri(rolePassword, bound));
            started.supervise();
            return started;
        } catch (IOException | SQLException | RuntimeException failed) {
            throw new StartupException(
                    "embedded Postgres did not start: " + failed.getMessage() + "; see "
                            + folder.path().resolve(LOG_FILE),
                    failed);
        }
    }

    /** Address of a data folder's running Postgres, for a process other than the node that started it. */
    public static Optional<PostgresUri> running(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        Path data = absolute.resolve("postgres");
        if (runningProcess(data).isEmpty()) {
            return Optional.empty();
        }
        try {
            int port = Integer.parseInt(Files.readAllLines(data.resolve("postmaster.pid"))
                    .get(PORT_LINE)
                    .strip());
            return Optional.of(
                    uri(Files.readString(absolute.resolve("postgres.password")).strip(), port));
        } catch (IOException | RuntimeException unreadable) {
            throw new StartupException("the database of " + absolute + " cannot be reached: " + unreadable, unreadable);
        }
    }

    /** True when a data folder has a database. */
    public static boolean exists(Path folder) {
        return Files.exists(folder.resolve("postgres").resolve("initialized"));
    }

    public PostgresUri uri() {
        return uri;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        postgres.close();
        runningProcess(data)
                .ifPresent(process ->
                        LOG.atWarn().addKeyValue("pid", process.pid()).log("Embedded Postgres did not stop"));
    }

    private void supervise() {
        runningProcess(data)
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
            stopOrphan(data);
            postgres = builder.start();
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

    private static EmbeddedPostgres.Builder configure(DataFolder folder, Path data, int port, String password)
            throws IOException {
        Path log = folder.log(LOG_FILE);
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setOverrideWorkingDirectory(folder.programs().toFile())
                .setPort(port)
                .setPGStartupWait(START_TIMEOUT)
                .setConnectConfig("password", password)
                .setOutputRedirector(ProcessBuilder.Redirect.to(log.toFile()))
                .setErrorRedirector(ProcessBuilder.Redirect.to(log.toFile()))
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
            // Left over when an earlier first start was killed halfway.
            statement.execute("drop database if exists " + ROLE);
            statement.execute("drop role if exists " + ROLE);
            statement.execute("create role " + ROLE + " login password '" + rolePassword + "'");
            statement.execute("create database " + ROLE + " owner " + ROLE);
            Files.writeString(data.resolve("pg_hba.conf"), HOST_BASED_AUTHENTICATION);
            statement.execute("select pg_reload_conf()");
        }
        Files.createFile(data.resolve("initialized"));
    }

    private static PostgresUri uri(String password, int port) {
        return PostgresUri.parse("postgresql://%s:%s@127.0.0.1:%d/%s".formatted(ROLE, password, port, ROLE));
    }

    private static int freePort(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException taken) {
            throw new StartupException("port " + port + " of the embedded Postgres is taken", taken);
        }
    }

    private static void stopOrphan(Path data) {
        runningProcess(data).ifPresent(process -> {
            LOG.atInfo().addKeyValue("pid", process.pid()).log("Stopping a Postgres that a killed node left");
            for (String signal : List.of("INT", "QUIT", "KILL")) {
                if (process.isAlive()) {
                    signal(process, signal);
                }
            }
            if (process.isAlive()) {
                throw new StartupException("a Postgres that runs on " + data + " does not stop, pid " + process.pid());
            }
        });
    }

    /** Process that {@code postmaster.pid} names, if it is a Postgres on this folder. */
    private static Optional<ProcessHandle> runningProcess(Path data) {
        try {
            long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid"))
                    .getFirst()
                    .strip());
            return ProcessHandle.of(pid).filter(process -> isPostgres(process, data));
        } catch (IOException | NumberFormatException | java.util.NoSuchElementException none) {
            return Optional.empty();
        }
    }

    /** True for a Postgres. A pid is reused in time, and the process of another program must be left alone. */
    private static boolean isPostgres(ProcessHandle process, Path data) {
        return process.info()
                .commandLine()
                .map(line -> line.contains("postgres") && line.contains(data.toString()))
                .orElse(false);
    }

    private static void signal(ProcessHandle process, String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            process.onExit().get(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (IOException | ExecutionException | TimeoutException notYet) {
            LOG.atWarn()
                    .addKeyValue("pid", process.pid())
                    .addKeyValue("signal", signal)
                    .log("Postgres did not stop");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
