package chat.parlance.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.Node;
import chat.parlance.testing.Database;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Roles;
import chat.parlance.testing.Socket;
import chat.parlance.testing.Terminal;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Acts on accounts, and the people behind them; the second node never hears the first by a bus. */
final class AccountsIT {

    /** Limit for a change to be in force on every node. */
    private static final Duration BOUND = Duration.ofSeconds(2);

    /** Factor by which the limit may be exceeded on a busy machine. */
    private static final int SLACK = 3;

    private static final String OTHER_PASSWORD = "staple of the nation";

    private static Node deaf;
    private static String deafAddress;

    private final Rest owner = Roles.logIn("owner", "accounts-owner");

    @BeforeAll
    static void startANodeWithInvites() {
        deaf = TestNode.startBeside("--registration=invite");
        deafAddress = "127.0.0.1:" + deaf.httpPort();
    }

    @AfterAll
    static void stopIt() {
        deaf.stop();
    }

    @Test
    void shouldCloseTheSocketsOfADisabledUserOnEveryNodeAndKeepTheMessages() {
        Rest user = Rest.logIn(TestNode.address(), "accounts-disabled");
        user.post("/rooms", Map.of("roomId", "accounts-kept"));
        user.post("/rooms/accounts-kept/messages", Map.of("id", "accounts-kept-1", "text", "kept"));
        try (Socket near = Socket.authenticated(TestNode.address(), user.token());
                Socket far = Socket.authenticated(deafAddress, user.token());
                Terminal line = Terminal.of(user)) {
            far.join("accounts-kept", 1L);
            line.sees("*");
            long begin = System.nanoTime();
            HttpResponse<String> disabled = change("accounts-disabled", "{\"disabled\":true}");
            assertThat(new JsonObject(disabled.body()).getBoolean("disabled")).isTrue();
            assertThat(near.awaitClose()).isEqualTo(4401);
            assertThat(far.awaitClose()).isEqualTo(4401);
            assertThat(line.socket().awaitClose()).isEqualTo(4401);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BOUND.multipliedBy(SLACK));
        }
        assertThat(user.get("/account").statusCode()).isEqualTo(401);
        assertThat(owner.get("/rooms/accounts-kept/messages").body()).contains("\"kept\"");
        assertThat(owner.get("/admin/users?disabled=true&q=accounts-disabled").body())
                .contains("accounts-disabled");
        assertThat(owner.get("/admin/users?disabled=false&q=accounts-disabled").body())
                .doesNotContain("accounts-disabled");
        change("accounts-disabled", "{\"disabled\":false}");
        assertThat(Rest.logIn(TestNode.address(), "accounts-disabled")
                        .get("/rooms/accounts-kept")
                        .statusCode())
                .isEqualTo(200);
    }

    /** The right password of a disabled account, a wrong one and an id without an account: one answer, after one hash. */
    @Test
    void shouldAnswerALogInToADisabledAccountLikeAWrongPassword() {
        Rest.logIn(TestNode.address(), "accounts-silent");
        change("accounts-silent", "{\"disabled\":true}");
        Rest.logIn(TestNode.address(), "accounts-wrong");
        Rest nobody = new Rest(TestNode.address(), null);
        HttpResponse<String> disabled = logIn(nobody, "accounts-silent", Rest.PASSWORD);
        HttpResponse<String> wrong = logIn(nobody, "accounts-wrong", OTHER_PASSWORD);
        assertThat(disabled.statusCode()).isEqualTo(401);
        assertThat(disabled.body()).isEqualTo(wrong.body());
        assertThat(disabled.headers().map().keySet())
                .isEqualTo(wrong.headers().map().keySet());
        // As many failures as allowed are left for each: a disabled account is counted alike.
        for (int i = 0; i < 4; i++) {
            assertThat(logIn(nobody, "accounts-silent", Rest.PASSWORD).statusCode())
                    .isEqualTo(401);
        }
        assertThat(logIn(nobody, "accounts-silent", Rest.PASSWORD).statusCode()).isEqualTo(429);
        try (Terminal terminal = Terminal.open()) {
            terminal.ask("/login accounts-silent " + Rest.PASSWORD, "! ");
        }
    }

    @Test
    void shouldTakeALogInOfADisabledAccountAsLongAsAWrongPassword() {
        Node hashing = TestNode.startBesideWithRealHashes();
        try {
            String address = "127.0.0.1:" + hashing.httpPort();
            Rest nobody = new Rest(address, null);
            long shortest = Long.MAX_VALUE;
            long usual = Long.MAX_VALUE;
            // Other work of the machine only makes an answer slower.
            for (int round = 0; round == 0 || (round < 5 && !isAlike(shortest, usual)); round++) {
                String user = "accounts-timed-" + round;
                Rest.logIn(address, user);
                change(user, "{\"disabled\":true}");
                for (int i = 0; i < 4; i++) {
                    String absent = "accounts-absent-%d-%d".formatted(round, i);
                    shortest = Math.min(shortest, timed(() -> logIn(nobody, user, Rest.PASSWORD)));
                    usual = Math.min(usual, timed(() -> logIn(nobody, absent, Rest.PASSWORD)));
                }
            }
            assertThat(isAlike(shortest, usual))
                    .as("%d ns and %d ns", shortest, usual)
                    .isTrue();
        } finally {
            hashing.stop();
        }
    }

    /** Without the hash an answer would be there in a tenth of the time. */
    private static boolean isAlike(long oneNs, long otherNs) {
        return oneNs > otherNs / 2 && oneNs < otherNs * 2;
    }

    private static long timed(Callable<?> work) {
        long begin = System.nanoTime();
        try {
            work.call();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
        return System.nanoTime() - begin;
    }

    @Test
    void shouldEndTheSessionsOfAUserOnEveryNode() {
        Rest user = Rest.logIn(TestNode.address(), "accounts-ended");
        try (Socket far = Socket.authenticated(deafAddress, user.token())) {
            assertThat(owner.send("DELETE", "/admin/users/accounts-ended/sessions", null)
                            .statusCode())
                    .isEqualTo(204);
            assertThat(far.awaitClose()).isEqualTo(4401);
        }
        assertThat(user.get("/account").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldReplaceAPasswordOnceByALinkAndEndAllSessions() {
        Roles.forgetFailedLinks();
        Rest user = Rest.logIn(TestNode.address(), "accounts-reset");
        Rest nobody = new Rest(deafAddress, null);
        String first = reset("accounts-reset");
        String second = reset("accounts-reset");
        assertThat(Rest.code(redeem(nobody, first, OTHER_PASSWORD))).isEqualTo("link.invalid");
        assertThat(Rest.code(redeem(nobody, second, "password123"))).isEqualTo("password.weak");
        List<Integer> answers = race(8, i -> redeem(nobody, second, OTHER_PASSWORD));
        assertThat(answers).containsOnlyOnce(204).doesNotContain(500);
        Roles.forgetFailedLinks();
        assertThat(Rest.code(redeem(nobody, second, OTHER_PASSWORD))).isEqualTo("link.invalid");
        assertThat(user.get("/account").statusCode()).isEqualTo(401);
        assertThat(logIn(nobody, "accounts-reset", Rest.PASSWORD).statusCode()).isEqualTo(401);
        assertThat(logIn(nobody, "accounts-reset", OTHER_PASSWORD).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseALinkThatIsExpiredOrOfADisabledAccount() throws SQLException {
        Rest.logIn(TestNode.address(), "accounts-late");
        Rest nobody = new Rest(TestNode.address(), null);
        String late = reset("accounts-late");
        Database.update("update password_reset set expires_at = now() where user_id = 'accounts-late'");
        assertThat(Rest.code(redeem(nobody, late, OTHER_PASSWORD))).isEqualTo("link.invalid");
        String disabled = reset("accounts-late");
        change("accounts-late", "{\"disabled\":true}");
        change("accounts-late", "{\"disabled\":false}");
        assertThat(Rest.code(redeem(nobody, disabled, OTHER_PASSWORD))).isEqualTo("link.invalid");
    }

    @Test
    void shouldKeepOneOfTwoOwnersWhoDemoteEachOtherAtOnce() {
        Rest other = Roles.logIn("owner", "accounts-owner-2");
        for (int i = 0; i < 5; i++) {
            Roles.removeOwners();
            Roles.give("owner", "accounts-owner");
            Roles.give("owner", "accounts-owner-2");
            String lower = i % 2 == 0 ? "{\"serverRole\":\"member\"}" : "{\"disabled\":true}";
            List<CompletableFuture<HttpResponse<String>>> both = List.of(
                    CompletableFuture.supplyAsync(() -> owner.send("PATCH", "/admin/users/accounts-owner-2", lower)),
                    CompletableFuture.supplyAsync(() ->
                            new Rest(deafAddress, other.token()).send("PATCH", "/admin/users/accounts-owner", lower)));
            List<Integer> answers =
                    both.stream().map(answer -> answer.join().statusCode()).toList();
            assertThat(answers).containsOnlyOnce(200);
            assertThat(enabledOwners()).isOne();
            restore();
        }
        Roles.removeOwners();
        Roles.give("owner", "accounts-owner");
        Rest last = Rest.logIn(TestNode.address(), "accounts-owner");
        for (String change : List.of("{\"serverRole\":\"guest\"}", "{\"disabled\":true}")) {
            assertThat(Rest.code(last.send("PATCH", "/admin/users/accounts-owner", change)))
                    .isEqualTo("account.last_owner");
        }
    }

    private static void restore() {
        try {
            Database.update("update account set disabled_at = null where user_id like 'accounts-owner%'");
            Database.update("update session set revoked_at = null where user_id like 'accounts-owner%'");
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private static int enabledOwners() {
        try {
            return Database.update(
                    "update account set name = name where server_role = 'owner' and disabled_at is null");
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void shouldMakeOneSetupCodeOfTwoStartsAtOnceAndOneOwnerOfIt() throws SQLException {
        Roles.removeOwners();
        Database.update("delete from setup_code");
        List<Node> nodes = Stream.of("--data=unused-1", "--data=unused-2")
                .map(data -> CompletableFuture.supplyAsync(() -> TestNode.startBeside(data)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        try {
            List<String> codes = nodes.stream()
                    .map(Node::setupCode)
                    .flatMap(Optional::stream)
                    .toList();
            assertThat(codes).hasSize(1);
            Rest nobody = new Rest("127.0.0.1:" + nodes.getLast().httpPort(), null);
            assertThat(Rest.code(nobody.post("/owner", owner("accounts-first", "owner-" + "a".repeat(43)))))
                    .isEqualTo("link.invalid");
            List<Integer> answers = race(4, i -> nobody.post("/owner", owner("accounts-first-" + i, codes.getFirst())));
            assertThat(answers).containsOnlyOnce(201);
            assertThat(enabledOwners()).isOne();
        } finally {
            nodes.forEach(Node::stop);
        }
        Node later = TestNode.startBeside();
        later.stop();
        assertThat(later.setupCode()).isEmpty();
    }

    private static Map<String, Object> owner(String user, String code) {
        return Map.of("userId", user, "password", Rest.PASSWORD, "name", "Owner", "linkCode", code);
    }

    @Test
    void shouldKeepEveryEntryOfTheAuditTrailWithoutSecrets() throws SQLException {
        Rest.logIn(TestNode.address(), "accounts-noted");
        String code = reset("accounts-noted");
        change("accounts-noted", "{\"serverRole\":\"guest\"}");
        JsonArray entries = new JsonObject(owner.get("/admin/audit?limit=2").body()).getJsonArray("entries");
        JsonObject newest = entries.getJsonObject(0);
        assertThat(newest.getString("action")).isEqualTo("role.changed");
        assertThat(newest.getString("actor")).isEqualTo("accounts-owner");
        assertThat(newest.getString("subject")).isEqualTo("accounts-noted");
        assertThat(newest.getString("detail")).isEqualTo("member to guest");
        assertThat(entries.getJsonObject(1).getString("action")).isEqualTo("reset.made");
        assertThat(entries.encode()).doesNotContain(code, code.substring("password-".length()));
        JsonArray before = new JsonObject(owner.get("/admin/audit?limit=1&beforeId=" + newest.getLong("auditId"))
                        .body())
                .getJsonArray("entries");
        assertThat(before.getJsonObject(0)).isEqualTo(entries.getJsonObject(1));
        assertThat(new JsonObject(owner.get("/admin/audit?limit=1&action=reset.made")
                                .body())
                        .getJsonArray("entries")
                        .getJsonObject(0))
                .isEqualTo(entries.getJsonObject(1));
        for (String change : List.of(
                "update audit set detail = ''",
                "delete from audit",
                "truncate audit",
                "update audit set actor = null where audit_id = " + newest.getLong("auditId"))) {
            assertThatThrownBy(() -> Database.update(change)).as(change).isInstanceOf(SQLException.class);
        }
        assertThat(new JsonObject(owner.get("/admin/audit?limit=2").body()).getJsonArray("entries"))
                .isEqualTo(entries);
    }

    @Test
    void shouldStoreLinksAsDigestsOnly() throws SQLException {
        Rest.logIn(TestNode.address(), "accounts-hashed");
        String code = reset("accounts-hashed");
        assertThat(Database.update("""
            update password_reset set user_id = user_id
            where user_id = 'accounts-hashed' and token_hash = sha256(convert_to(?, 'UTF8'))
            """, code)).isOne();
    }

    private HttpResponse<String> change(String user, String json) {
        HttpResponse<String> answer = owner.send("PATCH", "/admin/users/" + user, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private String reset(String user) {
        return new JsonObject(owner.post("/admin/users/" + user + "/password-reset", Map.of())
                        .body())
                .getString("linkCode");
    }

    private static HttpResponse<String> redeem(Rest nobody, String code, String password) {
        return nobody.post("/password-resets", Map.of("linkCode", code, "newPassword", password));
    }

    private static HttpResponse<String> logIn(Rest nobody, String user, String password) {
        return nobody.post("/sessions", Map.of("userId", user, "password", password));
    }

    /** Statuses of requests that are sent at once. */
    static List<Integer> race(int count, IntFunction<HttpResponse<String>> request) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> request.apply(i).statusCode()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }
}
