package chat.parlance.account;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.testing.Database;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Roles;
import chat.parlance.testing.Terminal;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Registration that is open, by invite or closed, and invites. */
final class InvitesIT {

    private static final int RACERS = 50;

    /** Longer than a room is left before another node takes it. */
    private static final int TIMEOUT_SECONDS = 90;

    private static Node byInvite;
    private static Node closed;

    private final Rest administrator = Roles.logIn("administrator", "invites-admin");
    private final Rest nobody = new Rest("127.0.0.1:" + byInvite.httpPort(), null);

    @BeforeAll
    static void startNodes() {
        byInvite = TestNode.startBeside("--registration=invite", "--auth.hashQueue=200");
        closed = TestNode.startBeside("--registration=closed");
    }

    @AfterAll
    static void stopThem() {
        byInvite.stop();
        closed.stop();
    }

    @BeforeEach
    void forgetFailures() {
        Roles.forgetFailedLinks();
    }

    @Test
    void shouldSayHowOneGetsAnAccount() {
        assertThat(registration(TestNode.shared())).isEqualTo("open");
        assertThat(registration(byInvite)).isEqualTo("invite");
        assertThat(registration(closed)).isEqualTo("closed");
    }

    private static String registration(Node node) {
        Rest rest = new Rest("127.0.0.1:" + node.httpPort(), null);
        return new JsonObject(rest.get("/registration").body()).getString("registration");
    }

    @Test
    void shouldLetNobodyInWithoutAnInvite() {
        HttpResponse<String> refused = register(nobody, "invites-uninvited", null);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(Rest.code(refused)).isEqualTo("registration.closed");
        Rest atClosed = new Rest("127.0.0.1:" + closed.httpPort(), null);
        assertThat(Rest.code(register(atClosed, "invites-uninvited", null))).isEqualTo("registration.closed");
        String code = Roles.invite(administrator, Map.of());
        assertThat(Rest.code(register(atClosed, "invites-uninvited", code))).isEqualTo("registration.closed");
        for (Node node : List.of(byInvite, closed)) {
            try (Terminal terminal = Terminal.open("127.0.0.1:" + node.httpPort())) {
                terminal.ask("/register invites-uninvited some-pass-word", "(registration.closed)");
            }
        }
        assertThat(register(nobody, "invites-invited", code).statusCode()).isEqualTo(201);
    }

