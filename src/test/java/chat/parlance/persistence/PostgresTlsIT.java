package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.StartupException;
import chat.parlance.testing.Authority;
import chat.parlance.testing.Await;
import chat.parlance.testing.NoMeters;
import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both clients against a Postgres that accepts only TLS, and one without. */
final class PostgresTlsIT {

    private static final int PATIENCE_SECONDS = 30;
    private static final String ENCRYPTED = "select ssl from pg_stat_ssl where pid = pg_backend_pid()";

    /** The role with a certificate is a separate one. */
    private static final String HOST_BASED_AUTHENTICATION = """
        hostssl   all certified 127.0.0.1/32 scram-sha-256 clientcert=verify-full
        hostnossl all parlance  127.0.0.1/32 reject
        host      all all       127.0.0.1/32 scram-sha-256
        """;

    @TempDir
    private static Path folder;

    private static Vertx vertx;
    private static DataFolder data;
    private static EmbeddedDatabase secured;
    private static Authority authority;
    private static Authority other;

    @BeforeAll
    static void start() throws Exception {
        // The library runs the programs that were unpacked first, and this folder is deleted before the shared node
        // stops.
        TestNode.shared();
        vertx = Vertx.vertx();
        authority = Authority.create(folder, "authority");
        other = Authority.create(folder, "other");
        authority.issue("server", "dns:localhost");
        authority.issue("certified", "");
        data = DataFolder.open(folder.resolve("data"));
        secured = EmbeddedDatabase.start(data, 0);
        Migrations.run(secured.uri(), 0);
        Path cluster = data.path().resolve("postgres");
        Files.copy(folder.resolve("server.crt"), cluster.resolve("server.crt"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(folder.resolve("server.key"), cluster.resolve("server.key"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(authority.certificate(), cluster.resolve("root.crt"), StandardCopyOption.COPY_ATTRIBUTES);
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("create role certified login password 'certified'");
            statement.execute("alter system set ssl_ca_file = 'root.crt'");
            statement.execute("alter system set ssl = on");
            Files.writeString(cluster.resolve("pg_hba.conf"), HOST_BASED_AUTHENTICATION);
            statement.execute("select pg_reload_conf()");
        }
        awaitTls();
    }

    @AfterAll
    static void stop() throws Exception {
        secured.close();
        data.close();
        vertx.close().await();
    }

    @Test
    void shouldVerifyTheHost() {
        String verified = "?sslmode=verify-full&sslrootcert=" + authority.certificate();
        both(uri("localhost", verified), "t", "t");
        both(uri("127.0.0.1", verified), "No subject alternative names", "SSL handshake failed");
    }

    @Test
    void shouldVerifyTheAuthority() {
        both(uri("127.0.0.1", "?sslmode=verify-ca&sslrootcert=" + authority.certificate()), "t", "t");
        both(
                uri("127.0.0.1", "?sslmode=verify-ca&sslrootcert=" + other.certificate()),
                "unable to find valid certification path",
                "SSL handshake failed");
        both(
                uri("localhost", "?sslmode=verify-full&sslrootcert=" + other.certificate()),
                "unable to find valid certification path",
                "SSL handshake failed");
        both(
                uri("localhost", "?sslmode=verify-full&sslrootcert=system"),
                "unable to find valid certification path",
                "SSL handshake failed");
    }

    @Test
    void shouldEncryptWhateverTheCertificate() {
        both(uri("127.0.0.1", "?sslmode=require"), "t", "t");
    }

    @Test
    void shouldUsePlainTextOnlyWithoutAMode() {
        both(uri("127.0.0.1", ""), "pg_hba.conf rejects connection", "pg_hba.conf rejects connection");
        both(uri("127.0.0.1", "?sslmode=disable"), "pg_hba.conf rejects connection", "pg_hba.conf rejects connection");
    }

    /** The JDBC driver reads a password file when it is given no password at all. */
    @Test
    void shouldTakeThePasswordFromTheUriAlone() throws Exception {
        Path file = folder.resolve("pgpass");
        Files.writeString(file, "*:*:*:parlance:" + secured.uri().password() + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        System.setProperty("org.postgresql.pgpassfile", file.toString());
        try {
            both(
                    PostgresUri.parse("postgresql://parlance@127.0.0.1:" + port() + "/parlance?sslmode=require"),
                    "password is an empty string",
                    "'password' must not be empty");
        } finally {
            System.clearProperty("org.postgresql.pgpassfile");
        }
    }

    @Test
    void shouldShowItsCertificate() {
        String text = "postgresql://certified:certified@localhost:%d/parlance?sslmode=verify-full&sslrootcert=%s"
                .formatted(port(), authority.certificate());
        both(PostgresUri.parse(text), "valid client certificate", "valid client certificate");
        both(
                PostgresUri.parse(
                        text + "&sslcert=" + folder.resolve("certified.crt") + "&sslkey=" + authority.key("certified")),
                "t",
                "t");
    }

    @Test
    void shouldRefuseAServerWithoutTls() {
        PostgresUri plain = PostgresUri.parse(TestNode.postgresUri() + "?sslmode=require");
        both(plain, "does not support SSL", "SSL");
        both(
                PostgresUri.parse(
                        TestNode.postgresUri() + "?sslmode=verify-full&sslrootcert=" + authority.certificate()),
                "does not support SSL",
                "SSL");
        long begin = System.nanoTime();
        assertThatThrownBy(() -> Migrations.run(plain, 2 * PATIENCE_SECONDS * 1000))
                .isInstanceOf(StartupException.class)
                .hasMessageEndingWith("refuses: The server does not support SSL.");
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("no retries of what does not change")
                .isLessThan(Duration.ofSeconds(PATIENCE_SECONDS));
        assertThat(NodeProcess.outputOf(node(TestNode.postgresUri() + "?sslmode=require")))
                .contains("parlance: Postgres at ", "The server does not support SSL.")
                .doesNotContain("\tat ");
    }

    @Test
    void shouldServeClientsOfANodeByTlsAlone() throws Exception {
        String text =
                "postgresql://parlance:%s@localhost:%d/parlance?application_name=node&sslmode=verify-full&sslrootcert=%s"
                        .formatted(secured.uri().password(), port(), authority.certificate());
        try (NodeProcess node = NodeProcess.start(
                        Map.of("PARLANCE_POSTGRES_URI", text, "PARLANCE_AUTH_KEY", TestNode.KEY), "--management.port=0")
                .awaitReady()) {
            Rest alice = Rest.logIn(node.address(), "alice");
            store(alice, "/rooms", Map.of("roomId", "garden"));
            store(alice, "/rooms/garden/messages", Map.of("id", "by-tls", "text", "hi"));
            try (Connection connection = superuser();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("""
                        select count(*), count(*) filter (where s.ssl) from pg_stat_activity a
                        join pg_stat_ssl s using (pid) where a.application_name = 'node'
                        """)) {
                rows.next();
                assertThat(rows.getInt(1)).isPositive().isEqualTo(rows.getInt(2));
            }
            node.stop();
        }
        Process verify = NodeProcess.startCommand("verify", "--postgres.uri=" + text);
        assertThat(NodeProcess.outputOf(verify)).contains("no hole, no duplicate");
    }

    /** Posts until it is stored: a node that is short of CPU may refuse a request, or not know its outcome. */
    private static void store(Rest user, String path, Map<String, Object> body) {
        Await.until(path, PATIENCE_SECONDS * 1000, () -> {
            HttpResponse<String> answer = user.post(path, body);
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201, 409, 503);
            return answer.statusCode() != 503;
        });
    }

    private static Process node(String uri) {
        return NodeProcess.startProcess(Map.of("PARLANCE_POSTGRES_URI", uri, "PARLANCE_AUTH_KEY", TestNode.KEY));
    }

    /** Compares a part of each client's result: t when its connection is encrypted, or its error. */
    private static void both(PostgresUri uri, String expectedByJdbc, String expectedReactive) {
        assertThat(byJdbc(uri)).as("JDBC, " + uri + ", " + uri.options()).contains(expectedByJdbc);
        assertThat(reactive(uri)).as("reactive, " + uri + ", " + uri.options()).contains(expectedReactive);
    }

    private static String byJdbc(PostgresUri uri) {
        try (Connection connection = uri.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ENCRYPTED)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException | StartupException refused) {
            return causes(refused);
        }
    }

    private static String reactive(PostgresUri uri) {
        PostgresPools links = new PostgresPools(vertx, uri, Fixtures.SETTINGS, new NoMeters());
        try {
            return links.watch()
                    .run(pool -> pool.query(ENCRYPTED).execute(), PATIENCE_SECONDS * 1000)
                    .map(rows -> rows.iterator().next().getBoolean(0) ? "t" : "f")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException refused) {
            return causes(refused);
        }
    }

    private static String causes(Throwable failure) {
        StringBuilder all = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            all.append(cause).append("; ");
        }
        return all.toString();
    }

    private static PostgresUri uri(String host, String parameters) {
        return PostgresUri.parse("postgresql://parlance:%s@%s:%d/parlance%s"
                .formatted(secured.uri().password(), host, port(), parameters));
    }

    private static int port() {
        return secured.uri().servers().getFirst().port();
    }

    private static Connection superuser() throws Exception {
        PostgresUri uri = secured.uri();
        String password = Files.readString(data.path().resolve("postgres-superuser.password"))
                .strip();
        return new PostgresUri("postgres", password, uri.servers(), uri.database(), uri.options()).connect();
    }

    private static void awaitTls() {
        PostgresUri uri = uri("127.0.0.1", "?sslmode=require");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!byJdbc(uri).equals("t")) {
            assertThat(System.nanoTime()).as(byJdbc(uri)).isLessThan(end);
        }
    }
}
