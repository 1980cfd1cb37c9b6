package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.page.Nodes;
import chat.parlance.testing.Rest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Pages from memory on two nodes are those of Postgres, byte for byte, for each reader and after every kind of change. A
 * page from a time on is always read from Postgres.
 *
 * <pre>
 *   mvn verify -Dtest=ArchitectureTest -Dit.test=TailsIT -Dtails.seed=42     repeats one history
 * </pre>
 */
final class TailsIT {

    private static final int ROUNDS = 12;
    private static final int CHANGES_OF_A_ROUND = 6;
    private static final List<String> USERS = List.of("tails-0", "tails-1", "tails-2");
    private static final List<String> OPTIONS = List.of("yes", "no", "later");
    private static final List<String> EMOJI = List.of("%F0%9F%91%8D", "%E2%9D%A4%EF%B8%8F");

    private final long seed = Long.getLong("tails.seed", new Random().nextLong(1L << 40));
    private final Random random = new Random(seed);
    private final String room = "tails-" + Long.toHexString(seed);
    private final List<List<Rest>> nodes = List.of(logIn(Nodes.first()), logIn(Nodes.second()));
    private final List<Long> polls = new ArrayList<>();
    private int done;

    private static List<Rest> logIn(String address) {
        return USERS.stream().map(user -> Rest.logIn(address, user)).toList();
    }

    @Test
    void shouldAnswerLikePostgres() throws IOException, InterruptedException {
        nodes.getFirst().getFirst().post("/rooms", Map.of("roomId", room, "memberIds", USERS.subList(1, USERS.size())));
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < CHANGES_OF_A_ROUND; i++) {
                change();
            }
            compare("events");
            compare("messages");
        }
        String address = Nodes.first();
        Rest reader = nodes.getFirst().getFirst();
        String page = reader.get(path("/events?limit=100")).body();
        assertThat(gunzip(address, reader)).as("made").isEqualTo(page);
        assertThat(gunzip(address, reader)).as("kept").isEqualTo(page);
    }

    @Test
    void shouldDenyAtOnceAndServeNoDeletedText() {
        String own = room + "-denied";
        Rest owner = nodes.getFirst().getFirst();
        owner.post(
                "/rooms", Map.of("roomId", own, "visibility", "private", "memberIds", USERS.subList(1, USERS.size())));
        HttpResponse<String> posted =
                owner.post("/rooms/" + own + "/messages", Map.of("id", own, "text", "a text to delete"));
        long seq = new JsonObject(posted.body()).getLong("seq");
        for (List<Rest> users : nodes) {
            for (int i = 0; i < 3; i++) {
                users.forEach(user ->
                        assertThat(user.get("/rooms/" + own + "/events").body()).contains("a text to delete"));
            }
        }
        Rest elsewhere = nodes.getLast().getFirst();
        elsewhere.send("DELETE", "/rooms/" + own + "/messages/" + seq, null);
        elsewhere.send("DELETE", "/rooms/" + own + "/members/" + USERS.get(1), null);
        nodes.getLast().get(2).send("DELETE", "/rooms/" + own + "/members/" + USERS.get(2), null);
        for (List<Rest> users : nodes) {
            assertThat(users.getFirst().get("/rooms/" + own + "/events").body()).doesNotContain("a text to delete");
            assertThat(Rest.code(users.get(1).get("/rooms/" + own + "/events"))).isEqualTo("room.not_found");
            assertThat(Rest.code(users.get(2).get("/rooms/" + own + "/events"))).isEqualTo("room.not_found");
        }
    }

    private void compare(String name) {
        String newest = path("/" + name + "?limit=100");
        for (int user = 0; user < USERS.size(); user++) {
            for (int node = 0; node < nodes.size(); node++) {
                Rest reader = nodes.get(node).get(user);
                String stored = reader.get(path("/" + name + "?limit=100&from=1970-01-01T00:00:00Z"))
                        .body();
                String what = "-Dtails.seed=" + seed + ", " + done + " changes, node " + node + ", " + USERS.get(user);
                assertThat(new JsonObject(stored).getLong("head")).as(what).isLessThanOrEqualTo(100);
                assertThat(reader.get(newest).body()).as(what).isEqualTo(stored);
                assertThat(reader.get(newest).body()).as(what).isEqualTo(stored);
                JsonArray some =
                        new JsonObject(reader.get(path("/" + name + "?limit=7")).body()).getJsonArray(name);
                JsonArray all = new JsonObject(stored).getJsonArray(name);
                JsonArray last = new JsonArray(
                        all.stream().skip(Math.max(0, all.size() - 7)).toList());
                assertThat(some.encode()).as(what).isEqualTo(last.encode());
            }
        }
    }

    private String gunzip(String address, Rest reader) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> page = client.send(
                    HttpRequest.newBuilder(URI.create("http://" + address + "/api/v1" + path("/events?limit=100")))
                            .header("Authorization", "Bearer " + reader.token())
                            .header("Accept-Encoding", "gzip")
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(page.headers().firstValue("Content-Encoding")).hasValue("gzip");
            return new String(
                    new GZIPInputStream(new ByteArrayInputStream(page.body())).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Any change, allowed or not. */
    private void change() {
        done++;
        Rest user = nodes.get(random.nextInt(nodes.size())).get(random.nextInt(USERS.size()));
        long target = random.nextLong(1, USERS.size() + done + 1L);
        String message = path("/messages/" + target);
        JsonObject body = new JsonObject().put("id", room + "-" + done).put("text", "text " + done + " @tails-1");
        switch (random.nextInt(12)) {
            case 0, 1 -> send(user, "POST", path("/messages"), body);
            case 2 ->
                send(
                        user,
                        "POST",
                        path("/messages"),
                        body.put("replyTo", target).put("alsoToRoom", true));
            case 3 -> send(user, "PATCH", message, body);
            case 4 -> send(user, "DELETE", message, null);
            case 5, 6, 7 -> send(user, "PUT", message + "/reactions/" + EMOJI.get(random.nextInt(EMOJI.size())), null);
            case 8 -> send(user, "DELETE", message + "/reactions/" + EMOJI.getFirst(), null);
            case 9 -> send(user, random.nextBoolean() ? "PUT" : "DELETE", path("/pins/" + target), null);
            case 10 -> {
                HttpResponse<String> poll = send(
                        user,
                        "POST",
                        path("/messages"),
                        body.put("options", new JsonArray(OPTIONS)).put("multiple", true));
                polls.add(new JsonObject(poll.body()).getLong("seq"));
            }
            default -> {
                if (!polls.isEmpty()) {
                    List<String> options = OPTIONS.subList(0, random.nextInt(OPTIONS.size() + 1));
                    send(
                            user,
                            "PUT",
                            path("/messages/" + polls.get(random.nextInt(polls.size())) + "/vote"),
                            new JsonObject().put("id", room + "-" + done).put("options", new JsonArray(options)));
                }
            }
        }
    }

    private static HttpResponse<String> send(Rest user, String method, String path, JsonObject body) {
        HttpResponse<String> answer = user.send(method, path, body == null ? null : body.encode());
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(500);
        return answer;
    }

    private String path(String rest) {
        return "/rooms/" + room + rest;
    }
}
