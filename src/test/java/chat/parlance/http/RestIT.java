package chat.parlance.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.model.PageSize;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The REST interface, request by request. */
final class RestIT {

    private final Rest nobody = new Rest(TestNode.address(), null);
    private final Rest alice = Rest.logIn(TestNode.address(), "alice");
    private final Rest bob = Rest.logIn(TestNode.address(), "bob");

    @Test
    void shouldRegisterOnceAndRefuseWhatIsMalformed() {
        Map<String, Object> guest = Map.of("userId", "guest-1", "password", Rest.PASSWORD, "name", "Guest");
        assertThat(nobody.post("/users", guest).statusCode()).isEqualTo(201);
        assertThat(nobody.post("/users", guest).statusCode()).isEqualTo(409);
        for (Map<String, Object> bad : List.<Map<String, Object>>of(
                Map.of("userId", "Guest", "password", Rest.PASSWORD, "name", "x"),
                Map.of("userId", "guest-2", "password", "short", "name", "x"),
                Map.of("userId", "guest-2", "password", "password123", "name", "x"),
                Map.of("userId", "guest-2", "password", Rest.PASSWORD),
                Map.of("userId", "guest-2", "password", Rest.PASSWORD, "name", "a\u0000b"))) {
            HttpResponse<String> refused = nobody.post("/users", bad);
            assertThat(refused.statusCode()).as(bad.toString()).isEqualTo(400);
            assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
        assertThat(nobody.send("POST", "/users", "{").statusCode()).isEqualTo(400);
        assertThat(nobody.send("POST", "/users", "x".repeat(100_000)).statusCode())
                .isEqualTo(413);
    }

    @Test
    void shouldAnswerAnUnknownUserAsAWrongPassword() {
        HttpResponse<String> unknown =
                nobody.post("/sessions", Map.of("userId", "nobody-here", "password", "wrong password"));
        HttpResponse<String> wrong = nobody.post("/sessions", Map.of("userId", "alice", "password", "wrong password"));
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.body()).isEqualTo(wrong.body());
    }

