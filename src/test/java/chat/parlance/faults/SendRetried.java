package chat.parlance.faults;

import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One send, retried again and again through all nodes: one row, one seq. */
record SendRetried(int retries) implements Fault {

    /** Number of concurrent sends, within the limit of a connection. */
    private static final int AT_ONCE = 30;

    @Override
    public void strike(FaultScene scene) {
        Rest user = scene.users().getFirst();
        String room = "retries-" + System.nanoTime();
        user.post("/rooms", Map.of("roomId", room));
        List<Socket> sockets = new ArrayList<>();
        for (String address : scene.cluster().addresses()) {
            Socket socket = Socket.authenticated(address, user.token());
            socket.join(room, null);
            sockets.add(socket);
        }
        String id = room + "-1";
        Set<Long> seqs = new HashSet<>();
        for (int i = 0; i < retries; i += AT_ONCE) {
            for (int j = 0; j < AT_ONCE; j++) {
                sockets.get(j % sockets.size()).post(room, id, "the same");
            }
            for (int j = 0; j < AT_ONCE; j++) {
                seqs.add(sockets.get(j % sockets.size()).await("ack").getLong("seq"));
            }
        }
        sockets.forEach(Socket::close);
        int rows = new JsonObject(user.get("/rooms/" + room + "/events").body())
                .getJsonArray("events")
                .size();
        scene.note("%d sends, %d seq, %d row".formatted(retries, seqs.size(), rows - 1));
        scene.require(seqs.size() == 1 && rows == 2, "one row and one seq");
    }
}
