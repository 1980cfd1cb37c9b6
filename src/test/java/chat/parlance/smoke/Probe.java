package chat.parlance.smoke;

import chat.parlance.testing.Http;
import chat.parlance.testing.Socket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a user to one node, which records the time at which each message first arrived. May be used from any
 * thread.
 */
final class Probe implements WebSocket.Listener, AutoCloseable {

    private static final int TIMEOUT_SECONDS = 15;

    private final String user;
    private final StringBuilder partial = new StringBuilder();
    private final Map<String, CompletableFuture<Long>> moments = new ConcurrentHashMap<>();
    private final WebSocket socket;

    private Probe(String address, String user, String token) {
        this.user = user;
        this.socket = Http.CLIENT
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create("ws://" + address + "/ws"), this)
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Connects. */
    static Probe connect(String address, String user, String token) {
        return new Probe(address, user, token);
    }

    String user() {
        return user;
    }

    /** Joins a room, and waits until that is answered. */
    void join(String room) {
        send(new JsonObject().put("type", "join").put("roomId", room));
        moment("joined " + room).orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }

    void post(String room, String id) {
        send(new JsonObject()
                .put("type", "post")
                .put("roomId", room)
                .put("id", id)
                .put("text", "a message across"));
    }

    void type(String room) {
        send(new JsonObject().put("type", "typing").put("roomId", room));
    }

    /** Time of a message's arrival, on the clock of {@code System.nanoTime}. */
    CompletableFuture<Long> message(String id) {
        return moment("message " + id);
    }

    /** Time of the arrival of a user's typing notice in a room. */
    CompletableFuture<Long> typing(String room, String typist) {
        return moment("typing " + room + " " + typist);
    }

    /** Time of the arrival of a user's presence in a room. */
    CompletableFuture<Long> presence(String room, String arrived) {
        return moment("presence " + room + " " + arrived);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            long now = System.nanoTime();
            note(new JsonObject(partial.toString()), now);
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }

    private void send(JsonObject frame) {
        socket.sendText(frame.encode(), true)
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private void note(JsonObject frame, long now) {
        String room = frame.getString("roomId", "");
        switch (frame.getString("type")) {
            case "joined" -> moment("joined " + room).complete(now);
            case "userTyping" ->
                moment("typing " + room + " " + frame.getString("userId")).complete(now);
            case "presence" -> {
                noteUsers(room, frame.getJsonArray("userIds"), now);
                noteUsers(room, frame.getJsonArray("arrived"), now);
            }
            case "error" -> System.err.println("smoke: " + user + " was answered " + frame);
            default ->
                Socket.events(frame)
                        .forEach(event ->
                                moment("message " + event.getString("id", "")).complete(now));
        }
    }

    private void noteUsers(String room, @Nullable JsonArray users, long now) {
        if (users != null) {
            users.forEach(arrived -> moment("presence " + room + " " + arrived).complete(now));
        }
    }

    private CompletableFuture<Long> moment(String name) {
        return moments.computeIfAbsent(name, first -> new CompletableFuture<>());
    }
}
