package chat.parlance.faults;

import chat.parlance.testing.ContractClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;

/** One client reads far slower than its rooms send; the other clients of its node must not notice. */
record ClientSlowed(int kilobitsPerSecond, int seconds) implements Fault {

    private static final int BYTES_PER_KILOBIT = 125;

    @Override
    public void strike(FaultScene scene) throws IOException, InterruptedException {
        Neighbours others = Neighbours.of(scene, scene.node(), seconds);
        String address = scene.cluster().addresses().get(scene.node());
        String token = scene.users().getFirst().token();
        try (SlowReader reader = SlowReader.connect(address, token, kilobitsPerSecond * BYTES_PER_KILOBIT)) {
            List<String> rooms = scene.clients().stream()
                    .map(ContractClient::room)
                    .distinct()
                    .toList();
            for (String room : rooms) {
                reader.send(
                        new JsonObject().put("type", "join").put("roomId", room).encode());
            }
            reader.read(seconds);
        }
        scene.healed();
        others.compare(client -> scene.homeOf(client) == scene.node());
    }
}
