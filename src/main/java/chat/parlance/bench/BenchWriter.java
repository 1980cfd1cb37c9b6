package chat.parlance.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.WebSocket;

/** Posts texts to one room, with a fixed number of sends in flight. Belongs to one event loop. */
final class BenchWriter {

    private static final int IN_FLIGHT = 100;

    private final String room;
    private final WebSocket socket;
    private final BenchCorpus corpus;
    private final int messages;
    private final Promise<Void> done = Promise.promise();
    private int sent;
    private int acked;

    BenchWriter(String room, WebSocket socket, BenchCorpus corpus, int messages) {
        this.room = room;
        this.socket = socket;
        this.corpus = corpus;
        this.messages = messages;
        socket.textMessageHandler(this::receive);
        socket.closeHandler(closed -> done.tryFail("closed with " + socket.closeStatusCode()));
    }

    /** Completes when every text is acknowledged. */
    Future<Void> write() {
        for (int i = 0; i < Math.min(IN_FLIGHT, messages); i++) {
            send();
        }
        return done.future();
    }

    int acked() {
        return acked;
    }

    private void send() {
        socket.writeTextMessage("{\"type\":\"post\",\"roomId\":\"" + room + "\",\"id\":\"" + room + "-" + sent++
                + "\",\"text\":\"" + corpus.text() + "\"}");
    }

    private void receive(String frame) {
        if (frame.startsWith("{\"type\":\"ack\"")) {
            acked++;
            if (sent < messages) {
                send();
            } else if (acked == messages) {
                socket.close();
                done.tryComplete();
            }
        } else if (frame.startsWith("{\"type\":\"error\"")) {
            done.tryFail(frame);
        }
    }
}
