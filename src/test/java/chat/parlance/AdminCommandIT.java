package chat.parlance;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Await;
import chat.parlance.testing.Database;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Roles;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code parlance admin} on the database of a running node. */
final class AdminCommandIT {

    /** Output of a command. */
    private record Ran(int exitCode, String out, String err) {}

    @Test
    void shouldListAndChangeAccounts() {
        Roles.logIn("owner", "command-owner");
        Rest user = Rest.logIn(TestNode.address(), "command-user");
        assertThat(admin("users", "command-").out().lines())
                .contains("command-user\tmember\tactive\tcommand-user", "command-owner\towner\tactive\tcommand-owner");
        assertThat(admin("users", "command-", "--role=owner").out()).doesNotContain("command-user");
        assertThat(admin("role", "command-user", "guest").out())
                .isEqualTo("command-user\tguest\tactive\tcommand-user\n");
        assertThat(new JsonObject(user.get("/account").body()).getString("serverRole"))
                .isEqualTo("guest");
        try (Socket socket = Socket.authenticated(TestNode.address(), user.token())) {
            assertThat(admin("disable", "command-user").out())
                    .isEqualTo("command-user\tguest\tdisabled\tcommand-user\n");
            assertThat(socket.awaitClose()).isEqualTo(4401);
        }
        assertThat(admin("users", "command-", "--disabled").out().lines()).hasSize(1);
        assertThat(admin("enable", "command-user").exitCode()).isZero();
        Rest again = Rest.logIn(TestNode.address(), "command-user");
        assertThat(admin("end-sessions", "command-user").exitCode()).isZero();
        assertThat(again.get("/account").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldMakeLinksThatWork() {
        Rest.logIn(TestNode.address(), "command-forgot");
        Rest nobody = new Rest(TestNode.address(), null);
        String reset = admin("reset-password", "command-forgot").out().strip();
        assertThat(nobody.post("/password-resets", Map.of("linkCode", reset, "newPassword", "staple of the nation"))
                        .statusCode())
                .isEqualTo(204);
        String invite =
                admin("invite", "--role=guest", "--uses=2", "--days=1").out().strip();
        assertThat(nobody.post(
                                "/users",
                                Map.of(
                                        "userId",
                                        "command-invited",
                                        "password",
                                        Rest.PASSWORD,
                                        "name",
                                        "x",
                                        "linkCode",
                                        invite))
                        .statusCode())
                .isEqualTo(201);
        String listed = admin("invites")
                .out()
                .lines()
                .filter(line -> line.contains("\tguest\t1/2\t"))
                .findFirst()
                .orElseThrow();
        String id = listed.substring(0, listed.indexOf('\t'));
        assertThat(admin("revoke-invite", id).exitCode()).isZero();
        assertThat(admin("revoke-invite", id)).isEqualTo(new Ran(1, "", "parlance: No such resource\n"));
        assertThat(admin("audit").out().lines())
                .allSatisfy(
                        line -> assertThat(new JsonObject(line).fieldNames()).contains("auditId", "at", "action"))
                .anyMatch(line -> line.contains("\"action\":\"invite.revoked\",\"subject\":\"" + id + "\""))
                .noneMatch(line -> line.contains(invite) || line.contains(reset));
        long last = admin("audit").out().lines().count();
        assertThat(last).isPositive();
        assertThat(admin("audit", "--after=" + Long.MAX_VALUE).out()).isEmpty();
    }

    @Test
    void shouldMakeABotAndATokenThatWorksUntilItIsRevoked() {
        Rest.logIn(TestNode.address(), "command-answers");
        assertThat(admin("make-bot", "command-bot", "--owner=command-answers", "--role=guest")
                        .out())
                .isEqualTo("command-bot\tguest\tactive\tcommand-bot\n");
        String token = admin("make-token", "command-bot", "--name=builds", "--scopes=post,read", "--rooms=command-yard")
                .out()
                .strip();
        Rest bot = new Rest(TestNode.address(), token);
        assertThat(new JsonObject(bot.get("/account").body()).getString("botOwner"))
                .isEqualTo("command-answers");
        assertThat(Rest.code(bot.get("/rooms"))).isEqualTo("token.scope");
        String listed = admin("tokens", "command-bot").out();
        assertThat(listed).contains("\tread,post\tcommand-yard\t").endsWith("\tbuilds\n");
        String id = listed.substring(0, listed.indexOf('\t'));
        assertThat(admin("revoke-token", id).exitCode()).isZero();
        assertThat(bot.get("/account").statusCode()).isEqualTo(401);
        assertThat(admin("revoke-token", id)).isEqualTo(new Ran(1, "", "parlance: No such resource\n"));
        assertThat(admin("tokens", "command-bot").out()).isEmpty();
        assertThat(admin("audit").out().lines())
                .anyMatch(line -> line.contains("\"action\":\"bot.made\",\"subject\":\"command-bot\""))
                .anyMatch(line -> line.contains("\"action\":\"token.revoked\",\"subject\":\"" + id + "\""))
                .noneMatch(line -> line.contains(token));
    }

    @Test
    void shouldRotateTheKeyWithoutLoggingAnybodyOut() throws SQLException {
        Rest.logIn(TestNode.address(), "command-rotated");
        Rest nobody = new Rest(TestNode.address(), null);
        JsonObject before =
                new JsonObject(nobody.post("/sessions", Map.of("userId", "command-rotated", "password", Rest.PASSWORD))
                        .body());
        try {
            String kid = admin("rotate-key").out().replaceFirst("(?s).* key (\\w+) in .*", "$1");
            assertThat(kid).matches("[0-9a-f]{16}");
            AtomicReference<JsonObject> after = new AtomicReference<>(before);
            Await.until("a token of the new key", 20_000, () -> {
                String refresh = after.get().getString("refreshToken");
                after.set(new JsonObject(nobody.post("/sessions/refresh", Map.of("refreshToken", refresh))
                        .body()));
                assertThat(account(after.get())).isEqualTo(200);
                return kid(after.get()).equals(kid);
            });
            assertThat(account(before)).isEqualTo(200);
            assertThat(admin("audit").out()).contains("\"action\":\"key.rotated\",\"subject\":\"" + kid + "\"");
        } finally {
            Database.update("delete from signing_key");
            // Later tests get no token of the deleted key.
            Await.until(
                    "a token of the key of the configuration",
                    20_000,
                    () -> kid(new JsonObject(nobody.post(
                                            "/sessions", Map.of("userId", "command-rotated", "password", Rest.PASSWORD))
                                    .body()))
                            .isEmpty());
        }
    }

    private static int account(JsonObject tokens) {
        return new Rest(TestNode.address(), tokens.getString("accessToken"))
                .get("/account")
                .statusCode();
    }

    private static String kid(JsonObject tokens) {
        String token = tokens.getString("accessToken");
        return new JsonObject(new String(
                        Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))), StandardCharsets.UTF_8))
                .getString("kid", "");
    }

    /** Only the command line itself has all rights; in the name of an account it has those of the account. */
    @ParameterizedTest
    @CsvSource({"owner, 0", "administrator, 0", "member, 1", "guest, 1"})
    void shouldInviteByAnAccountWithItsRights(String role, int exitCode) {
        Rest user = Roles.logIn("member", "command-by-" + role);
        user.post("/rooms", Map.of("roomId", "command-room-" + role, "visibility", "private"));
        Roles.give(role, "command-by-" + role);
        Ran ran = admin("invite", "--by=command-by-" + role, "--rooms=command-room-" + role);
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(exitCode);
        if (exitCode == 1) {
            assertThat(ran.err()).isEqualTo("parlance: Your role on the server does not allow this\n");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "role command-nobody guest | 1 | No such user",
                "disable command-nobody | 1 | No such user",
                "disable Not-An-Id | 2 | A user id has",
                "role command-owner king | 2 | there is no role king",
                "invite --uses=0 | 2 | An invite has 1 to 1000 uses",
                "invite --role=owner | 2 | An invite makes administrators",
                "invite --rooms=command-room | 1 | Only a user can invite to rooms",
                "invite --by=command-nobody | 1 | Your role on the server",
                "revoke-invite nonsense | 2 | nonsense",
                "make-bot command-stray --owner=command-nobody | 1 | No such user",
                "make-bot command-stray --owner=command-owner --role=owner | 2 | A bot is",
                "make-token command-nobody --name=x | 1 | No such user",
                "make-token command-nobody --name=x --scopes=all | 2 | there is no scope all",
                "make-token command-nobody --name=x --days=400 | 2 | A token lives",
            })
    void shouldSayWhatIsWrong(String line, int exitCode, String error) {
        Ran ran = admin(line.split(" "));
        assertThat(ran.err()).contains(error);
        assertThat(ran.exitCode()).isEqualTo(exitCode);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void shouldKeepTheLastOwner() {
        Roles.removeOwners();
        Rest.logIn(TestNode.address(), "command-last");
        admin("role", "command-last", "owner");
        assertThat(admin("role", "command-last", "member").err())
                .isEqualTo("parlance: The server must keep an owner\n");
        assertThat(admin("disable", "command-last").exitCode()).isEqualTo(1);
    }

    @Test
    void shouldNameACommandThatWasMeant() {
        assertThat(run(List.of("admin", "disabel", "command-user")))
                .isEqualTo(new Ran(2, "", "parlance: there is no command disabel, did you mean disable?\n"));
    }

    private static Ran admin(String... arguments) {
        List<String> all = new ArrayList<>(List.of("admin"));
        all.addAll(List.of(arguments));
        all.add("--postgres.uri=" + TestNode.postgresUri());
        return run(all);
    }

    private static Ran run(List<String> all) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Parlance.line().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int exitCode = line.execute(all.toArray(String[]::new));
        return new Ran(exitCode, out.toString(), err.toString());
    }
}
