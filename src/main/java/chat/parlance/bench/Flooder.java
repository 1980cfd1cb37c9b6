package chat.parlance.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Posts as fast as its socket takes it, up to a bound that keeps the bench from starving the node of processors, and
 * reconnects as soon as it is cut. Belongs to one event loop.
 */
final class Flooder {

    private static final int TICK_MS = 10;
    private static final int POSTS_PER_TICK = 50;

    private final WebSocketClient client;
    private final WebSocketConnectOptions connect;
    private final String name;
    private final String room;
    private @Nullable WebSocket socket;
    private boolean active;
    private boolean connecting;
    private long sent;
    private long acked;
    private long cut;

    Flooder(Vertx vertx, WebSocketClient client, WebSocketConnectOptions connect, String name, String room) {
        this.client = client;
        this.connect = connect;
        this.name = name;
        this.room = room;
        vertx.setPeriodic(TICK_MS, tick -> tick());
    }

    void setActive(boolean flood) {
        active = flood;
        if (!flood && socket != null) {
            socket.close();
        }
    }

    long sent() {
        return sent;
    }

    /** Number of its accepted posts. */
    long acked() {
        return acked;
    }

    /** Number of times that its connection was cut. */
    long cut() {
        return cut;
    }

    private void tick() {
        if (!active) {
            return;
        }
        if (socket == null) {
            open();
            return;
        }
        for (int i = 0; i < POSTS_PER_TICK && !socket.isClosed() && !socket.writeQueueFull(); i++) {
            socket.writeTextMessage(new JsonObject()
                    .put("type", "post")
                    .put("roomId", room)
                    .put("id", name + "-" + sent++)
                    .put("text", "flood")
                    .encode());
        }
    }

    private void open() {
        if (connecting) {
            return;
        }
        connecting = true;
        client.connect(connect)
                .onSuccess(opened -> {
                    socket = opened;
                    opened.textMessageHandler(text -> acked += text.startsWith("{\"type\":\"ack\"") ? 1 : 0);
                    opened.closeHandler(closed -> {
                        socket = null;
                        cut += active ? 1 : 0;
                    });
                    opened.writeTextMessage(new JsonObject()
                            .put("type", "join")
                            .put("roomId", room)
                            .encode());
                })
                .onComplete(done -> connecting = false);
    }
}
