package chat.parlance.websocket;

import chat.parlance.connection.Connection;
import chat.parlance.connection.Connections;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.ThreadLocalRandom;

/** Disconnects the clients of one event loop of a stopping node, over an interval. Belongs to this event loop. */
final class Drain {

    private static final int CHECK_MS = 20;

    /**
     * Longest pause before the reconnect of a client that is disconnected alone: the others are disconnected at other
     * times.
     */
    private static final int RECONNECT_WITHIN_MS = 250;

    private final Vertx vertx;
    private final Connections connections;
    private final int spreadMs;
    private boolean begun;

    /** @param spreadMs interval over which the clients are disconnected */
    Drain(Vertx vertx, Connections connections, int spreadMs) {
        this.vertx = vertx;
        this.connections = connections;
        this.spreadMs = spreadMs;
    }

    boolean hasBegun() {
        return begun;
    }

    /** Disconnects every client at a random time within the interval; completes when all are gone. */
    Future<Void> begin() {
        begun = true;
        Promise<Void> gone = Promise.promise();
        connections.forEach(connection ->
                vertx.setTimer(ThreadLocalRandom.current().nextInt(1, spreadMs + 1), fired -> sendAway(connection)));
        vertx.setPeriodic(CHECK_MS, check -> {
            if (connections.isEmpty()) {
                vertx.cancelTimer(check);
                gone.tryComplete();
            }
        });
        return gone.future();
    }

    void sendAway(Connection connection) {
        connection.sendAway("drain", RECONNECT_WITHIN_MS);
    }
}