    @Test
    void shouldMakeOneAccountOfAnInviteForOneHoweverManyRace() {
        String code = Roles.invite(administrator, Map.of("maxUses", 1));
        Executor threads =
                Executors.newFixedThreadPool(RACERS, Thread.ofVirtual().factory());
        List<Integer> answers = IntStream.range(0, RACERS)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> register(nobody, "invites-racer-" + i, code).statusCode(), threads))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(answers)
                .containsOnlyOnce(201)
                .allMatch(status -> List.of(201, 404, 429, 503).contains(status));
        assertThat(new JsonObject(administrator
                                .get("/admin/users?q=invites-racer")
                                .body())
                        .getJsonArray("accounts"))
                .hasSize(1);
    }

    @Test
    void shouldResumeTheRoomsOfAnInviteThatANodeHasLeft() throws SQLException {
        Rest alice = Roles.logIn("administrator", "invites-left-alice");
        alice.post("/rooms", Map.of("roomId", "invites-left", "visibility", "private"));
        String code = Roles.invite(alice, Map.of("roomIds", List.of("invites-left")));
        CompletableFuture<HttpResponse<String>> registering;
        try (Connection connection = Database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // The join waits for the room, as if the node had died before it.
            statement.execute("select from room where room_id = 'invites-left' for update");
            registering = CompletableFuture.supplyAsync(() -> register(nobody, "invites-left-bob", code));
            await(() -> pendingRooms("invites-left-bob") == 1);
            connection.rollback();
        }
        assertThat(registering.join().statusCode()).isEqualTo(201);
        Rest guest = Rest.logIn(TestNode.address(), "invites-left-guest");
        Database.update(
                "insert into invited_room (user_id, room_id, invited_by, at) values (?, ?, ?, now() - interval '1"
                        + " minute')",
                "invites-left-guest",
                "invites-left",
                "invites-left-alice");
        await(() -> pendingRooms("invites-left-bob") == 0 && pendingRooms("invites-left-guest") == 0);
        for (Rest joined : List.of(guest, logIn("invites-left-bob"))) {
            assertThat(new JsonObject(joined.get("/rooms/invites-left").body()).getString("membership"))
                    .isEqualTo("joined");
        }
    }

    private static long pendingRooms(String user) {
        try (Connection connection = Database.connect();
                PreparedStatement statement =
                        connection.prepareStatement("select count(*) from invited_room where user_id = ?")) {
            statement.setString(1, user);
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                return found.getLong(1);
            }
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private static void await(BooleanSupplier condition) {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(endNs);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    @Test
    void shouldListInvitesAndAccountsPageByPage() {
        for (int i = 0; i < 3; i++) {
            Roles.invite(administrator, Map.of());
        }
        List<String> newest = ids("/admin/invites?limit=3", "invites", "inviteId");
        assertThat(ids("/admin/invites?limit=2&afterId=" + newest.getFirst(), "invites", "inviteId"))
                .isEqualTo(newest.subList(1, 3));
        assertThat(Rest.code(administrator.get("/admin/invites?afterId=garden")))
                .isEqualTo("bad_request");
        List<String> first = ids("/admin/users?limit=3", "accounts", "userId");
        assertThat(ids("/admin/users?limit=2&afterId=" + first.getFirst(), "accounts", "userId"))
                .isEqualTo(first.subList(1, 3));
    }

    private List<String> ids(String path, String list, String id) {
        return new JsonObject(administrator.get(path).body())
                .getJsonArray(list).stream()
                        .map(each -> ((JsonObject) each).getString(id))
                        .toList();
    }

    @Test
    void shouldNotUseUpAnInviteByAFailedRegistration() {
        String code = Roles.invite(administrator, Map.of("maxUses", 1));
        assertThat(Rest.code(register(nobody, "invites-admin", code))).isEqualTo("user.exists");
        assertThat(Rest.code(nobody.post(
                        "/users",
                        Map.of("userId", "invites-weak", "password", "password123", "name", "x", "linkCode", code))))
                .isEqualTo("password.weak");
        assertThat(register(nobody, "invites-second-try", code).statusCode()).isEqualTo(201);
        assertThat(Rest.code(register(nobody, "invites-third-try", code))).isEqualTo("link.invalid");
    }

    @Test
    void shouldGiveRoleAndRooms() {
        Rest alice = Roles.logIn("administrator", "invites-alice");
        alice.post("/rooms", Map.of("roomId", "invites-private", "visibility", "private"));
        alice.post("/rooms", Map.of("roomId", "invites-public"));
        String guest = Roles.invite(
                alice, Map.of("serverRole", "guest", "roomIds", List.of("invites-private", "invites-public")));
        register(nobody, "invites-guest", guest);
        Rest joined = logIn("invites-guest");
        assertThat(new JsonObject(joined.get("/account").body()).getString("serverRole"))
                .isEqualTo("guest");
        for (String room : List.of("invites-private", "invites-public")) {
            assertThat(new JsonObject(joined.get("/rooms/" + room).body()).getString("membership"))
                    .as(room)
                    .isEqualTo("joined");
        }
        String member = Roles.invite(administrator, Map.of("roomIds", List.of("invites-public")));
        register(nobody, "invites-member", member);
        assertThat(new JsonObject(logIn("invites-member")
                                .get("/rooms/invites-public")
                                .body())
                        .getString("membership"))
                .isEqualTo("joined");
    }

    /** The room has changed since the invite: the account is made all the same. */
    @Test
    void shouldNotFailWhereARoomTakesNobody() {
        Rest alice = Roles.logIn("administrator", "invites-alice");
        alice.post("/rooms", Map.of("roomId", "invites-archived"));
        String code = Roles.invite(alice, Map.of("roomIds", List.of("invites-archived")));
        alice.send("PATCH", "/rooms/invites-archived", "{\"archived\":true}");
        assertThat(register(nobody, "invites-outside", code).statusCode()).isEqualTo(201);
        assertThat(new JsonObject(logIn("invites-outside")
                                .get("/rooms/invites-archived")
                                .body())
                        .getString("membership"))
                .isNull();
    }

    @Test
    void shouldEndInvitesByRevocationByTimeAndWithTheRightsOfTheirMaker() throws SQLException {
        JsonObject revoked =
                new JsonObject(administrator.post("/admin/invites", Map.of()).body());
        String id = revoked.getString("inviteId");
        assertThat(administrator.get("/admin/invites?limit=100").body()).contains(id);
        assertThat(administrator.send("DELETE", "/admin/invites/" + id, null).statusCode())
                .isEqualTo(204);
        assertThat(administrator.get("/admin/invites?limit=100").body()).doesNotContain(id);
        JsonObject late =
                new JsonObject(administrator.post("/admin/invites", Map.of()).body());
        Database.update("update invite set expires_at = now() where invite_id = ?::uuid", late.getString("inviteId"));
        Rest former = Roles.logIn("administrator", "invites-former");
        String ofFormer = Roles.invite(former, Map.of());
        Roles.logIn("owner", "invites-owner")
                .send("PATCH", "/admin/users/invites-former", "{\"serverRole\":\"member\"}");
        for (String code : List.of(revoked.getString("linkCode"), late.getString("linkCode"), ofFormer)) {
            Database.update("delete from log_in_attempt where user_id = '[links]'");
            assertThat(Rest.code(register(nobody, "invites-too-late", code))).isEqualTo("link.invalid");
        }
        assertThat(Rest.code(former.post("/admin/invites", Map.of()))).isEqualTo("account.forbidden");
    }

    @Test
    void shouldCountGuessesOfCodesOverAllNodes() {
        Rest elsewhere = new Rest(TestNode.address(), null);
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> guess =
                    register(i % 2 == 0 ? nobody : elsewhere, "invites-guesser", "invite-" + "a".repeat(43));
            assertThat(Rest.code(guess)).isEqualTo("link.invalid");
        }
        HttpResponse<String> limited = elsewhere.post(
                "/password-resets", Map.of("linkCode", "password-" + "a".repeat(43), "newPassword", "x"));
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("Retry-After")).isPresent();
        Roles.forgetFailedLinks();
    }

    @Test
    void shouldRefuseMalformedInvites() {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("maxUses", 0),
                Map.of("maxUses", 1001),
                Map.of("maxUses", 1.5),
                Map.of("expiresInMs", 999),
                Map.of("expiresInMs", 7_776_000_001L),
                Map.of("serverRole", "owner"),
                Map.of("serverRole", "king"),
                Map.of("roomIds", List.of("Not A Room")),
                Map.of("roomIds", IntStream.range(0, 21).mapToObj(i -> "r" + i).toList()))) {
            assertThat(Rest.code(administrator.post("/admin/invites", wrong)))
                    .as(wrong.toString())
                    .isEqualTo("bad_request");
        }
    }

    private static Rest logIn(String user) {
        HttpResponse<String> session =
                new Rest(TestNode.address(), null).post("/sessions", Map.of("userId", user, "password", Rest.PASSWORD));
        return new Rest(TestNode.address(), new JsonObject(session.body()).getString("accessToken"));
    }

    private static HttpResponse<String> register(Rest rest, String user, @Nullable String code) {
        Map<String, Object> body = new HashMap<>(Map.of("userId", user, "password", Rest.PASSWORD, "name", user));
        if (code != null) {
            body.put("linkCode", code);
        }
        return rest.post("/users", body);
    }
}
