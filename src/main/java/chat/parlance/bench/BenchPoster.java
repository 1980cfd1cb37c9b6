package chat.parlance.bench;

import io.vertx.core.http.WebSocket;

/** Client that posts into a room it has not joined, with one send in flight. Belongs to one event loop. */
final class BenchPoster {

    private static final String TEXT = "a message of the length that people write in a chat, more or less";

    private final String room;
    private final WebSocket socket;
    private int sent;
    private int acked;
    private boolean sending;

    BenchPoster(String room, WebSocket socket) {
        this.room = room;
        this.socket = socket;
        socket.textMessageHandler(this::receive);
    }

    void begin() {
        sending = true;
        send();
    }

    /** Stops sending; the pending send is still acknowledged. */
    void end() {
        sending = false;
    }

    boolean isIdle() {
        return acked == sent;
    }

    int acked() {
        return acked;
    }

    private void send() {
        socket.writeTextMessage("{\"type\":\"post\",\"roomId\":\"" + room + "\",\"id\":\"" + room + "-" + sent++
                + "\",\"text\":\"" + TEXT + "\"}");
    }

    private void receive(String frame) {
        // A refused post never counts as acknowledged, so the turn would not end.
        if (frame.startsWith("{\"type\":\"ack\"")) {
            acked++;
            if (sending) {
                send();
            }
        }
    }
}
