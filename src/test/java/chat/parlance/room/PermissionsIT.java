package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.model.Stamp;
import chat.parlance.testing.Database;
import chat.parlance.testing.Documents;
import chat.parlance.testing.Rest;
import chat.parlance.testing.RoomLock;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table "Who may do what" of docs/PROTOCOL.md, every cell of it, over REST and over frames, in public and in private
 * rooms.
 */
final class PermissionsIT {

    private static final List<String> STANDINGS = List.of("owner", "admin", "member", "muted", "invited", "stranger");

    /** Event 2 is a message of a member, event 3 one of the acting user; both carry polls. */
    private static final String ROOM = """
        with made as (
            insert into room (room_id, name, visibility, head, head_stamp) values (?, 'name', ?, 3, 3) returning room_id
        ),
        stand as (
            insert into member (room_id, user_id, membership, role, muted)
            select room_id, u, 'joined', r, false
            from made, (values ('perm-co-owner', 'owner'), ('perm-other', 'member')) as m (u, r)
            union all
            select room_id, ?, ?, ?, ? from made where ?
        )
        insert into event (room_id, seq, stamp, previous, at, sender, kind, client_id, subject, text, body)
        select room_id, 1, 1, 0, now(), 'perm-co-owner', 'membership', null, 'perm-co-owner', 'joined', null from made
        union all
        select room_id, 2, 2, 1, now(), 'perm-other', 'message', room_id || '-other', null, 'text', '{"options": ["yes", "no"]}'::jsonb
        from made
        union all
        select room_id, 3, 3, 2, now(), ?, 'message', room_id || '-own', null, 'text', '{"options": ["yes", "no"]}'::jsonb from made
        """;

    /** A cell of the table and the room in which it is tested. */
    record Case(String row, String standing, String visibility, String cell) {

        boolean allowed() {
            return switch (cell) {
                case "yes", "unless the last owner" -> true;
                case "no" -> false;
                case "public" -> visibility.equals("public");
                default -> throw new AssertionError(cell);
            };
        }
    }

    /** A user who may not post to a room, and the code of the refusal. */
    record Silenced(String standing, String visibility, boolean archived, String code) {}

    private static final Map<String, Rest> USERS = new HashMap<>();
    private static final Map<String, Socket> SOCKETS = new HashMap<>();
    /** The frames that are stored once per id. */
    private static final Set<String> POSTED = Set.of("post", "edit", "delete", "react", "pin", "vote", "close");

    /** Memberships that can follow a room without a change of the membership. */
    private static final Set<String> MEMBERS = Set.of("owner", "admin", "member", "muted");

    private static int rooms;

    @BeforeAll
    static void logIn() {
        for (String name : Stream.concat(STANDINGS.stream(), Stream.of("banned", "other", "co-owner", "guest"))
                .toList()) {
            Rest user = Rest.logIn(TestNode.address(), "perm-" + name);
            USERS.put(name, user);
            SOCKETS.put(name, Socket.authenticated(TestNode.address(), user.token()));
        }
    }

