package chat.parlance.faults;

import chat.parlance.persistence.DataFolder;
import chat.parlance.persistence.EmbeddedDatabase;
import chat.parlance.persistence.PostgresUri;
import chat.parlance.testing.Await;
import chat.parlance.testing.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Postgres on a host of its own, made from the binaries of the embedded one, that is restarted whenever it ends, like
 * a service, until it is stopped.
 */
final class PostgresProcess implements AutoCloseable {

    private static final int RESTART_PAUSE_MS = 100;
    private static final int START_TIMEOUT_SECONDS = 60;
    private static final String SUPERUSER = "postgres";

    /** Access from all networks of the suite, for the chat and for a standby. */
    private static final String HOST_BASED_AUTHENTICATION = """
        host all         all 127.0.0.1/32  scram-sha-256
        host all         all 198.18.0.0/15 scram-sha-256
        host replication all 127.0.0.1/32  scram-sha-256
        host replication all 198.18.0.0/15 scram-sha-256
        """;

    private final Path binary;
    private final Host host;
    private final int port;
    private final PostgresUri uri;
    private final PostgresUri superuser;
    private final List<String> settings = new ArrayList<>();
    private Path data;
    private Process process;
    private boolean wanted;

    private PostgresProcess(Path binary, Path data, Host host, int port, PostgresUri uri, PostgresUri superuser) {
        this.binary = binary;
        this.data = data;
        this.host = host;
        this.port = port;
        this.uri = uri;
        this.superuser = superuser;
    }

