package chat.parlance.faults;

import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * A user on a node that the others will lose, and a witness on another node who is told when the user disappears and
 * returns.
 */
final class Ghost implements AutoCloseable {

    private static final String USER = "ghost";

    private final Socket lost;
    private final Socket witness;

    private Ghost(Socket lost, Socket witness) {
        this.lost = lost;
        this.witness = witness;
    }

    /**
     * Connects both, and waits until the witness sees the user as present.
     *
     * @param node of the user; the witness is on the next one
     */
    static Ghost of(FaultScene scene, int node) {
        FaultCluster cluster = scene.cluster();
        String living = cluster.addresses().get((node + 1) % cluster.size());
        Rest owner = scene.users().getFirst();
        String room = "ghosts-" + System.nanoTime();
        owner.post("/rooms", Map.of("roomId", room));
        Socket witness = Socket.authenticated(living, owner.token());
        witness.join(room, null);
        Socket lost = Socket.authenticated(
                cluster.addresses().get(node), Rest.logIn(living, USER).token());
        lost.join(room, null);
        witness.await(Ghost::hasCome);
        return new Ghost(lost, witness);
    }

    /** Milliseconds from now until the witness is told that the user is gone; fails when it is never told. */
    Future<Long> goneAfterMs() {
        return after(() -> witness.await(frame -> has(frame, "departed")));
    }

    /** Milliseconds from now until the witness is told that the user is back, after the user was gone. */
    Future<Long> backAfterMs(Future<Long> gone) {
        return after(() -> {
            gone.get();
            return witness.await(Ghost::hasCome);
        });
    }

    private static Future<Long> after(Callable<JsonObject> event) {
        long fromNs = System.nanoTime();
        FutureTask<Long> task = new FutureTask<>(() -> {
            event.call();
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - fromNs);
        });
        Thread.ofVirtual().start(task);
        return task;
    }

    @Override
    public void close() {
        lost.close();
        witness.close();
    }

    private static boolean hasCome(JsonObject frame) {
        return has(frame, "arrived") || has(frame, "userIds");
    }

    private static boolean has(JsonObject frame, String users) {
        return frame.getJsonArray(users, new JsonArray()).contains(USER);
    }
}