    @AfterAll
    static void close() {
        SOCKETS.values().forEach(Socket::close);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void shouldAllowExactlyTheActionsOfTheTable(Case cell) throws SQLException {
        for (RoomAction action : RoomAction.allOf(cell.standing())) {
            if (action.row().equals(cell.row())) {
                if (action.isByRest()) {
                    assertThat(rest(cell, action))
                            .as("%s by REST: %s %s", cell, action.method(), action.path())
                            .satisfies(code -> assertThat(code.isEmpty()).isEqualTo(cell.allowed()))
                            .satisfies(code -> assertAsAStranger(cell, code));
                }
                if (!action.frame().isEmpty()) {
                    assertThat(frame(cell, action))
                            .as("%s by frame: %s", cell, action.frame())
                            .satisfies(code -> assertThat(code.isEmpty()).isEqualTo(cell.allowed()))
                            .satisfies(code -> assertAsAStranger(cell, code));
                }
            }
        }
    }

    /** Byte for byte the answer for a room that does not exist. */
    @ParameterizedTest
    @MethodSource("hiddenFrom")
    void shouldHideAPrivateRoomOnEveryVerb(String standing) throws SQLException {
        String hidden = room("private", standing);
        String absent = "x".repeat(hidden.length());
        for (RoomAction action : RoomAction.allOf(standing)) {
            if (action.isByRest()) {
                HttpResponse<String> of = request(USERS.get(standing), hidden, action);
                HttpResponse<String> none = request(USERS.get(standing), absent, action);
                assertThat(of.statusCode())
                        .as(action.toString())
                        .isEqualTo(none.statusCode())
                        .isEqualTo(404);
                assertThat(of.body()).as(action.toString()).isEqualTo(none.body());
            }
            if (!action.frame().isEmpty()) {
                assertThat(exchange(standing, hidden, action).encode())
                        .as(action.toString())
                        .isEqualTo(exchange(standing, absent, action).encode());
            }
        }
        assertThat(USERS.get(standing).get("/rooms?q=" + hidden).body()).isEqualTo("{\"rooms\":[]}");
    }

    /** Types of the requests that a mute does not forbid. */
    private static final Set<String> WHILE_MUTED = Set.of("delete", "close");

    /** The answer to a user who may not post is the same, byte for byte, with the right stamp, another one or none. */
    @ParameterizedTest
    @MethodSource("silenced")
    void shouldNotRevealAFittingStampToAUserWhoMayNotPost(Silenced silenced) throws SQLException {
        String room = room(silenced.visibility(), silenced.standing());
        if (silenced.archived()) {
            assertThat(Rest.logIn(TestNode.address(), "perm-co-owner")
                            .send("PATCH", "/rooms/" + room, "{\"archived\":true}")
                            .statusCode())
                    .isEqualTo(200);
        }
        List<RoomAction> naming = RoomAction.allOf(silenced.standing()).stream()
                .filter(action -> POSTED.contains(action.frame().getOrDefault("type", "")))
                .filter(action -> action.frame().containsKey("seq"))
                .filter(action -> !silenced.standing().equals("muted")
                        || !WHILE_MUTED.contains(action.frame().get("type")))
                .toList();
        assertThat(naming).hasSizeGreaterThan(3);
        for (RoomAction action : naming) {
            Set<String> answers = new HashSet<>();
            Set<String> frames = new HashSet<>();
            for (String stamp : List.of("", new Stamp((int) action.frame().get("seq")).toString(), "Zk3_a9Qx")) {
                answers.add(request(USERS.get(silenced.standing()), room, action.withStamp(stamp))
                        .body());
                frames.add(exchange(silenced.standing(), room, action.withStamp(stamp))
                        .encode());
            }
            assertThat(answers).as(action.toString()).hasSize(1).allMatch(body -> body.contains(silenced.code()));
            assertThat(frames).as(action.toString()).hasSize(1).allMatch(frame -> frame.contains(silenced.code()));
        }
    }

    @Test
    void shouldTryEveryRowOfTheTable() {
        assertThat(RoomAction.allOf("member").stream().map(RoomAction::row).distinct())
                .containsExactlyInAnyOrderElementsOf(table().keySet());
    }

    @Test
    void shouldNotLetTheLastOwnerLeaveOrStepDown() {
        Rest owner = USERS.get("owner");
        owner.post("/rooms", Map.of("roomId", "perm-last", "memberIds", List.of(RoomAction.OTHER)));
        assertThat(Rest.code(owner.send("DELETE", "/rooms/perm-last/members/perm-owner", null)))
                .isEqualTo("room.last_owner");
        assertThat(Rest.code(owner.send("PATCH", "/rooms/perm-last/members/perm-owner", "{\"role\":\"member\"}")))
                .isEqualTo("room.last_owner");
        assertThat(owner.post("/rooms/perm-last/hand-over", Map.of("userId", RoomAction.OTHER))
                        .statusCode())
                .isEqualTo(204);
        assertThat(new JsonObject(owner.get("/rooms/perm-last").body()).getString("role"))
                .isEqualTo("admin");
        assertThat(owner.send("DELETE", "/rooms/perm-last/members/perm-owner", null)
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void shouldKeepOneOfTwoOwnersLeavingAtOnce() throws Exception {
        String room = room("public", "owner");
        Rest owner = USERS.get("owner");
        Rest coOwner = Rest.logIn(TestNode.address(), "perm-co-owner");
        // A node makes the changes of a room one after the other.
        Node here = RoomLock.startPatientNode();
        Node there = RoomLock.startPatientNode();
        try (RoomLock lock = RoomLock.of(room);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = Stream.of(
                            Map.entry(on(here, owner), "perm-owner"), Map.entry(on(there, coOwner), "perm-co-owner"))
                    .map(leaving -> threads.submit(() -> leaving.getKey()
                            .send("DELETE", "/rooms/" + room + "/members/" + leaving.getValue(), null)
                            .statusCode()))
                    .toList();
            lock.awaitWaiting(2);
            lock.release();
            assertThat(List.of(answers.getFirst().get(), answers.getLast().get()))
                    .containsExactlyInAnyOrder(204, 409);
        } finally {
            here.stop();
            there.stop();
        }
    }

    private static Rest on(Node node, Rest user) {
        return new Rest("127.0.0.1:" + node.httpPort(), user.token());
    }

    @Test
    void shouldKeepAMutedMemberMutedThroughLeavingAndComingBack() throws SQLException {
        String room = room("public", "muted");
        Rest muted = USERS.get("muted");
        muted.send("DELETE", "/rooms/" + room + "/members/perm-muted", null);
        muted.send("PUT", "/rooms/" + room + "/members/perm-muted", null);
        assertThat(Rest.code(muted.post("/rooms/" + room + "/messages", Map.of("id", room + "-m", "text", "hi"))))
                .isEqualTo("room.muted");
    }

    static Stream<Case> cells() {
        return table().entrySet().stream()
                .flatMap(row -> row.getValue().entrySet().stream()
                        .filter(cell ->
                                !cell.getValue().isEmpty() && !cell.getValue().equals("declines"))
                        .flatMap(cell -> Stream.of("public", "private")
                                .map(visibility ->
                                        new Case(row.getKey(), cell.getKey(), visibility, cell.getValue()))));
    }

    static Stream<Silenced> silenced() {
        return Stream.of(
                new Silenced("stranger", "private", false, "room.not_found"),
                new Silenced("stranger", "public", false, "room.not_found"),
                new Silenced("banned", "private", false, "room.not_found"),
                new Silenced("invited", "private", false, "room.not_found"),
                new Silenced("muted", "public", false, "room.muted"),
                new Silenced("member", "public", true, "room.archived"),
                new Silenced("owner", "private", true, "room.archived"));
    }

    static Stream<String> hiddenFrom() {
        return Stream.of("stranger", "banned");
    }

    private static void assertAsAStranger(Case cell, String code) {
        if (cell.standing().equals("stranger") && cell.visibility().equals("private")) {
            assertThat(code).isEqualTo("room.not_found");
        }
    }

    /** @return the error's code, empty after a success */
    private static String rest(Case cell, RoomAction action) throws SQLException {
        HttpResponse<String> answer =
                request(USERS.get(cell.standing()), room(cell.visibility(), cell.standing()), action);
        return answer.statusCode() < 300 ? "" : Rest.code(answer);
    }

    private static HttpResponse<String> request(Rest user, String room, RoomAction action) {
        Map<String, Object> body = new HashMap<>(action.body());
        if (body.containsKey("text") || body.containsKey("options")) {
            body.put("id", room + "-rest");
        }
        return user.send(
                action.method(),
                "/rooms/" + room + action.path(),
                body.isEmpty() ? null : new JsonObject(body).encode());
    }

    private static String frame(Case cell, RoomAction action) throws SQLException {
        String room = room(cell.visibility(), cell.standing());
        if (action.frame().get("type").equals("typing") && MEMBERS.contains(cell.standing())) {
            SOCKETS.get(cell.standing()).join(room, 3L);
        }
        JsonObject answer = exchange(cell.standing(), room, action);
        return answer.getString("code", "");
    }

    private static JsonObject exchange(String standing, String room, RoomAction action) {
        Map<String, Object> frame = new HashMap<>(action.frame());
        frame.put("ref", "r");
        frame.put("roomId", room);
        if (POSTED.contains(action.frame().get("type"))) {
            frame.put("id", room + "-frame");
        }
        Socket socket = SOCKETS.get(standing);
        socket.send(frame);
        return socket.await(answer -> "r".equals(answer.getString("ref")));
    }

    /** Creates a room in which the user has that standing. */
    private static String room(String visibility, String standing) throws SQLException {
        String room = "perm-" + visibility + "-" + rooms++;
        try (Connection connection = Database.connect();
                PreparedStatement made = connection.prepareStatement(ROOM)) {
            made.setString(1, room);
            made.setString(2, visibility);
            made.setString(3, "perm-" + standing);
            made.setString(4, List.of("invited", "banned").contains(standing) ? standing : "joined");
            made.setString(5, List.of("owner", "admin").contains(standing) ? standing : "member");
            made.setBoolean(6, standing.equals("muted"));
            made.setBoolean(7, !standing.equals("stranger"));
            made.setString(8, "perm-" + standing);
            made.executeUpdate();
        }
        return room;
    }

    /** The documented table: by row and standing. */
    private static Map<String, Map<String, String>> table() {
        Map<String, Map<String, String>> table = new LinkedHashMap<>();
        for (String line : Documents.read("docs/PROTOCOL.md")
                .substring(Documents.read("docs/PROTOCOL.md").indexOf("## Who may do what"))
                .lines()
                .skip(4)
                .takeWhile(line -> line.startsWith("|"))
                .toList()) {
            List<String> cells =
                    Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < STANDINGS.size(); i++) {
                row.put(STANDINGS.get(i), cells.get(i + 2));
            }
            table.put(cells.get(1), row);
        }
        return table;
    }
}
