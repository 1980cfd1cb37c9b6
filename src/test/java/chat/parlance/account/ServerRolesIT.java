package chat.parlance.account;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Rest;
import chat.parlance.testing.Roles;
import chat.parlance.testing.Socket;
import chat.parlance.testing.Terminal;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every role on the server with every action that depends on it, over REST, WebSocket and line mode. */
final class ServerRolesIT {

    private static final List<String> ROLES = List.of("owner", "administrator", "member", "guest");
    private static final Map<String, Rest> USERS = new HashMap<>();
    private static final String NO_SUCH = "00000000-0000-4000-8000-000000000000";

    /**
     * An action, with its answers to owner, administrator, member and guest.
     *
     * @param path ROLE stands for the role of the caller
     * @param answers the status, or the code of an error
     */
    record Action(String method, String path, @Nullable String body, List<String> answers) {

        static Action of(String method, String path, String... answers) {
            return new Action(method, path, null, List.of(answers));
        }

        Action with(String json) {
            return new Action(method, path, json.replace('\'', '"'), answers);
        }
    }

    @BeforeAll
    static void makeUsersAndRooms() {
        Rest alice = Rest.logIn(TestNode.address(), "roles-alice");
        alice.post("/rooms", Map.of("roomId", "roles-public"));
        alice.post("/rooms", Map.of("roomId", "roles-private", "visibility", "private"));
        alice.post("/rooms", Map.of("roomId", "roles-own", "visibility", "private"));
        for (String role : ROLES) {
            USERS.put(role, Roles.logIn(role, "roles-" + role));
            Rest.logIn(TestNode.address(), "roles-target-" + role);
            Roles.give(role, "roles-target-" + role);
        }
    }

    static List<Action> actions() {
        String no = "account.forbidden";
        String target = "/admin/users/roles-target-";
        return List.of(
                Action.of("GET", "/users?q=roles-al", "200", "200", "200", no),
                Action.of("GET", "/users?q=nobody-is-so", "200", "200", "200", no),
                Action.of("GET", "/rooms/roles-public", "200", "200", "200", "room.not_found"),
                Action.of("GET", "/rooms/roles-public/messages", "200", "200", "200", "room.not_found"),
                Action.of("GET", "/rooms/roles-public/events", "200", "200", "200", "room.not_found"),
                Action.of("GET", "/rooms/roles-public/members", "200", "200", "200", "room.not_found"),
                Action.of("GET", "/rooms/roles-private", all("room.not_found")),
                Action.of("GET", "/rooms/roles-private/messages", all("room.not_found")),
                Action.of("GET", "/rooms/roles-private/members", all("room.not_found")),
                Action.of("PUT", "/rooms/roles-private/members/roles-ROLE", all("room.not_found")),
                Action.of("POST", "/rooms", "201", "201", "201", no).with("{'roomId':'roles-new-ROLE'}"),
                Action.of("PUT", "/direct/roles-alice", "200", "200", "200", no),
                Action.of("PUT", "/direct/nobody-is-so", "user.not_found", "user.not_found", "user.not_found", no),
                Action.of("GET", "/account", all("200")),
                Action.of("GET", "/admin/users?q=roles-target", "200", "200", no, no),
                Action.of("GET", target + "owner", "200", "200", no, no),
                Action.of("GET", "/admin/users/nobody-is-so", "user.not_found", "user.not_found", no, no),
                Action.of("PATCH", target + "owner", "200", no, no, no).with("{'serverRole':'owner'}"),
                Action.of("PATCH", target + "administrator", "200", no, no, no).with("{'disabled':false}"),
                Action.of("PATCH", target + "member", "200", "200", no, no).with("{'disabled':false}"),
                Action.of("PATCH", target + "member", "200", no, no, no).with("{'serverRole':'administrator'}"),
                Action.of("PATCH", target + "guest", "200", "200", no, no).with("{'serverRole':'guest'}"),
                Action.of("PATCH", "/admin/users/nobody-is-so", "user.not_found", "user.not_found", no, no)
                        .with("{'disabled':true}"),
                Action.of("DELETE", target + "administrator/sessions", "204", no, no, no),
                Action.of("DELETE", target + "guest/sessions", "204", "204", no, no),
                Action.of("POST", target + "owner/password-reset", "201", no, no, no),
                Action.of("POST", target + "guest/password-reset", "201", "201", no, no),
                Action.of(
                        "POST", "/admin/users/nobody-is-so/password-reset", "user.not_found", "user.not_found", no, no),
                Action.of("GET", "/admin/invites", "200", "200", no, no),
                Action.of("POST", "/admin/invites", "201", "201", no, no).with("{}"),
                Action.of("POST", "/admin/invites", "201", no, no, no).with("{'serverRole':'administrator'}"),
                Action.of("POST", "/admin/invites", "room.not_found", "room.not_found", no, no)
                        .with("{'roomIds':['roles-private']}"),
                Action.of("POST", "/admin/invites", "201", "201", no, no).with("{'roomIds':['roles-public']}"),
                Action.of("POST", "/admin/invites", "room.forbidden", "room.forbidden", no, no)
                        .with("{'roomIds':['roles-public'],'serverRole':'guest'}"),
                Action.of("DELETE", "/admin/invites/" + NO_SUCH, "not_found", "not_found", no, no),
                Action.of("POST", "/admin/qr-codes", "200", "200", no, no).with("{'text':'a link'}"),
                Action.of("GET", "/admin/audit", "200", "200", no, no),
                Action.of("GET", "/admin/audit?action=log_in.failed", "200", "200", no, no),
                Action.of("PUT", "/admin/rooms/roles-own/membership", "204", "204", no, no),
                Action.of("PUT", "/admin/rooms/no-such-room/membership", "room.not_found", "room.not_found", no, no),
                // Last, for it makes members.
                Action.of("PUT", "/rooms/roles-public/members/roles-ROLE", "204", "204", "204", "room.not_found"));
    }

