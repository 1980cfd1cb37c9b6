package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.StartupException;
import chat.parlance.testing.Database;
import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.TestNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reaction of a node to a Postgres that may lose commits. */
final class DurabilityIT {

    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder;

    @Test
    void shouldRefuseARoleThatDoesNotWaitForTheDisk() throws Exception {
        try (DataFolder opened = DataFolder.open(folder.resolve("data"));
                EmbeddedDatabase database = EmbeddedDatabase.start(opened, 0)) {
            execute(database.uri(), "alter role parlance set synchronous_commit = off");
            Process node = NodeProcess.startProcess(Map.of(
                    "PARLANCE_POSTGRES_URI", TestNode.postgresUri(database.uri()), "PARLANCE_AUTH_KEY", TestNode.KEY));
            try {
                assertThat(node.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .as("it ends")
                        .isTrue();
                assertThat(node.exitValue()).isNotZero();
                assertThat(NodeProcess.outputOf(node))
                        .contains("may lose what it has committed: synchronous_commit is off; see docs/CONTRACT.md")
                        .doesNotContain("\tat ");
            } finally {
                node.destroyForcibly();
            }
            assertThat(tables(database.uri()))
                    .as("a refused database is left alone")
                    .isZero();

            execute(database.uri(), "alter role parlance set synchronous_commit = remote_write");
            Migrations.run(database.uri(), 0);
        }
    }

    @Test
    void shouldRefuseToCommitWithoutTheStandbyThatThereIs() throws Exception {
        Path data = folder.resolve("data");
        try (DataFolder opened = DataFolder.open(data);
                EmbeddedDatabase database = EmbeddedDatabase.start(opened, 0)) {
            execute(database.uri(), "alter role parlance set synchronous_commit = local");
            Migrations.run(database.uri(), 0);

            set(superuser(data, database.uri()), "synchronous_standby_names", "a_standby");
            assertThatThrownBy(() -> Migrations.run(database.uri(), 0))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("synchronous_commit is local");
        }
    }

    @Test
    void shouldRefuseTornPages() throws Exception {
        Path data = folder.resolve("data");
        try (DataFolder opened = DataFolder.open(data);
                EmbeddedDatabase database = EmbeddedDatabase.start(opened, 0)) {
            set(superuser(data, database.uri()), "full_page_writes", "off");
            assertThatThrownBy(() -> Migrations.run(database.uri(), 0))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("full_page_writes is off");
        }
    }

    /** The library's own settings are for other tests, and for this one. */
    @Test
    void shouldNameEveryReasonAtOnce() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.toFile())
                .start()) {
            PostgresUri uri = new PostgresUri("postgres", "", "127.0.0.1", postgres.getPort(), "postgres");
            assertThatThrownBy(() -> Migrations.run(uri, 0))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("synchronous_commit is off; fsync is off");
        }
    }

    private static PostgresUri superuser(Path data, PostgresUri uri) throws Exception {
        String password =
                Files.readString(data.resolve("postgres-superuser.password")).strip();
        return new PostgresUri("postgres", password, uri.servers(), uri.database(), uri.options());
    }

    /** Changes a setting in the server's files, and waits until new connections have it. */
    private static void set(PostgresUri superuser, String setting, String value) throws SQLException {
        execute(superuser, "alter system set " + setting + " = '" + value + "'");
        execute(superuser, "select pg_reload_conf()");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!ask(superuser, "show " + setting).equals(value)) {
            assertThat(System.nanoTime()).as(setting + " is not set").isLessThan(end);
        }
    }

    private static int tables(PostgresUri uri) throws SQLException {
        return Integer.parseInt(ask(uri, "select count(*) from pg_tables where schemaname = 'public'"));
    }

    private static String ask(PostgresUri uri, String sql) throws SQLException {
        try (Connection connection = Database.connect(uri);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(PostgresUri uri, String sql) throws SQLException {
        try (Connection connection = Database.connect(uri);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
