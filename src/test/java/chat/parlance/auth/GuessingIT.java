package chat.parlance.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import chat.parlance.testing.Database;
import chat.parlance.testing.Documents;
import chat.parlance.testing.Http;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestCluster;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guesses at two nodes of one cluster. The tests are clients of different addresses, as a proxy would tell them. */
final class GuessingIT {

    private static final int MAX_FAILURES = 5;
    private static final int MAX_SESSIONS = 3;

    /** More than the default. */
    private static final int ITERATIONS = 3;

    private static final String WRONG = "not the password";
    private static final String NEW_PASSWORD = "staple of the nation";

    private static TestCluster cluster;

    @BeforeAll
    static void start() {
        cluster = TestCluster.start(
                "--http.trustedProxies=127.0.0.1",
                "--auth.maxSessions=" + MAX_SESSIONS,
                "--auth.argon2Iterations=" + ITERATIONS);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void shouldTryFiveOfFortyGuessesThatAreSentToTwoNodesAtOnce() {
        register("guess-at-once");
        List<HttpResponse<String>> answers = atOnce("guess-at-once", 40, i -> "wrong guess " + i);
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 401))
                .hasSize(MAX_FAILURES);
        assertThat(answers.stream().filter(answer -> answer.statusCode() != 401))
                .hasSize(40 - MAX_FAILURES)
                .allSatisfy(GuessingIT::assertLocked);
        for (int node = 0; node < 2; node++) {
            assertLocked(logIn(node, "guess-at-once", Rest.PASSWORD, "10.1.0.1"));
            assertThat(logIn(node, "guess-at-once", Rest.PASSWORD, "10.1.0.2").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void shouldTreatAnUnknownUserLikewise() {
        List<HttpResponse<String>> answers = atOnce("guess-nobody", 10, i -> "wrong guess " + i);
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 401))
                .hasSize(MAX_FAILURES);
        assertThat(answers.stream().filter(answer -> answer.statusCode() != 401))
                .hasSize(10 - MAX_FAILURES)
                .allSatisfy(GuessingIT::assertLocked);
    }

    @Test
    void shouldLetAllOfManyRightLogInsAtOnceIn() {
        register("guess-right");
        assertThat(atOnce("guess-right", 12, i -> Rest.PASSWORD))
                .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
    }

