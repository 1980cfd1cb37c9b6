package chat.parlance.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket client that keeps received messages until a test reads them. JSON frames are checked against the
 * contract, text for terminals against forbidden characters; a violation fails the test when it next waits, or closes
 * the socket.
 */
public final class Socket implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int TIMEOUT_SECONDS = 15;

    /** Longest wait for one message while others keep arriving. */
    private static final int PATIENCE_SECONDS = 60;

    private final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private final boolean json;
    private final WebSocket socket;

    private Socket(String url, Map<String, String> headers) {
        json = URI.create(url).getPath().equals("/ws");
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        headers.forEach(builder::header);
        socket = builder.buildAsync(URI.create(url), this).join();
    }

    /** @throws java.util.concurrent.CompletionException when the upgrade is refused */
    public static Socket open(String url, Map<String, String> headers) {
        return new Socket(url, headers);
    }

    /** Connects to {@code /ws} and authenticates. */
    public static Socket authenticated(String address, String token) {
        Socket socket = open("ws://" + address + "/ws", Map.of());
        socket.send(Map.of("type", "auth", "token", token));
        socket.await("welcome");
        return socket;
    }

    /** Sends a frame that keeps the contract. */
    public void send(Map<String, Object> frame) {
        JsonObject described = new JsonObject(frame);
        ApiContract.checkClientFrame(described);
        sendText(described.encode());
    }

    /** Sends any text. */
    public void sendText(String text) {
        socket.sendText(text, true).join();
    }

    public void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** Joins and waits for the answer; retries, as clients do, while the store is unavailable. */
    public JsonObject join(String room, @Nullable Long since) {
        Map<String, Object> frame = Map.of("type", "join", "roomId", room);
        long endNs = patienceEndNs();
        while (true) {
            send(since == null ? frame : Map.of("type", "join", "roomId", room, "since", since));
            JsonObject answer = await(endNs, Socket::isAnswerToJoin);
            if (answer.getString("type").equals("joined")) {
                return answer;
            }
        }
    }

    private static boolean isAnswerToJoin(JsonObject frame) {
        return switch (frame.getString("type")) {
            case "joined" -> true;
            case "error" -> !frame.containsKey("ref") && frame.getString("code").equals("storage.unavailable");
            default -> false;
        };
    }

    public void post(String room, String id, String text) {
        send(Map.of("type", "post", "ref", id, "roomId", room, "id", id, "text", text));
    }

    /** The next frame of that type; others are dropped. */
    public JsonObject await(String type) {
        return await(frame -> frame.getString("type").equals(type));
    }

    public JsonObject await(Predicate<JsonObject> wanted) {
        return await(patienceEndNs(), wanted);
    }

    private JsonObject await(long endNs, Predicate<JsonObject> wanted) {
        while (true) {
            JsonObject frame = new JsonObject(awaitText(endNs));
            if (wanted.test(frame)) {
                return frame;
            }
        }
    }

    public String awaitText() {
        try {
            String text = received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("nothing came, closed: " + closed);
            }
            check(text);
            return text;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** The next message, unless the wanted one has not arrived in all that time. */
    private String awaitText(long endNs) {
        if (System.nanoTime() - endNs > 0) {
            throw new AssertionError("not within %d s".formatted(PATIENCE_SECONDS));
        }
        return awaitText();
    }

    private static long patienceEndNs() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    }

    /** Waits for a line that contains the text. */
    public String awaitLine(String part) {
        long endNs = patienceEndNs();
        while (true) {
            String text = awaitText(endNs);
            if (text.contains(part)) {
                return text;
            }
        }
    }

    /** The next events, in whichever frames they arrive; other frames are dropped. */
    public List<JsonObject> awaitEvents(int count) {
        long endNs = patienceEndNs();
        List<JsonObject> events = new ArrayList<>();
        while (events.size() < count) {
            events.addAll(events(new JsonObject(awaitText(endNs))));
        }
        return events;
    }

    /** The events of a frame, none for another frame. */
    public static List<JsonObject> events(JsonObject frame) {
        return switch (frame.getString("type")) {
            case "event" -> List.of(frame);
            case "events" -> {
                JsonArray events = frame.getJsonArray("events");
                yield events.stream().map(JsonObject.class::cast).toList();
            }
            default -> List.of();
        };
    }

    /** Close code of the server. */
    public int awaitClose() {
        return closed.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        socket.abort();
        received.forEach(this::check);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            received.add(partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    /** Checks messages later than they arrive, because a reader that is busy with checks is a slow one. */
    private void check(String text) {
        if (json) {
            ApiContract.checkServerFrame(text);
        } else {
            TerminalLines.check(text);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }
}
