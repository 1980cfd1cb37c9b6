package chat.parlance.search;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Rest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Rooms, messages and searches by REST, at the shared node. */
final class Searches {

    private static final int TIMEOUT_SECONDS = 20;

    private Searches() {}

    /** Makes a room with the creator and one member. */
    static void room(Rest creator, String room, String member) {
        assertThat(creator.post("/rooms", Map.of("roomId", room, "memberIds", List.of(member)))
                        .statusCode())
                .isEqualTo(201);
    }

    static int post(Rest user, String room, String text) {
        HttpResponse<String> posted =
                user.post("/rooms/" + room + "/messages", Map.of("id", "search-" + UUID.randomUUID(), "text", text));
        assertThat(posted.statusCode()).isEqualTo(201);
        return new JsonObject(posted.body()).getInteger("seq");
    }

    static void edit(Rest user, String room, int seq, String text) {
        String body = new JsonObject(Map.of("id", "search-" + UUID.randomUUID(), "text", text)).encode();
        assertThat(user.send("PATCH", "/rooms/" + room + "/messages/" + seq, body)
                        .statusCode())
                .isEqualTo(200);
    }

    /** Hits of a query with more parameters. */
    static JsonArray read(Rest user, String query, String parameters) {
        HttpResponse<String> answer =
                user.get("/search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + parameters);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return hits(new JsonObject(answer.body()));
    }

    static JsonArray hits(Rest user, String query) {
        return hits(new JsonObject(search(user, query, null).body()));
    }

    static JsonArray hits(JsonObject answer) {
        return answer.getJsonArray("hits");
    }

    static JsonArray awaitHits(Rest user, String query, int count) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        JsonArray hits = hits(user, query);
        while (hits.size() != count && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            hits = hits(user, query);
        }
        assertThat(hits).as(query).hasSize(count);
        return hits;
    }

    static HttpResponse<String> search(Rest user, String query, @Nullable String page) {
        return search(user, query, page, 50);
    }

    static HttpResponse<String> search(Rest user, String query, @Nullable String page, int limit) {
        return user.get("/search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + "&limit=" + limit
                + (page == null ? "" : "&page=" + URLEncoder.encode(page, StandardCharsets.UTF_8)));
    }
}