    private static String[] all(String answer) {
        return new String[] {answer, answer, answer, answer};
    }

    @ParameterizedTest
    @MethodSource("actions")
    void shouldAllowEachRoleWhatItMay(Action action) {
        SoftAssertions.assertSoftly(softly -> {
            for (int i = 0; i < ROLES.size(); i++) {
                String role = ROLES.get(i);
                // An action of the row before may have changed it.
                Roles.give("member", "roles-target-member");
                HttpResponse<String> answer = send(role, action);
                softly.assertThat(answer.statusCode() < 400 ? "" + answer.statusCode() : Rest.code(answer))
                        .as("%s as %s: %s", action, role, answer.body())
                        .isEqualTo(action.answers().get(i));
            }
        });
    }

    private static HttpResponse<String> send(String role, Action action) {
        return user(role)
                .send(
                        action.method(),
                        action.path().replace("ROLE", role),
                        action.body() == null ? null : action.body().replace("ROLE", role));
    }

    /** A role without the right gets the same answer whether the account or room exists or not. */
    @ParameterizedTest
    @MethodSource("pairs")
    void shouldTellNobodyWhatTheRoleMayNotKnow(Pair pair) {
        HttpResponse<String> there = send(pair.role(), pair.there());
        HttpResponse<String> absent = send(pair.role(), pair.absent());
        assertThat(there.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(there.statusCode()).isEqualTo(absent.statusCode());
        assertThat(there.body()).isEqualTo(absent.body());
        assertThat(there.headers().map().keySet())
                .isEqualTo(absent.headers().map().keySet());
    }

    record Pair(String role, Action there, Action absent) {}

    static List<Pair> pairs() {
        return List.of(
                pair("guest", "GET", "/rooms/roles-public", "/rooms/no-such-room"),
                pair("guest", "GET", "/rooms/roles-public/messages", "/rooms/no-such-room/messages"),
                pair("guest", "PUT", "/rooms/roles-public/members/roles-guest", "/rooms/no-such/members/roles-guest"),
                pair("guest", "PUT", "/rooms/roles-public/bans/bob", "/rooms/no-such/bans/bob"),
                pair("guest", "PUT", "/direct/roles-alice", "/direct/nobody-is-so"),
                pair("administrator", "GET", "/rooms/roles-private", "/rooms/no-such-room"),
                pair("member", "GET", "/admin/users/roles-alice", "/admin/users/nobody-is-so"),
                pair("member", "PUT", "/admin/rooms/roles-private/membership", "/admin/rooms/no-such/membership"),
                pair("member", "DELETE", "/admin/users/roles-alice/sessions", "/admin/users/nobody-is-so/sessions"));
    }

    private static Pair pair(String role, String method, String there, String absent) {
        return new Pair(role, Action.of(method, there), Action.of(method, absent));
    }

    @Test
    void shouldListToGuestsOnlyTheirOwnRooms() {
        Rest alice = Rest.logIn(TestNode.address(), "roles-alice");
        alice.post("/rooms", Map.of("roomId", "roles-listed", "memberIds", List.of("roles-guest")));
        assertThat(user("member").get("/rooms?q=roles-").body()).contains("roles-public", "roles-listed");
        assertThat(user("guest").get("/rooms?q=roles-").body())
                .contains("roles-listed")
                .doesNotContain("roles-public");
        assertThat(user("guest").get("/rooms/roles-listed/messages").statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldHoldOverWebSocketToo() {
        for (String role : ROLES) {
            boolean isGuest = role.equals("guest");
            try (Socket socket =
                    Socket.authenticated(TestNode.address(), user(role).token())) {
                assertThat(answer(socket, Map.of("type", "join", "roomId", "roles-private")))
                        .isEqualTo("room.not_found");
                assertThat(answer(socket, Map.of("type", "createRoom", "roomId", "roles-socket-" + role)))
                        .as(role)
                        .isEqualTo(isGuest ? "account.forbidden" : "room");
                assertThat(answer(socket, Map.of("type", "openDirect", "userId", "roles-target-member")))
                        .as(role)
                        .isEqualTo(isGuest ? "account.forbidden" : "room");
                assertThat(answer(socket, Map.of("type", "join", "roomId", "roles-public")))
                        .as(role)
                        .isEqualTo(isGuest ? "room.not_found" : "joined");
            }
        }
    }

    private static String answer(Socket socket, Map<String, Object> frame) {
        Map<String, Object> sent = new HashMap<>(frame);
        String ref = frame.get("type") + "-" + frame.values().hashCode();
        sent.put("ref", ref);
        socket.send(sent);
        JsonObject answer = socket.await(received -> ref.equals(received.getString("ref")));
        return answer.getString("code", answer.getString("type"));
    }

    @Test
    void shouldHoldInLineModeToo() {
        try (Terminal guest = Terminal.of(user("guest"));
                Terminal member = Terminal.of(user("member"))) {
            guest.ask("/find roles-al", "(account.forbidden)");
            guest.ask("/create roles-line", "(account.forbidden)");
            guest.ask("/join roles-private", "(room.not_found)");
            guest.ask("/msg roles-target-owner hi", "(account.forbidden)");
            member.ask("/find roles-al", "roles-alice");
            member.ask("/create roles-line", "* You are in roles-line");
        }
    }

    @Test
    void shouldShowTheMembersThatAnAdministratorJoinsByItsRight() {
        Rest alice = Rest.logIn(TestNode.address(), "roles-alice");
        alice.post("/rooms", Map.of("roomId", "roles-seen", "visibility", "private"));
        alice.post("/rooms/roles-seen/messages", Map.of("id", "roles-seen-1", "text", "secret"));
        Rest administrator = user("administrator");
        try (Socket socket = Socket.authenticated(TestNode.address(), alice.token())) {
            socket.join("roles-seen", 2L);
            assertThat(administrator
                            .send("PUT", "/admin/rooms/roles-seen/membership", null)
                            .statusCode())
                    .isEqualTo(204);
            assertThat(socket.awaitEvents(2))
                    .extracting(event -> event.getString("sender") + " " + event.getString("userId") + " "
                            + event.getString("change"))
                    .containsExactly(
                            "roles-administrator roles-administrator invited",
                            "roles-administrator roles-administrator joined");
        }
        assertThat(administrator.get("/rooms/roles-seen/messages").body()).contains("secret");
        assertThat(administrator
                        .send("PUT", "/admin/rooms/roles-seen/membership", null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(new JsonObject(alice.get("/rooms/roles-seen").body()).getLong("head"))
                .isEqualTo(4);
        assertThat(user("owner").get("/admin/audit?limit=100").body())
                .contains("\"actor\":\"roles-administrator\",\"action\":\"room.joined\",\"subject\":\"roles-seen\"");
    }

    @Test
    void shouldInviteNobodyToOneselfInAnyOtherWay() {
        Rest alice = Rest.logIn(TestNode.address(), "roles-alice");
        alice.post("/rooms", Map.of("roomId", "roles-marker", "visibility", "private"));
        assertThat(alice.send("PUT", "/rooms/roles-marker/invitations/roles-alice", null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(new JsonObject(alice.get("/rooms/roles-marker").body()).getLong("head"))
                .isEqualTo(1);
        Rest administrator = user("administrator");
        alice.send("PUT", "/rooms/roles-marker/bans/roles-administrator", null);
        assertThat(Rest.code(administrator.send("PUT", "/admin/rooms/roles-marker/membership", null)))
                .isEqualTo("room.banned");
        assertThat(Rest.code(administrator.send("PUT", "/rooms/roles-marker/invitations/roles-administrator", null)))
                .isEqualTo("room.not_found");
    }

    private static Rest user(String role) {
        return Objects.requireNonNull(USERS.get(role));
    }
}
