package chat.parlance.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.auth.ScopedOperation;
import chat.parlance.model.Scope;
import chat.parlance.testing.Await;
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
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Personal and bot tokens on all ways to a node; the second node never hears the first by a bus. */
final class TokensIT {

    /** Limit for a revocation to be in force on every node. */
    private static final Duration BOUND = Duration.ofSeconds(2);

    /** Factor by which the limit may be exceeded on a busy machine. */
    private static final int SLACK = 3;

    private static Node deaf;
    private static String deafAddress;

    @BeforeAll
    static void startAnotherNode() {
        deaf = TestNode.startBeside();
        deafAddress = "127.0.0.1:" + deaf.httpPort();
    }

    @AfterAll
    static void stopIt() {
        deaf.stop();
    }

    private static JsonObject make(Rest user, List<String> scopes, List<String> rooms) {
        HttpResponse<String> made = user.post("/tokens", Map.of("name", "test", "scopes", scopes, "roomIds", rooms));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return new JsonObject(made.body());
    }

    private static Rest by(JsonObject token) {
        return new Rest(TestNode.address(), token.getString("token"));
    }

    /** Each operation with each scope: the answer is token.scope exactly where the table says so. */
    @Test
    void shouldHoldEachRouteToTheTableOfScopes() {
        Rest user = Rest.logIn(TestNode.address(), "tokens-matrix");
        SoftAssertions.assertSoftly(softly -> {
            for (Scope scope : Scope.values()) {
                Rest token = by(make(user, List.of(scope.wireName()), List.of()));
                secured().forEach(op -> {
                    ScopedOperation row = ScopedOperation.of(op.id());
                    boolean refused = row.needsLogIn()
                            || row.scope().filter(needed -> needed != scope).isPresent();
                    softly.assertThat(code(token, op).equals("token.scope"))
                            .as(scope + " " + op)
                            .isEqualTo(refused);
                });
            }
            Rest limited = by(make(user, List.of("read", "post", "admin"), List.of("tokens-elsewhere")));
            secured()
                    .forEach(op -> softly.assertThat(code(limited, op))
                            .as("limited " + op)
                            .isEqualTo(op.id().equals("getAccount") ? "" : "token.scope"));
        });
    }

    private static List<EveryRouteIT.Op> secured() {
        return EveryRouteIT.OPS.stream().filter(EveryRouteIT.Op::secured).toList();
    }

    /** Code of the refusal, empty for a success. The user of the path does not exist. */
    private static String code(Rest token, EveryRouteIT.Op op) {
        String path = op.path()
                .substring(EveryRouteIT.BASE.length())
                .replace("/bob", "/tokens-nobody")
                .replace("every-route", "tokens-nowhere");
        HttpResponse<String> answer = token.send(op.method(), path, op.hasBody() ? "{}" : null);
        return answer.statusCode() < 400 ? "" : Rest.code(answer);
    }

