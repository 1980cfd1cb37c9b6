package chat.parlance.auth;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.testing.Database;
import chat.parlance.testing.Documents;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Passwords and tokens as a node stores and changes them. Hashes of the one node cost as documented, those of the other more. */
final class StoredPasswordsIT {

    /** Length of the part of a refresh token that all tokens of its session have. */
    private static final int FAMILY_LENGTH = 22;

    /** More than the default. */
    private static final int ITERATIONS = 3;

    /** Code points of the longest password. */
    private static final int MAX_PASSWORD = 128;

    private static final String WRONG = "not the password";
    private static final String NEW_PASSWORD = "staple of the nation";

    private static Node usual;
    private static Node node;

    @BeforeAll
    static void start() {
        usual = TestNode.startBesideWithRealHashes();
        node = TestNode.startBeside("--auth.argon2Iterations=" + ITERATIONS);
    }

    @AfterAll
    static void stop() {
        node.stop();
        usual.stop();
    }

    @Test
    void shouldTakeAPasswordInEveryFormOfItsText() {
        String typed = "ｃａｆe\u0301 am\u00A0Platz 7";
        Rest nobody = new Rest(address(), null);
        nobody.post("/users", Map.of("userId", "stored-forms", "password", typed, "name", "x"));
        for (String form : List.of(typed, "caf\u00E9 am Platz 7", "cafe\u0301 am\u3000Platz 7")) {
            assertThat(logIn("stored-forms", form).statusCode()).as(form).isEqualTo(200);
        }
        assertThat(logIn("stored-forms", "Caf\u00E9 am Platz 7").statusCode()).isEqualTo(401);
        try (Socket lines = Socket.open("ws://" + address() + "/lines", Map.of())) {
            lines.sendText("/login stored-forms caf\u00E9 am Platz 7");
            assertThat(lines.awaitLine("* You are")).contains("stored-forms");
        }
    }