    /** Creates a database in the folder, with a role for the chat, and starts Postgres on it. */
    static PostgresProcess create(Path folder, Host host, int port) {
        try {
            PostgresUri made;
            try (DataFolder opened = DataFolder.open(folder)) {
                try (EmbeddedDatabase embedded = EmbeddedDatabase.start(opened, 0)) {
                    made = embedded.uri();
                }
            }
            Path data = folder.resolve("postgres");
            Files.writeString(data.resolve("pg_hba.conf"), HOST_BASED_AUTHENTICATION);
            String password = Files.readString(folder.resolve("postgres-superuser.password"))
                    .strip();
            PostgresProcess postgres = new PostgresProcess(
                    binary(data),
                    data,
                    host,
                    port,
                    new PostgresUri(made.user(), made.password(), host.address(), port, made.database()),
                    new PostgresUri(SUPERUSER, password, host.address(), port, made.database()));
            postgres.start();
            return postgres;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Address for the chat. */
    PostgresUri uri() {
        return uri;
    }

    Path data() {
        return data;
    }

    Host host() {
        return host;
    }

    int port() {
        return port;
    }

    /** Starts it, and waits until it answers. */
    void start() {
        synchronized (this) {
            wanted = true;
            launch();
        }
        Thread.ofVirtual().start(this::supervise);
        awaitAnswer();
    }

    /** Kills the postmaster as {@code kill -9} does; it is restarted. */
    void kill() {
        running().destroyForcibly();
    }

    /** Kills the postmaster as {@code kill -9} does, without a restart. */
    void killForGood() {
        synchronized (this) {
            wanted = false;
        }
        running().destroyForcibly().onExit().join();
    }

    /** Stops it in order. */
    void stop() {
        synchronized (this) {
            wanted = false;
        }
        // A fast shutdown: sessions are ended, a checkpoint is written.
        Shell.run("kill -INT " + running().pid());
        running().onExit().join();
    }

    /** Continues on a copy of the data in another folder. */
    void moveTo(Path folder) {
        stop();
        copy(data, folder);
        data = folder;
        start();
    }

    /** Takes a base backup while Postgres runs, as an operator's tools do; later commits are not in it. */
    void backUpTo(Path folder) {
        try (Connection connection = connect(superuser);
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('faults', true)");
            copyRunning(data, folder);
            try (ResultSet label = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
                label.next();
                Files.writeString(folder.resolve("backup_label"), label.getString(1));
            }
            // The log up to the end of the backup.
            copyRunning(data.resolve("pg_wal"), folder.resolve("pg_wal"));
            Files.deleteIfExists(folder.resolve("postmaster.pid"));
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Keeps all WAL from now on in a folder, as docs/OPERATIONS.md says. */
    void archiveTo(Path archive) {
        stop();
        settings.add("archive_mode=on");
        settings.add("archive_command=test ! -f %1$s/%%f && cp %%p %1$s/%%f".formatted(archive));
        start();
    }

    /** Names this moment, and waits until the archive has all WAL up to it. */
    void markPoint(String name) {
        try (Connection connection = connect(superuser);
                Statement statement = connection.createStatement()) {
            String segment = text(statement, "select pg_walfile_name(pg_create_restore_point('" + name + "'))");
            text(statement, "select pg_switch_wal()");
            Await.until("the archive has " + segment, TimeUnit.SECONDS.toMillis(START_TIMEOUT_SECONDS), () -> {
                try {
                    return text(statement, "select coalesce(max(last_archived_wal), '') from pg_stat_archiver")
                                    .compareTo(segment)
                            >= 0;
                } catch (SQLException failed) {
                    throw new IllegalStateException(failed);
                }
            });
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Continues on a base backup that is brought to a named moment by the archive; later commits are lost. */
    void recoverTo(String name, Path backup, Path archive) {
        stop();
        data = backup;
        try {
            Files.createFile(backup.resolve("recovery.signal"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        settings.add("restore_command=cp " + archive + "/%f %p");
        settings.add("recovery_target_name=" + name);
        settings.add("recovery_target_action=promote");
        start();
        Await.until("the end of the recovery", TimeUnit.SECONDS.toMillis(START_TIMEOUT_SECONDS), () -> {
            try (Connection connection = connect(superuser);
                    Statement statement = connection.createStatement()) {
                return text(statement, "select pg_is_in_recovery()").equals("f");
            } catch (SQLException notYet) {
                return false;
            }
        });
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Continues on a backup; later commits are lost. */
    void restoreFrom(Path backup) {
        stop();
        data = backup;
        start();
    }

    /**
     * Creates a standby that commits wait for, from a copy of the data taken while this one is stopped, and starts
     * both.
     */
    PostgresProcess standby(Path folder, Host where, int itsPort) {
        stop();
        copy(data, folder);
        PostgresProcess standby = new PostgresProcess(
                binary,
                folder,
                where,
                itsPort,
                uri,
                new PostgresUri(superuser.user(), superuser.password(), where.address(), itsPort, uri.database()));
        settings.add("synchronous_standby_names=*");
        standby.settings.add("primary_conninfo=host=%s port=%d user=%s password=%s"
                .formatted(host.address(), port, superuser.user(), superuser.password()));
        try {
            Files.createFile(folder.resolve("standby.signal"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        start();
        standby.start();
        return standby;
    }

    /** Promotes a standby to the primary. */
    void promote() {
        try (Connection connection = connect(superuser)) {
            connection.createStatement().execute("select pg_promote()");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Connection like the chat's, to exactly this server. */
    Connection connect() throws SQLException {
        return connect(new PostgresUri(uri.user(), uri.password(), host.address(), port, uri.database()));
    }

    /** Waits until Postgres answers a query. */
    void awaitAnswer() {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_TIMEOUT_SECONDS);
        while (!answers()) {
            if (System.nanoTime() > endNs) {
                throw new IllegalStateException("Postgres does not answer on " + superuser);
            }
            pause();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            wanted = false;
        }
        Shell.run("kill -INT " + running().pid());
        running().onExit().orTimeout(START_TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }

    private boolean answers() {
        try (Connection connection = connect(superuser)) {
            return connection.createStatement().execute("select 1");
        } catch (SQLException notYet) {
            return false;
        }
    }

    private static Connection connect(PostgresUri uri) throws SQLException {
        return DriverManager.getConnection(uri.jdbcUrl() + "&connectTimeout=2", uri.user(), uri.password());
    }

    private synchronized Process running() {
        return process;
    }

    private void launch() {
        List<String> command = new ArrayList<>();
        if (ProcessHandle.current().info().user().orElse("").equals("root")) {
            // Postgres refuses to run as root; in its own user namespace it is nobody.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(binary.toString(), "-D", data.toString(), "-p", Integer.toString(port)));
        Map.of(
                        "listen_addresses", host.way().isEmpty() ? host.address() : "0.0.0.0",
                        "unix_socket_directories", "",
                        "fsync", "on",
                        "synchronous_commit", "on",
                        "recovery_init_sync_method", "syncfs",
                        "jit", "off")
                .forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        process = Shell.start(host.command(command));
    }

    private void supervise() {
        while (true) {
            running().onExit().join();
            pause();
            synchronized (this) {
                if (!wanted) {
                    return;
                }
                if (!process.isAlive()) {
                    launch();
                }
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RESTART_PAUSE_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Binary that ran on the data last: this process chose its folder at the first start of Postgres. */
    private static Path binary(Path data) throws IOException {
        String command = Files.readString(data.resolve("postmaster.opts"));
        return Path.of(command.substring(0, command.indexOf(" \"")));
    }

    /** Copies the files of a running Postgres. Files may vanish meanwhile, which the log repairs. */
    private static void copyRunning(Path from, Path to) {
        Shell.run(List.of(
                "sh",
                "-c",
                "cp -a \"$1\"/. \"$2\" 2> /dev/null || test -d \"$2\"",
                "sh",
                from.toString(),
                to.toString()));
    }

    private static void copy(Path from, Path to) {
        Shell.run(List.of("cp", "-a", from + "/.", to.toString()));
    }
}
