package chat.parlance.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Clients that send in one room, spread over nodes, until they are closed. */
public final class Crowd implements AutoCloseable {

    private static final int CLIENTS = 12;
    private static final int PATIENCE_MS = 60_000;

    private final List<ContractClient> clients = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private Crowd() {}

    /** Connects clients of one user; when this returns each has received an acknowledgement. */
    public static Crowd start(String room, List<String> addresses, Rest user) throws InterruptedException {
        user.post("/rooms", Map.of("roomId", room));
        Crowd crowd = new Crowd();
        for (int i = 0; i < CLIENTS; i++) {
            ContractClient client = ContractClient.start("c" + i, addresses, i % addresses.size(), user.token(), room);
            crowd.clients.add(client);
            String prefix = room + "-" + i + "-";
            if (!client.awaitConnected(PATIENCE_MS)) {
                throw new AssertionError("a client did not connect");
            }
            client.send(prefix + "first", "hello");
            crowd.threads.execute(() -> talk(client, prefix));
        }
        return crowd;
    }

    /** Number of acknowledged messages so far. */
    public int acknowledged() {
        return clients.stream().mapToInt(client -> client.sends().size()).sum();
    }

    /** Number of connections that a server closed so far, with any code. */
    public int closed() {
        return clients.stream()
                .flatMap(client -> client.closeCodes().values().stream())
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** Waits until each client has joined. */
    public void awaitConnected() throws InterruptedException {
        for (ContractClient client : clients) {
            if (!client.awaitConnected(PATIENCE_MS)) {
                throw new AssertionError("a client did not come back");
            }
        }
    }

    @Override
    public void close() {
        clients.forEach(ContractClient::close);
        threads.shutdownNow();
    }

    private static void talk(ContractClient client, String prefix) {
        try {
            for (int i = 0; !Thread.interrupted(); i++) {
                client.send(prefix + i, "hello again");
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