    @Test
    void shouldSlowDownGuessing() {
        Rest.logIn(TestNode.address(), "guessed");
        Map<String, Object> guess = Map.of("userId", "guessed", "password", "wrong password");
        for (int i = 0; i < 5; i++) {
            assertThat(nobody.post("/sessions", guess).statusCode()).isEqualTo(401);
        }
        HttpResponse<String> slowed = nobody.post("/sessions", guess);
        assertThat(slowed.statusCode()).isEqualTo(429);
        assertThat(slowed.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void shouldEndASessionWhoseRefreshTokenComesBack() {
        JsonObject first = new JsonObject(nobody.post("/sessions", Map.of("userId", "bob", "password", Rest.PASSWORD))
                .body());
        Map<String, Object> refresh = Map.of("refreshToken", first.getString("refreshToken"));
        JsonObject second =
                new JsonObject(nobody.post("/sessions/refresh", refresh).body());
        Rest renewed = new Rest(TestNode.address(), second.getString("accessToken"));
        assertThat(renewed.get("/rooms").statusCode()).isEqualTo(200);
        assertThat(nobody.post("/sessions/refresh", refresh).statusCode()).isEqualTo(401);
        assertThat(renewed.get("/rooms").statusCode()).isEqualTo(401);
        assertThat(nobody.post("/sessions/refresh", Map.of("refreshToken", second.getString("refreshToken")))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void shouldLogOut() {
        Rest session = Rest.logIn(TestNode.address(), "bob");
        assertThat(session.send("DELETE", "/sessions/current", null).statusCode())
                .isEqualTo(204);
        assertThat(session.get("/rooms").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldRefuseForgedAndMisplacedTokens() {
        String payload = alice.token()
                .substring(alice.token().indexOf('.') + 1, alice.token().lastIndexOf('.'));
        String none = "eyJhbGciOiJub25lIn0." + payload + ".";
        String other = alice.token().substring(0, alice.token().lastIndexOf('.') + 1) + "A".repeat(43);
        for (String token : List.of("x", none, other, "x".repeat(5000))) {
            HttpResponse<String> refused = new Rest(TestNode.address(), token).get("/rooms");
            assertThat(refused.statusCode()).as(token).isEqualTo(401);
            assertThat(Rest.code(refused)).isEqualTo("auth.invalid_token");
        }
        assertThat(nobody.get("/rooms?token=" + alice.token()).statusCode()).isEqualTo(400);
        assertThat(Rest.code(nobody.get("/rooms"))).isEqualTo("auth.required");
    }

    @Test
    void shouldMakeRoomsWithMembers() {
        HttpResponse<String> made =
                alice.post("/rooms", Map.of("roomId", "rest-1", "name", "First", "memberIds", List.of("bob")));
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(alice.post("/rooms", Map.of("roomId", "rest-1")).statusCode())
                .isEqualTo(409);
        assertThat(alice.post("/rooms", Map.of("roomId", "rest-2", "memberIds", List.of("no-such-user")))
                        .statusCode())
                .isEqualTo(404);
        assertThat(alice.get("/rooms/rest-2").statusCode()).isEqualTo(404);
        assertThat(alice.post("/rooms", Map.of("roomId", "Bad Room")).statusCode())
                .isEqualTo(400);
        JsonObject room = new JsonObject(bob.get("/rooms/rest-1").body());
        assertThat(room.getString("role")).isEqualTo("member");
        assertThat(new JsonObject(bob.get("/rooms/rest-1/members").body()).getJsonArray("members"))
                .hasSize(2);
    }

    /** A blank text is a missing one, and is refused where one is needed, in every request. */
    @ParameterizedTest
    @ValueSource(strings = {" ", "\u00a0", "\u3000\u2003", "\t\u0085\u2028"})
    void shouldTakeABlankTextForAMissingOne(String blank) {
        String id = "rest-blank-" + HexFormat.of().toHexDigits(blank.charAt(0));
        String room = "/rooms/" + id;
        HttpResponse<String> made =
                alice.post("/rooms", Map.of("roomId", id, "name", blank, "topic", blank, "description", blank));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        JsonObject body = new JsonObject(made.body());
        assertThat(body.getString("name")).isEqualTo(id);
        assertThat(body.fieldNames()).doesNotContain("topic", "description");
        for (String field : List.of("topic", "description")) {
            assertThat(new JsonObject(alice.send("PATCH", room, json(field, "Tomatoes"))
                                    .body())
                            .getString(field))
                    .isEqualTo("Tomatoes");
            assertThat(new JsonObject(alice.send("PATCH", room, json(field, blank))
                                    .body())
                            .fieldNames())
                    .contains("roomId")
                    .doesNotContain(field);
        }
        Map<String, Object> user =
                Map.of("userId", "rest-blank-user", "password", Rest.PASSWORD, "name", blank, "email", blank);
        String q = URLEncoder.encode(blank, UTF_8);
        assertThat(List.of(
                        alice.send("PATCH", room, json("name", blank)),
                        alice.post(room + "/messages", Map.of("id", "blank", "text", blank)),
                        nobody.post("/users", user),
                        alice.get("/users?q=" + q),
                        alice.get("/search?q=" + q)))
                .allSatisfy(refused -> assertThat(Rest.code(refused)).isEqualTo("bad_request"));
        assertThat(alice.get("/rooms?q=" + q).body())
                .isEqualTo(alice.get("/rooms").body());
    }

    @Test
    void shouldTakeABlankEmailForNone() {
        assertThat(nobody.post(
                                "/users",
                                Map.of(
                                        "userId",
                                        "rest-no-mail",
                                        "password",
                                        Rest.PASSWORD,
                                        "name",
                                        "x",
                                        "email",
                                        "\u00a0"))
                        .statusCode())
                .isEqualTo(201);
    }

    private static String json(String field, String text) {
        return new JsonObject(Map.of(field, text)).encode();
    }

    @Test
    void shouldHideAPrivateRoomFromStrangersOnEveryVerb() {
        alice.post("/rooms", Map.of("roomId", "hidden", "visibility", "private"));
        for (String path : List.of("", "/events")) {
            assertThat(bob.get("/rooms/hidden" + path).body())
                    .isEqualTo(bob.get("/rooms/absent" + path).body());
        }
        for (String method : List.of("PUT", "DELETE")) {
            assertThat(bob.send(method, "/rooms/hidden/members/bob", null).body())
                    .isEqualTo(
                            bob.send(method, "/rooms/absent/members/bob", null).body());
        }
        assertThat(bob.get("/rooms").body()).doesNotContain("hidden");
        assertThat(alice.send("PUT", "/rooms/hidden/invitations/bob", null).statusCode())
                .isEqualTo(204);
        assertThat(bob.get("/rooms/hidden").statusCode()).isEqualTo(200);
        assertThat(bob.get("/rooms/hidden/events").statusCode()).isEqualTo(403);
        assertThat(bob.send("PUT", "/rooms/hidden/members/bob", null).statusCode())
                .isEqualTo(204);
        assertThat(bob.get("/rooms/hidden/events").statusCode()).isEqualTo(200);
        assertThat(alice.send("DELETE", "/rooms/hidden/members/bob", null).statusCode())
                .isEqualTo(204);
        assertThat(bob.get("/rooms/hidden").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldPageHistoryBothWays() {
        alice.post("/rooms", Map.of("roomId", "paged"));
        for (int i = 0; i < 6; i++) {
            bob.send("PUT", "/rooms/paged/members/bob", null);
            bob.send("DELETE", "/rooms/paged/members/bob", null);
        }
        assertThat(seqs(alice.get("/rooms/paged/events?limit=4"))).containsExactly(10L, 11L, 12L, 13L);
        assertThat(seqs(alice.get("/rooms/paged/events?limit=4&before=10"))).containsExactly(6L, 7L, 8L, 9L);
        assertThat(seqs(alice.get("/rooms/paged/events?limit=3&after=2"))).containsExactly(3L, 4L, 5L);
        assertThat(seqs(alice.get("/rooms/paged/events?after=13"))).isEmpty();
        assertThat(alice.get("/rooms/paged/events?limit=0").statusCode()).isEqualTo(400);
        assertThat(alice.get("/rooms/paged/events?limit=101").statusCode()).isEqualTo(400);
        assertThat(alice.get("/rooms/paged/events?before=x").statusCode()).isEqualTo(400);
    }

    /** A client takes a shorter page for the last one. */
    @Test
    void shouldGiveAPageAsLongAsItIsAskedFor() {
        alice.post("/rooms", Map.of("roomId", "full-pages"));
        try (Socket socket = Socket.authenticated(TestNode.address(), alice.token())) {
            IntStream.rangeClosed(0, PageSize.MAX).forEach(i -> socket.post("full-pages", "full-pages-" + i, "text"));
            IntStream.rangeClosed(0, PageSize.MAX).forEach(i -> socket.await("ack"));
        }
        String room = "/rooms/full-pages";
        assertThat(seqs(alice.get(room + "/events"))).hasSize(PageSize.DEFAULT);
        assertThat(seqs(alice.get(room + "/events?limit=" + PageSize.MAX))).hasSize(PageSize.MAX);
        assertThat(seqs(alice.get(room + "/events?after=0&limit=" + PageSize.MAX)))
                .hasSize(PageSize.MAX);
        for (String list : List.of("/rooms", room + "/members", room + "/messages", room + "/pins", "/users?q=a")) {
            String limit = list + (list.contains("?") ? "&" : "?") + "limit=";
            assertThat(alice.get(limit + PageSize.MAX).statusCode()).as(list).isEqualTo(200);
            assertThat(alice.get(limit + (PageSize.MAX + 1)).statusCode())
                    .as(list)
                    .isEqualTo(400);
        }
    }

    @Test
    void shouldStoreAnyTextAsItIs() {
        alice.post("/rooms", Map.of("roomId", "any-text"));
        List<String> texts = List.of(
                "'; drop table event; --",
                "\" or ''='",
                "\\ \\' \\u0041 $1 $$ %s {}",
                "% _ [a-z]",
                "🍅👩\u200D💻 \uD83C\uDFF4 𝒳",
                "\u202Eturned\u2066",
                "\u0001\u001b[2J\u007f\u0085",
                "a\r\nb\u2028c\tc");
        for (String text : texts) {
            String id = "any-text-" + texts.indexOf(text);
            JsonObject stored = new JsonObject(alice.post("/rooms/any-text/messages", Map.of("id", id, "text", text))
                    .body());
            assertThat(new JsonObject(alice.get("/rooms/any-text/messages/" + stored.getLong("seq"))
                                    .body())
                            .getString("text"))
                    .isEqualTo(text);
        }
        for (String body : List.of("{\"id\":\"n\",\"text\":\"a\\u0000\"}", "{\"id\":\"n\",\"text\":\"a\\ud800\"}")) {
            assertThat(alice.send("POST", "/rooms/any-text/messages", body).statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
        for (String path : List.of("/rooms?q=%00", "/rooms?afterId=%00", "/users?q=a%00", "/search?q=%00")) {
            assertThat(alice.get(path).statusCode()).as(path).isEqualTo(400);
        }
        assertThat(alice.get("/rooms/%00").statusCode()).isIn(400, 404);
    }

    @Test
    void shouldAnswerUnknownPathsAndMethodsWithProblems() {
        assertThat(Rest.code(alice.get("/nothing"))).isEqualTo("not_found");
        assertThat(Rest.code(alice.send("DELETE", "/rooms", null))).isEqualTo("method_not_allowed");
    }

    private static List<Long> seqs(HttpResponse<String> page) {
        JsonArray events = new JsonObject(page.body()).getJsonArray("events");
        return events.stream().map(event -> ((JsonObject) event).getLong("seq")).toList();
    }
}
