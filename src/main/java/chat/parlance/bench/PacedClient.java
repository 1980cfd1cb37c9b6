package chat.parlance.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Posts at its own pace, whether or not the last post is acknowledged, so that the delay of a stalled node counts for
 * all posts that were due meanwhile. Belongs to one event loop.
 */
final class PacedClient {

    private final String name;
    private final String room;
    private final WebSocket socket;
    private final Map<String, Long> sentAtNs = new HashMap<>();
    private Histogram latency;
    private int sent;
    private int refused;

    /** @param latency of acknowledgements in microseconds */
    PacedClient(String name, String room, WebSocket socket, Histogram latency) {
        this.name = name;
        this.room = room;
        this.socket = socket;
        this.latency = latency;
        socket.textMessageHandler(this::receive);
    }

    /** Joins the room, and starts to post after a delay. */
    void begin(Vertx vertx, int delayMs, int intervalMs) {
        socket.writeTextMessage(
                new JsonObject().put("type", "join").put("roomId", room).encode());
        vertx.setTimer(delayMs, fired -> vertx.setPeriodic(intervalMs, due -> post()));
    }

    /** Counts in another histogram from now on; acknowledgements of earlier posts are no longer counted. */
    void measure(Histogram next) {
        sentAtNs.clear();
        latency = next;
    }

    /** Number of refused posts. */
    int refused() {
        return refused;
    }

    private void post() {
        String id = name + "-" + sent++;
        sentAtNs.put(id, System.nanoTime());
        socket.writeTextMessage(new JsonObject()
                .put("type", "post")
                .put("ref", id)
                .put("roomId", room)
                .put("id", id)
                .put("text", "a message of " + name)
                .encode());
    }

    private void receive(String text) {
        if (text.startsWith("{\"type\":\"ack\"")) {
            Long begin = sentAtNs.remove(new JsonObject(text).getString("id"));
            if (begin != null) {
                latency.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin));
            }
        } else if (text.startsWith("{\"type\":\"error\"")) {
            refused++;
        }
    }
}
