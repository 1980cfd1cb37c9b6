package chat.parlance.faults;

import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A user who is connected to the node that will die, and one of a living node who is told when the other is gone. */
final class Ghost implements AutoCloseable {

    private static final String USER = "ghost";

    private final Socket dying;
    private final Socket witness;

    private Ghost(Socket dying, Socket witness) {
        this.dying = dying;
        this.witness = witness;
    }

    /** Connects both, and waits until the one knows that the other is there. */
    static Ghost of(Scene scene, int node) {
        Cluster cluster = scene.cluster();
        String living = cluster.addresses().get((node + 1) % cluster.size());
        Rest owner = scene.users().getFirst();
        String room = "ghosts-" + System.nanoTime();
        owner.post("/rooms", Map.of("roomId", room));
        Socket witness = Socket.authenticated(living, owner.token());
        witness.join(room, null);
        Socket dying = Socket.authenticated(
                cluster.addresses().get(node), Rest.logIn(living, USER).token());
        dying.join(room, null);
        witness.await(frame -> has(frame, "arrived") || has(frame, "users"));
        return new Ghost(dying, witness);
    }

    /** In how many milliseconds from now the witness is told that it is gone; fails when that is never. */
    Future<Long> goneAfterMs() {
        long fromNs = System.nanoTime();
        FutureTask<Long> gone = new FutureTask<>(() -> {
            witness.await(frame -> has(frame, "departed"));
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - fromNs);
        });
        Thread.ofVirtual().start(gone);
        return gone;
    }

    @Override
    public void close() {
        dying.close();
        witness.close();
    }

    private static boolean has(JsonObject frame, String users) {
        return frame.getJsonArray(users, new JsonArray()).contains(USER);
    }
}