    /** Some servers hash the first 72 bytes alone. */
    @Test
    void shouldCompareTheLongestPasswordToItsLastCharacter() {
        String common = "Green tomatoes, seven aubergines and an old watering can stand beside the garden wall "
                + "in the evening sun, says a letter of 1893";
        String longest = common.substring(0, MAX_PASSWORD - 1) + "7";
        HttpResponse<String> made = new Rest(address(), null)
                .post("/users", Map.of("userId", "stored-long", "password", longest, "name", "x"));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        for (String wrong : List.of(longest.substring(0, MAX_PASSWORD - 1), longest.replace('7', '8'), longest + "7")) {
            assertThat(logIn("stored-long", wrong).statusCode()).as(wrong).isEqualTo(401);
        }
        assertThat(logIn("stored-long", longest).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldStoreNeitherThePasswordNorATokenAsItIs() throws SQLException {
        new Rest(address(), null)
                .post("/users", Map.of("userId", "stored-secrets", "password", NEW_PASSWORD, "name", "x"));
        JsonObject first = new JsonObject(logIn("stored-secrets", NEW_PASSWORD).body());
        JsonObject second = new JsonObject(new Rest(address(), null)
                .post("/sessions/refresh", Map.of("refreshToken", first.getString("refreshToken")))
                .body());
        String stored = string("""
            select concat(to_jsonb(a), jsonb_agg(to_jsonb(s)), jsonb_agg(to_jsonb(t)))
            from account a join session s using (user_id) join refresh_token t using (session_id)
            where user_id = 'stored-secrets'
            group by a
            """);
        assertThat(stored).contains("stored-secrets", "argon2id").doesNotContain(NEW_PASSWORD);
        for (JsonObject tokens : List.of(first, second)) {
            String refresh = tokens.getString("refreshToken");
            String once = refresh.substring(FAMILY_LENGTH);
            assertThat(stored)
                    .doesNotContain(once, tokens.getString("accessToken"))
                    .doesNotContain(
                            HexFormat.of().formatHex(Base64.getUrlDecoder().decode(once)));
        }
    }

    /** The cost is that of conf/parlance.yaml, which is the reference of all keys. */
    @Test
    void shouldStoreHashesOfTheDocumentedCostEachWithASaltOfItsOwn() throws SQLException {
        String reference = Documents.read("conf/parlance.yaml");
        Set<String> salts = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            String user = "stored-salt-" + i;
            Rest.logIn(usualAddress(), user);
            // Algorithm, version, cost, salt and hash (PHC string format).
            String[] parts = hash(user).split("\\$", -1);
            assertThat(parts).hasSize(6).startsWith("", "argon2id", "v=19");
            Map<String, String> cost = Arrays.stream(parts[3].split(",", -1))
                    .map(parameter -> parameter.split("=", -1))
                    .collect(Collectors.toMap(parameter -> parameter[0], parameter -> parameter[1]));
            assertThat(cost).containsOnlyKeys("m", "t", "p").containsEntry("p", "1");
            assertThat(reference)
                    .contains("\n  argon2MemoryKib: " + cost.get("m") + "\n")
                    .contains("\n  argon2Iterations: " + cost.get("t") + "\n");
            assertThat(Integer.parseInt(cost.get("m"))).isGreaterThanOrEqualTo(19_456);
            assertThat(Integer.parseInt(cost.get("t"))).isGreaterThanOrEqualTo(2);
            assertThat(Base64.getDecoder().decode(parts[4])).hasSize(16);
            assertThat(Base64.getDecoder().decode(parts[5])).hasSize(32);
            salts.add(parts[4]);
        }
        assertThat(salts).hasSize(4);
    }

    /**
     * A log-in with the old password that is under way while the password is changed, and that would hash the password again: it
     * must neither open a session nor bring the old password back.
     */
    @Test
    void shouldRefuseALogInWithAPasswordThatIsBeingChanged() throws SQLException {
        Rest.logIn(TestNode.address(), "stored-changed");
        new Rest(address(), null)
                .post("/users", Map.of("userId", "stored-donor", "password", NEW_PASSWORD, "name", "x"));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Connection connection = Database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("""
                update account
                set password_hash = (select password_hash from account where user_id = 'stored-donor'),
                    password_version = password_version + 1
                where user_id = 'stored-changed'
                """);
            CompletableFuture<HttpResponse<String>> underWay =
                    CompletableFuture.supplyAsync(() -> logIn("stored-changed", Rest.PASSWORD), threads);
            awaitWaiting(statement);
            connection.commit();
            assertThat(underWay.join().statusCode()).isEqualTo(401);
        }
        assertThat(logIn("stored-changed", Rest.PASSWORD).statusCode()).isEqualTo(401);
        assertThat(logIn("stored-changed", NEW_PASSWORD).statusCode()).isEqualTo(200);
    }

    /** Waits until another transaction waits for a row that this one has changed. */
    private static void awaitWaiting(Statement statement) throws SQLException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        boolean waiting = false;
        while (!waiting) {
            assertThat(System.nanoTime()).isLessThan(endNs);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            try (ResultSet found = statement.executeQuery("""
                select exists (
                    select from pg_locks where not granted and pg_backend_pid() = any (pg_blocking_pids(pid)))
                """)) {
                found.next();
                waiting = found.getBoolean(1);
            }
        }
    }

    @Test
    void shouldHashAPasswordAgainAtLogInWhenTheCostHasRisen() throws SQLException {
        Rest.logIn(usualAddress(), "stored-hash");
        assertThat(hash("stored-hash")).matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[\\w+/]{22}\\$[\\w+/]{43}");
        assertThat(logIn("stored-hash", WRONG).statusCode()).isEqualTo(401);
        assertThat(hash("stored-hash")).contains(",t=2,");
        for (int i = 0; i < 2; i++) {
            assertThat(logIn("stored-hash", Rest.PASSWORD).statusCode()).isEqualTo(200);
            assertThat(hash("stored-hash")).contains(",t=" + ITERATIONS + ",");
        }
    }

    private static String usualAddress() {
        return "127.0.0.1:" + usual.httpPort();
    }

    private static String hash(String user) throws SQLException {
        return string("select password_hash from account where user_id = '" + user + "'");
    }

    private static String string(String sql) throws SQLException {
        try (Connection connection = Database.connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return found.getString(1);
        }
    }

    private static HttpResponse<String> logIn(String user, String password) {
        return new Rest(address(), null).post("/sessions", Map.of("userId", user, "password", password));
    }

    private static String address() {
        return "127.0.0.1:" + node.httpPort();
    }
}
