package chat.parlance.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.ApiSchemas;
import chat.parlance.testing.Documents;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.Terminal;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * For a stranger a private room is like one that does not exist, for every described operation, frame and line. The
 * exception is the creation of a room, where a taken id is refused.
 */
final class PrivateRoomIT {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
    private static final Pattern ROOM_COMMAND = Pattern.compile("\\| `(/\\w+) \\[?ROOM\\b");
    private static final ApiSchemas DESCRIPTION = new ApiSchemas();

    private static Rest bob;

    @BeforeAll
    static void makeAPrivateRoom() {
        Rest alice = Rest.logIn(TestNode.address(), "private-alice");
        bob = Rest.logIn(TestNode.address(), "private-bob");
        alice.post("/rooms", Map.of("roomId", "private-one", "visibility", "private"));
        for (int i = 0; i < 5; i++) {
            alice.post("/rooms/private-one/messages", Map.of("id", "m-" + i, "text", "hidden words"));
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void shouldAnswerEveryOperationAsForAnAbsentRoom(String method, String path, List<String> bodies) {
        for (String body : bodies) {
            HttpResponse<String> hidden = send(method, path, body, "private-one");
            HttpResponse<String> absent = send(method, path, body, "absent-one");
            assertThat(hidden.statusCode()).as(body).isEqualTo(404).isEqualTo(absent.statusCode());
            assertThat(hidden.body()).as(body).isEqualTo(absent.body());
            assertThat(hidden.headers().map().keySet())
                    .isEqualTo(absent.headers().map().keySet());
        }
    }

    /** Method, path and bodies of each operation on a room, from its examples. */
    static Stream<Arguments> operations() {
        return DESCRIPTION.openApi().getJsonObject("paths").stream()
                .filter(path -> path.getKey().startsWith("/rooms/{roomId}"))
                .flatMap(path -> ((JsonObject) path.getValue())
                        .stream()
                                .filter(member -> METHODS.contains(member.getKey()))
                                .map(member -> Arguments.of(
                                        member.getKey().toUpperCase(Locale.ROOT), path.getKey(), bodies((JsonObject)
                                                member.getValue()))));
    }

    private static List<String> bodies(JsonObject operation) {
        if (!operation.containsKey("requestBody")) {
            return List.of("");
        }
        return DESCRIPTION
                .resolve(operation.getJsonObject("requestBody"))
                .getJsonObject("content")
                .getJsonObject("application/json")
                .getJsonObject("examples")
                .stream()
                .map(example ->
                        ((JsonObject) example.getValue()).getJsonObject("value").encode())
                .toList();
    }

    private static HttpResponse<String> send(String method, String path, String body, String room) {
        String at = path.replace("{roomId}", room)
                .replace("{userId}", "private-bob")
                .replace("{seq}", "3")
                .replace("{emoji}", "%F0%9F%91%8D");
        return body.isEmpty()
                ? bob.send(method, at, null)
                : bob.send(method, at, body, Map.of("Content-Type", "application/json"));
    }

    @Test
    void shouldAnswerEveryFrameAsForAnAbsentRoom() {
        List<JsonObject> frames = frames();
        assertThat(frames).hasSizeGreaterThan(8);
        try (Socket socket = Socket.authenticated(TestNode.address(), bob.token())) {
            for (JsonObject frame : frames) {
                JsonObject hidden = answer(socket, frame, "private-one");
                assertThat(hidden).as(frame.encode()).isEqualTo(answer(socket, frame, "absent-one"));
                assertThat(hidden.getString("code")).as(frame.encode()).isEqualTo("room.not_found");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("linesWithARoom")
    void shouldAnswerEveryLineAsForAnAbsentRoom(String command) {
        try (Terminal terminal = Terminal.of(bob)) {
            String hidden = terminal.ask(command + " private-one", "!");
            String absent = terminal.ask(command + " absent-one", "!");
            assertThat(hidden.replace("private-one", "absent-one")).isEqualTo(absent);
        }
    }

    /** Commands with a room, from the protocol's table. */
    static Stream<String> linesWithARoom() {
        return Documents.read("docs/PROTOCOL.md")
                .lines()
                .map(ROOM_COMMAND::matcher)
                .filter(Matcher::lookingAt)
                .map(row -> row.group(1))
                .filter(command -> !command.equals("/create"));
    }

    @Test
    void shouldAnswerAConnectionThatBeginsInARoomAsForAnAbsentRoom() {
        List<String> answers = new ArrayList<>();
        for (String room : List.of("private-one", "absent-one")) {
            try (Socket lines = Socket.open(
                    "ws://" + TestNode.address() + "/lines?room=" + room,
                    Map.of("Authorization", "Bearer " + bob.token()))) {
                answers.add(lines.awaitLine("!").replace(room, "ROOM"));
            }
        }
        assertThat(answers.getFirst()).isEqualTo(answers.getLast());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/rooms?q=ROOM",
                "/rooms?q=ROOM&archived=true",
                "/rooms?q=ROOM&membership=invited",
                "/search?q=hidden%20in%3AROOM",
                "/search?q=in%3AROOM",
                "/search?q=ROOM",
                "/users?q=ROOM"
            })
    void shouldListAndFindNothingOfIt(String question) {
        HttpResponse<String> hidden = bob.get(question.replace("ROOM", "private-one"));
        HttpResponse<String> absent = bob.get(question.replace("ROOM", "missing-one"));
        assertThat(hidden.statusCode()).isEqualTo(absent.statusCode());
        // A search answers with the filters that it has read.
        assertThat(hidden.body().replace("private-one", "ROOM"))
                .isEqualTo(absent.body().replace("missing-one", "ROOM"));
    }

    /** Ids are unique over all rooms, so a taken one is refused; the refusal is the same for any room. */
    @Test
    void shouldRevealOnlyATakenIdWhenARoomIsCreated() {
        Rest.logIn(TestNode.address(), "private-alice").post("/rooms", Map.of("roomId", "private-not"));
        HttpResponse<String> hidden = bob.post("/rooms", Map.of("roomId", "private-one"));
        HttpResponse<String> open = bob.post("/rooms", Map.of("roomId", "private-not"));
        assertThat(Rest.code(hidden)).isEqualTo("room.exists");
        assertThat(hidden.body()).isEqualTo(open.body());
        JsonObject create = new JsonObject().put("type", "createRoom").put("visibility", "public");
        try (Socket socket = Socket.authenticated(TestNode.address(), bob.token());
                Terminal terminal = Terminal.of(bob)) {
            JsonObject refused = answer(socket, create, "private-one");
            assertThat(refused.getString("code")).isEqualTo("room.exists");
            assertThat(refused).isEqualTo(answer(socket, create, "private-not"));
            assertThat(terminal.ask("/create private-one", "!", "(room.exists)").replace("private-one", "private-not"))
                    .isEqualTo(terminal.ask("/create private-not", "!"));
        }
        assertThat(bob.get("/rooms/private-one").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldIgnoreSenderTimeAndSeqFromAClient() {
        bob.post("/rooms", Map.of("roomId", "private-bobs"));
        String forged =
                ",\"userId\":\"private-alice\",\"sender\":\"private-alice\",\"seq\":900,\"at\":\"2001-01-01T00:00:00Z\"}";
        try (Socket socket = Socket.authenticated(TestNode.address(), bob.token())) {
            socket.sendText("{\"type\":\"post\",\"ref\":\"f\",\"roomId\":\"private-bobs\",\"id\":\"f\",\"text\":\"hi\""
                    + forged);
            assertThat(socket.await(answer -> "f".equals(answer.getString("ref")))
                            .getLong("seq"))
                    .isEqualTo(2);
        }
        bob.send("POST", "/rooms/private-bobs/messages", "{\"id\":\"r\",\"text\":\"hi\"" + forged);
        JsonArray events =
                new JsonObject(bob.get("/rooms/private-bobs/events?after=1").body()).getJsonArray("events");
        assertThat(events).hasSizeBetween(1, 2);
        for (int i = 0; i < events.size(); i++) {
            JsonObject event = events.getJsonObject(i);
            assertThat(event.getString("sender")).isEqualTo("private-bob");
            assertThat(event.getLong("seq")).isEqualTo(i + 2);
            assertThat(event.getString("at")).startsWith("20").doesNotStartWith("2001");
        }
    }

    /**
     * All frames but the one that creates a room, whose refusal reveals that an id is taken, because ids are unique
     * over all rooms.
     */
    private static List<JsonObject> frames() {
        return DESCRIPTION.asyncApi().getJsonObject("operations").stream()
                .map(operation -> (JsonObject) operation.getValue())
                .filter(operation -> operation.getString("action").equals("receive"))
                .flatMap(operation -> operation.getJsonArray("messages").stream())
                .flatMap(message -> DESCRIPTION.resolve((JsonObject) message).getJsonArray("examples").stream())
                .map(example -> ((JsonObject) example).getJsonObject("payload"))
                .filter(frame ->
                        frame.containsKey("roomId") && !frame.getString("type").equals("createRoom"))
                .toList();
    }

    private static JsonObject answer(Socket socket, JsonObject frame, String room) {
        socket.send(frame.copy().put("roomId", room).put("ref", "same").getMap());
        return socket.await(answer -> "same".equals(answer.getString("ref")));
    }
}