    /** Spellings of an address and of a user's id that count as one; an id in another spelling is nobody's. */
    @ParameterizedTest
    @ValueSource(strings = {"10.1.7.1", "2001:db8:7::1"})
    void shouldCountGuessesTogetherHoweverAddressAndIdAreWritten(String address) {
        String user = "guess-forms-" + address.length();
        register(user);
        List<String> spellings = address.contains(".")
                ? List.of("1.1.1.1, 10.1.7.1", "::ffff:10.1.7.1", "10.1.7.1:1", "[::ffff:a01:701]:2", " 10.1.7.1 ")
                : List.of(
                        "2001:DB8:7::2",
                        "[2001:db8:7::3]:1",
                        "2001:0db8:0007:0:1::",
                        "1.1.1.1,2001:db8:7:0:2::",
                        "2001:db8:7::");
        for (String spelling : spellings) {
            assertThat(logIn(0, user, WRONG, spelling).statusCode())
                    .as(spelling)
                    .isEqualTo(401);
        }
        assertLocked(logIn(1, user, Rest.PASSWORD, address));
        String wide = user.replace('g', '\uFF47');
        for (String id :
                List.of(user.toUpperCase(Locale.ROOT), wide, user + " ", " " + user, user + "\u200B", user + ".")) {
            assertThat(logIn(1, id, Rest.PASSWORD, "10.1.7.9").statusCode())
                    .as(id)
                    .isEqualTo(401);
        }
        assertThat(logIn(1, user, Rest.PASSWORD, "10.1.7.9").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldForgetFailuresWhenThePasswordIsRight() {
        register("guess-typos");
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < MAX_FAILURES - 1; i++) {
                assertThat(logIn(i % 2, "guess-typos", WRONG, "10.1.0.1").statusCode())
                        .isEqualTo(401);
            }
            assertThat(logIn(0, "guess-typos", Rest.PASSWORD, "10.1.0.1").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void shouldCountGuessesByEveryDoorTogether() {
        register("guess-doors");
        String token = token(logIn(0, "guess-doors", Rest.PASSWORD, "10.1.0.9"));
        try (Socket person = lines(0, Map.of("Authorization", "Bearer " + token));
                Socket stranger = lines(1, Map.of())) {
            assertThat(logIn(0, "guess-doors", WRONG, "10.1.0.1").statusCode()).isEqualTo(401);
            assertThat(basic("guess-doors").statusCode()).isEqualTo(401);
            assertThat(changePassword(token).statusCode()).isEqualTo(401);
            stranger.sendText("/login guess-doors " + WRONG);
            assertThat(stranger.awaitLine("!")).contains("auth.invalid_credentials");
            person.sendText("/password \"" + WRONG + "\" staple of the nation");
            assertThat(person.awaitLine("!")).contains("auth.invalid_credentials");

            assertLocked(logIn(1, "guess-doors", Rest.PASSWORD, "10.1.0.1"));
            assertLocked(basic("guess-doors"));
            assertLocked(changePassword(token));
            stranger.sendText("/login guess-doors " + Rest.PASSWORD);
            assertThat(stranger.awaitLine("!")).contains("auth.too_many_failures");
            person.sendText("/password \"" + Rest.PASSWORD + "\" staple of the nation");
            assertThat(person.awaitLine("!")).contains("auth.too_many_failures");
        }
    }

    /**
     * A difference of one hash, or of one pass of it, is far more than five milliseconds. On a machine on which a log-in takes
     * seconds, two hundredths of it are allowed. A hash of a lower cost takes the usual time by the clock, which is less exact.
     *
     * @param outdated whether the known user's password was hashed before the cost rose
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldAnswerAnUnknownUserInTheTimeOfAWrongPassword(boolean outdated) {
        String user = "guess-timed-" + outdated;
        if (outdated) {
            Rest.logIn(TestNode.address(), user);
        } else {
            register(user);
        }
        List<Long> known = new ArrayList<>();
        List<Long> unknown = new ArrayList<>();
        double apartMs = Double.MAX_VALUE;
        double leastMs = outdated ? 15 : 5;
        double allowedMs = leastMs;
        for (int round = 0; apartMs > allowedMs && round < 10; round++) {
            for (int i = 0; i < 11; i++) {
                String address = "10.1.%d.%d".formatted(10 + round, i);
                known.add(time(user, address));
                unknown.add(time(user + "-none", address));
            }
            apartMs = Math.abs(medianMs(known) - medianMs(unknown));
            allowedMs = Math.max(leastMs, medianMs(known) / 50);
        }
        assertThat(apartMs).isLessThanOrEqualTo(allowedMs);
    }

    @Test
    void shouldTakeAPasswordInEveryFormOfItsText() {
        String typed = "ｃａｆe\u0301 am\u00A0Platz 7";
        Rest nobody = new Rest(cluster.address(0), null);
        nobody.post("/users", Map.of("userId", "guess-forms", "password", typed, "name", "x"));
        for (String form : List.of(typed, "caf\u00E9 am Platz 7", "cafe\u0301 am\u3000Platz 7")) {
            assertThat(logIn(1, "guess-forms", form, "10.1.0.1").statusCode())
                    .as(form)
                    .isEqualTo(200);
        }
        assertThat(logIn(1, "guess-forms", "Caf\u00E9 am Platz 7", "10.1.0.1").statusCode())
                .isEqualTo(401);
        try (Socket lines = lines(0, Map.of())) {
            lines.sendText("/login guess-forms caf\u00E9 am Platz 7");
            assertThat(lines.awaitLine("* You are")).contains("guess-forms");
        }
    }

    /** The cost is that of conf/parlance.yaml, which is the reference of all keys. */
    @Test
    void shouldStoreHashesOfTheDocumentedCostEachWithASaltOfItsOwn() throws SQLException {
        String reference = Documents.read("conf/parlance.yaml");
        Set<String> salts = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            String user = "guess-salt-" + i;
            Rest.logIn(TestNode.address(), user);
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
        Rest.logIn(TestNode.address(), "guess-changed");
        new Rest(cluster.address(0), null)
                .post("/users", Map.of("userId", "guess-donor", "password", NEW_PASSWORD, "name", "x"));
        try (Connection connection = Database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("""
                update account
                set password_hash = (select password_hash from account where user_id = 'guess-donor'),
                    password_version = password_version + 1
                where user_id = 'guess-changed'
                """);
            CompletableFuture<HttpResponse<String>> underWay = Http.CLIENT.sendAsync(
                    request(0, "/sessions", "10.1.8.1")
                            .POST(BodyPublishers.ofString(account("guess-changed", Rest.PASSWORD)))
                            .build(),
                    BodyHandlers.ofString());
            awaitWaiting(statement);
            connection.commit();
            assertThat(underWay.join().statusCode()).isEqualTo(401);
        }
        assertThat(logIn(1, "guess-changed", Rest.PASSWORD, "10.1.8.2").statusCode())
                .isEqualTo(401);
        assertThat(logIn(1, "guess-changed", NEW_PASSWORD, "10.1.8.2").statusCode())
                .isEqualTo(200);
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
        Rest.logIn(TestNode.address(), "guess-hash");
        assertThat(hash("guess-hash")).matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[\\w+/]{22}\\$[\\w+/]{43}");
        assertThat(logIn(0, "guess-hash", WRONG, "10.1.0.1").statusCode()).isEqualTo(401);
        assertThat(hash("guess-hash")).contains(",t=2,");
        for (int i = 0; i < 2; i++) {
            assertThat(logIn(0, "guess-hash", Rest.PASSWORD, "10.1.0.1").statusCode())
                    .isEqualTo(200);
            assertThat(hash("guess-hash")).contains(",t=" + ITERATIONS + ",");
        }
    }

    private static String hash(String user) throws SQLException {
        try (Connection connection = Database.connect();
                Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery("select password_hash from account where user_id = '" + user + "'")) {
            found.next();
            return found.getString(1);
        }
    }

    @Test
    void shouldEndTheSessionThatWasUsedLeastLatelyWhenAUserHasTooMany() {
        register("guess-sessions");
        List<Rest> sessions = IntStream.rangeClosed(0, MAX_SESSIONS)
                .mapToObj(i -> new Rest(
                        cluster.address(i % 2), token(logIn(i % 2, "guess-sessions", Rest.PASSWORD, "10.1.0.1"))))
                .toList();
        assertThat(sessions.getFirst().get("/rooms").statusCode()).isEqualTo(401);
        for (Rest open : sessions.subList(1, sessions.size())) {
            assertThat(open.get("/rooms").statusCode()).isEqualTo(200);
        }
        HttpResponse<String> listed = sessions.getLast().get("/sessions");
        assertThat(new JsonObject(listed.body()).getJsonArray("sessions")).hasSize(MAX_SESSIONS);
    }

    @FunctionalInterface
    private interface Passwords {

        String of(int attempt);
    }

    /** Log-ins that are sent to both nodes at once, from one address. */
    private static List<HttpResponse<String>> atOnce(String user, int count, Passwords passwords) {
        List<CompletableFuture<HttpResponse<String>>> sent = IntStream.range(0, count)
                .mapToObj(i -> Http.CLIENT.sendAsync(
                        request(i % 2, "/sessions", "10.1.0.1")
                                .POST(BodyPublishers.ofString(account(user, passwords.of(i))))
                                .build(),
                        BodyHandlers.ofString()))
                .toList();
        return sent.stream().map(CompletableFuture::join).toList();
    }

    private static void register(String user) {
        new Rest(cluster.address(0), null)
                .post("/users", Map.of("userId", user, "password", Rest.PASSWORD, "name", "Name of " + user));
    }

    private static HttpResponse<String> logIn(int node, String user, String password, String address) {
        return new Rest(cluster.address(node), null)
                .send("POST", "/sessions", account(user, password), Map.of("X-Forwarded-For", address));
    }

    private static HttpResponse<String> changePassword(String token) {
        return new Rest(cluster.address(1), token)
                .send(
                        "PUT",
                        "/password",
                        new JsonObject(Map.of("password", WRONG, "newPassword", NEW_PASSWORD)).encode(),
                        Map.of("X-Forwarded-For", "10.1.0.1"));
    }

    /** The answer to an upgrade that is refused. */
    private static HttpResponse<?> basic(String user) {
        String credentials = Base64.getEncoder().encodeToString((user + ":" + WRONG).getBytes(StandardCharsets.UTF_8));
        Throwable refused = catchThrowable(() -> lines(0, Map.of("Authorization", "Basic " + credentials)));
        return ((WebSocketHandshakeException) refused.getCause()).getResponse();
    }

    private static Socket lines(int node, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("X-Forwarded-For", "10.1.0.1");
        return Socket.open("ws://" + cluster.address(node) + "/lines", all);
    }

    private static HttpRequest.Builder request(int node, String path, String address) {
        return HttpRequest.newBuilder(URI.create("http://" + cluster.address(node) + "/api/v1" + path))
                .header("Content-Type", "application/json")
                .header("X-Forwarded-For", address);
    }

    private static long time(String user, String address) {
        long begin = System.nanoTime();
        assertThat(logIn(0, user, WRONG, address).statusCode()).isEqualTo(401);
        return System.nanoTime() - begin;
    }

    private static double medianMs(List<Long> times) {
        long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
        return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow() / 1e6;
    }

    private static void assertLocked(HttpResponse<?> answer) {
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow()))
                .isPositive();
    }

    private static String account(String user, String password) {
        return new JsonObject(Map.of("userId", user, "password", password)).encode();
    }

    private static String token(HttpResponse<String> session) {
        return new JsonObject(session.body()).getString("accessToken");
    }
}