    @Test
    void shouldCloseTheSocketsOfARevokedTokenOnEveryNode() {
        Rest user = Rest.logIn(TestNode.address(), "tokens-revoked");
        user.post("/rooms", Map.of("roomId", "tokens-revoked"));
        JsonObject made = make(user, List.of("read", "post"), List.of());
        JsonObject other = make(user, List.of("read", "post"), List.of());
        Rest token = by(made);
        assertThat(token.post("/rooms/tokens-revoked/messages", Map.of("id", "tokens-1", "text", "kept"))
                        .statusCode())
                .isEqualTo(201);
        try (Socket near = Socket.authenticated(TestNode.address(), token.token());
                Socket far =
                        Socket.open("ws://" + deafAddress + "/ws", Map.of("Authorization", "Bearer " + token.token()));
                Socket kept = Socket.authenticated(deafAddress, other.getString("token"));
                Terminal line = Terminal.in("tokens-revoked", token)) {
            far.await("welcome");
            near.join("tokens-revoked", null);
            line.ask("from a terminal", "from a terminal");
            long begin = System.nanoTime();
            assertThat(user.send("DELETE", "/tokens/" + made.getString("tokenId"), null)
                            .statusCode())
                    .isEqualTo(204);
            assertThat(near.awaitClose()).isEqualTo(4401);
            assertThat(far.awaitClose()).isEqualTo(4401);
            assertThat(line.socket().awaitClose()).isEqualTo(4401);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BOUND.multipliedBy(SLACK));
            kept.join("tokens-revoked", null);
        }
        assertThat(token.get("/account").statusCode()).isEqualTo(401);
        assertThat(new Rest(deafAddress, token.token()).get("/account").statusCode())
                .isEqualTo(401);
        assertThat(Rest.code(user.send("DELETE", "/tokens/" + made.getString("tokenId"), null)))
                .isEqualTo("not_found");
    }

    @Test
    void shouldHoldFramesToTheScopesAndRoomsOfTheToken() {
        Rest user = Rest.logIn(TestNode.address(), "tokens-frames");
        user.post("/rooms", Map.of("roomId", "tokens-in"));
        user.post("/rooms", Map.of("roomId", "tokens-out"));
        Rest.logIn(TestNode.address(), "tokens-host").post("/rooms", Map.of("roomId", "tokens-public"));
        JsonObject reading = make(user, List.of("read"), List.of());
        try (Socket socket = Socket.authenticated(TestNode.address(), reading.getString("token"))) {
            socket.join("tokens-in", null);
            socket.post("tokens-in", "tokens-2", "not allowed");
            assertRefused(socket);
            socket.send(Map.of("type", "join", "roomId", "tokens-public"));
            assertRefused(socket);
            socket.send(Map.of("type", "createRoom", "roomId", "tokens-made"));
            assertRefused(socket);
            socket.send(Map.of("type", "auth", "token", user.token()));
            assertThat(socket.awaitClose()).isEqualTo(4401);
        }
        assertThat(new JsonObject(user.get("/rooms/tokens-public").body()).getString("membership"))
                .isNull();
        JsonObject limited = make(user, List.of("read", "post"), List.of("tokens-in"));
        try (Socket socket = Socket.authenticated(TestNode.address(), limited.getString("token"))) {
            for (String room : List.of("tokens-out", "tokens-never-made")) {
                socket.send(Map.of("type", "join", "roomId", room));
                assertRefused(socket);
            }
            socket.join("tokens-in", null);
            // The read marker of another room is not for this connection; that of its own room is the next one.
            user.send("PUT", "/rooms/tokens-out/read", "{\"seq\":1}");
            user.send("PUT", "/rooms/tokens-in/read", "{\"seq\":1}");
            assertThat(socket.await("readMarker").getString("roomId")).isEqualTo("tokens-in");
            socket.send(Map.of("type", "auth", "token", limited.getString("token")));
            socket.await("welcome");
        }
    }

    private static void assertRefused(Socket socket) {
        assertThat(socket.await("error").getString("code")).isEqualTo("token.scope");
    }

    @Test
    void shouldHoldLinesToTheScopesAndRoomsOfTheToken() {
        Rest user = Rest.logIn(TestNode.address(), "tokens-lines");
        user.post("/rooms", Map.of("roomId", "tokens-lines"));
        user.post("/rooms", Map.of("roomId", "tokens-other"));
        try (Terminal line = Terminal.in("tokens-lines", by(make(user, List.of("read"), List.of("tokens-lines"))))) {
            line.ask("not allowed", "! This needs a token with the scope post");
            line.ask("/join tokens-other", "! The token is limited to other rooms");
            line.ask("/rooms", "! The token is limited to other rooms");
            line.ask("/logout", "! This needs a log-in");
            line.ask("/who", "tokens-lines (owner");
        }
    }

    @Test
    void shouldEndTokensWithAllSessionsAndKeepThemOutOfTheList() {
        Rest user = Rest.logIn(TestNode.address(), "tokens-ended");
        JsonObject made = make(user, List.of("read"), List.of());
        assertThat(new JsonObject(user.get("/sessions").body()).getJsonArray("sessions"))
                .hasSize(1);
        assertThat(Rest.code(user.send("DELETE", "/sessions/" + made.getString("tokenId"), null)))
                .isEqualTo("not_found");
        assertThat(by(made).get("/rooms").statusCode()).isEqualTo(200);
        user.send(
                "PUT",
                "/password",
                new JsonObject(Map.of("password", Rest.PASSWORD, "newPassword", "staple of the nation")).encode());
        assertThat(by(made).get("/rooms").statusCode()).isEqualTo(401);
        assertThat(user.get("/tokens").body()).isEqualTo("{\"tokens\":[]}");
    }

    @Test
    void shouldRefuseATokenThatIsExpiredOrWasNeverMade() throws SQLException {
        Rest user = Rest.logIn(TestNode.address(), "tokens-expired");
        JsonObject made = make(user, List.of("read"), List.of());
        String text = made.getString("token");
        for (String wrong : List.of(text + "0", text.replace("pat", "bot"), "parlance_pat_" + "0".repeat(36))) {
            assertThat(new Rest(TestNode.address(), wrong).get("/account").statusCode())
                    .isEqualTo(401);
        }
        Database.update("update session set expires_at = now() where session_id = ?::uuid", made.getString("tokenId"));
        assertThat(Rest.code(by(made).get("/account"))).isEqualTo("auth.invalid_token");
        try (Socket socket = Socket.open("ws://" + TestNode.address() + "/ws", Map.of())) {
            socket.send(Map.of("type", "auth", "token", text));
            assertThat(socket.awaitClose()).isEqualTo(4401);
        }
    }

    @Test
    void shouldStoreADigestAndRecordUsesRarely() throws SQLException {
        Rest owner = Roles.logIn("owner", "tokens-owner");
        Rest user = Rest.logIn(TestNode.address(), "tokens-used");
        JsonObject made = make(user, List.of("read"), List.of());
        String id = made.getString("tokenId");
        assertThat(only(user).containsKey("usedAt")).isFalse();
        by(made).get("/account");
        String first = usedAt(user);
        by(made).get("/account");
        assertThat(usedAt(user)).isEqualTo(first);
        Database.update(
                "update access_token set used_at = now() - interval '11 minutes' where session_id = ?::uuid", id);
        by(made).get("/account");
        String entries = owner.get("/admin/audit?limit=100").body();
        assertThat(entries.split("\"token.used\",\"subject\":\"" + id, -1)).hasSize(2);
        assertThat(entries.split("\"token.made\",\"subject\":\"" + id, -1)).hasSize(2);
        assertThat(entries).doesNotContain(made.getString("token").substring(13));
        assertThat(Database.update(
                        "update access_token set name = name where session_id = ?::uuid and octet_length(token_hash) ="
                                + " 32",
                        id))
                .isOne();
    }

    private static JsonObject only(Rest user) {
        JsonArray tokens = new JsonObject(user.get("/tokens").body()).getJsonArray("tokens");
        assertThat(tokens).hasSize(1);
        return tokens.getJsonObject(0);
    }

    /** The use is recorded after the answer. */
    private static String usedAt(Rest user) {
        Await.until("a recorded use", 20_000, () -> only(user).containsKey("usedAt"));
        return only(user).getString("usedAt");
    }

    @Test
    void shouldMakeBotsWhoseOwnerAnswersForThem() {
        Rest admin = Roles.logIn("administrator", "tokens-admin");
        Rest keeper = Rest.logIn(TestNode.address(), "tokens-keeper");
        Rest stranger = Rest.logIn(TestNode.address(), "tokens-stranger");
        Map<String, Object> wanted = Map.of("userId", "tokens-bot", "name", "Tokens bot", "botOwner", "tokens-keeper");
        assertThat(Rest.code(keeper.post("/admin/bots", wanted))).isEqualTo("account.forbidden");
        assertThat(admin.post("/admin/bots", wanted).statusCode()).isEqualTo(201);
        Map<String, Object> token = Map.of("userId", "tokens-bot", "name", "x", "scopes", List.of("read", "post"));
        for (Rest other : List.of(stranger, admin)) {
            assertThat(Rest.code(other.post("/tokens", token))).isEqualTo("account.forbidden");
        }
        assertThat(Rest.code(stranger.get("/tokens?userId=tokens-bot"))).isEqualTo("account.forbidden");
        assertThat(Rest.code(stranger.get("/tokens?userId=tokens-nobody"))).isEqualTo("account.forbidden");
        JsonObject made = new JsonObject(keeper.post("/tokens", token).body());
        assertThat(made.getString("token")).startsWith("parlance_bot_");
        assertThat(admin.get("/tokens?userId=tokens-bot").body()).contains(made.getString("tokenId"));
        assertThat(Rest.code(stranger.send("DELETE", "/tokens/" + made.getString("tokenId"), null)))
                .isEqualTo("not_found");
        assertThat(Rest.code(new Rest(TestNode.address(), null)
                        .post("/sessions", Map.of("userId", "tokens-bot", "password", Rest.PASSWORD))))
                .isEqualTo("auth.invalid_credentials");
        assertThat(Rest.code(admin.send("POST", "/admin/users/tokens-bot/password-reset", null)))
                .isEqualTo("bad_request");
        assertThat(admin.get("/users?q=tokens-bot").body()).contains("\"bot\":true");
        assertThat(admin.get("/users?q=tokens-keeper").body()).doesNotContain("\"bot\"");
        keeper.post("/rooms", Map.of("roomId", "tokens-bots", "memberIds", List.of("tokens-bot")));
        assertThat(keeper.send("PUT", "/direct/tokens-bot", null).body()).contains("\"peerBot\":true");
        assertThat(by(made).send("PUT", "/rooms/tokens-bots/members/tokens-bot", null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(keeper.get("/rooms/tokens-bots/members").body()).contains("\"bot\":true");
        try (Socket socket = Socket.authenticated(deafAddress, made.getString("token"))) {
            admin.send("PATCH", "/admin/users/tokens-keeper", "{\"disabled\":true}");
            assertThat(socket.awaitClose()).isEqualTo(4401);
        }
        admin.send("PATCH", "/admin/users/tokens-keeper", "{\"disabled\":false}");
        assertThat(by(made).get("/account").statusCode()).isEqualTo(401);
        Rest again = Rest.logIn(TestNode.address(), "tokens-keeper");
        assertThat(again.post("/tokens", token).statusCode()).isEqualTo(201);
    }

    @Test
    void shouldLimitTheNumberOfTokens() {
        Rest user = Rest.logIn(TestNode.address(), "tokens-many");
        for (int i = 0; i < 50; i++) {
            make(user, List.of("read"), List.of());
        }
        assertThat(Rest.code(user.post("/tokens", Map.of("name", "x", "scopes", List.of("read")))))
                .isEqualTo("bad_request");
        assertThat(new JsonObject(user.get("/tokens").body()).getJsonArray("tokens"))
                .hasSize(50);
    }
}
