package chat.parlance.smoke;

import chat.parlance.testing.ContractChecker;
import chat.parlance.testing.ContractChecker.Seen;
import chat.parlance.testing.ContractClient;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.Waits;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Clients that keep their side of the contract and send, while nodes come and go, until they are told to stop. */
final class Load {

    private static final List<String> ROOMS = List.of("load-a", "load-b");
    /** One client through the balancer, and one on each of the first three nodes. */
    private static final int CLIENTS_PER_ROOM = 4;

    private static final int PAUSE_MS = 200;
    private static final int CONNECT_MS = 60_000;
    private static final int SETTLE_MS = 60_000;
    private static final int PAGE = 100;
    private static final int MAX_SHOWN = 5;

    private final List<String> nodes;
    private final List<String> balancer;
    private final long maxWaitMs;
    private final List<ContractClient> clients = new ArrayList<>();
    private final List<Thread> senders = new ArrayList<>();
    private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    private long startNs;
    private volatile boolean stopping;

    /**
     * @param balancer the address through which one client of each room connects
     * @param maxWaitMs limit of each client's longest wait for an acknowledgement or an event
     */
    Load(List<String> nodes, String balancer, long maxWaitMs) {
        this.maxWaitMs = maxWaitMs;
        this.nodes = nodes;
        this.balancer = List.of(balancer);
    }

    /** Connects all clients, and begins to send. */
    void start() throws InterruptedException {
        for (String name : ROOMS) {
            String room = name + "-" + run;
            Rest.logIn(nodes.get(0), "load-0").post("/rooms", Map.of("roomId", room));
            for (int i = 0; i < CLIENTS_PER_ROOM; i++) {
                String user = "load-" + i;
                List<String> addresses = i == 0 ? balancer : nodes;
                clients.add(ContractClient.start(
                        room + "-" + i,
                        addresses,
                        i,
                        Rest.logIn(nodes.get(i), user).token(),
                        room));
            }
        }
        for (ContractClient client : clients) {
            if (!client.awaitConnected(CONNECT_MS)) {
                throw new IllegalStateException("a client could not connect");
            }
        }
        startNs = System.nanoTime();
        clients.forEach(client -> senders.add(Thread.ofVirtual().start(() -> send(client))));
    }

    /** Stops sending, waits until everything has arrived, and checks the clients' logs by I1 to I8. */
    void finish(Table table) throws InterruptedException {
        stopping = true;
        long endNs = System.nanoTime();
        for (Thread sender : senders) {
            sender.join(SETTLE_MS);
        }
        for (String name : ROOMS) {
            String room = name + "-" + run;
            judge(
                    room,
                    clients.stream()
                            .filter(client -> client.room().equals(room))
                            .toList(),
                    table);
        }
        Map<Integer, Integer> codes = new TreeMap<>();
        clients.forEach(client -> client.closeCodes().forEach((code, times) -> codes.merge(code, times, Integer::sum)));
        table.row(
                "clients whose node is gone go to another",
                clients.stream().mapToInt(ContractClient::joins).sum() > clients.size(),
                "%d joins of %d clients, close codes %s"
                        .formatted(
                                clients.stream().mapToInt(ContractClient::joins).sum(), clients.size(), codes));
        long longestMs = Waits.of(clients).longest(startNs, endNs).max();
        table.row(
                "longest wait of a client",
                longestMs <= maxWaitMs,
                "%d ms, target %d ms".formatted(longestMs, maxWaitMs));
        clients.forEach(ContractClient::close);
    }

    private void send(ContractClient client) {
        try {
            for (int i = 0; !stopping; i++) {
                client.send("%s-%d".formatted(client.log().client(), i), "a message under load");
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void judge(String room, List<ContractClient> members, Table table) throws InterruptedException {
        List<Seen> history = history(room);
        boolean caughtUp = true;
        for (ContractClient member : members) {
            caughtUp &= member.awaitHead(history.size(), SETTLE_MS);
        }
        List<ContractChecker.Log> logs =
                members.stream().map(ContractClient::log).toList();
        List<ContractChecker.Violation> violations = ContractChecker.check(logs, history);
        int started = members.stream().mapToInt(ContractClient::started).sum();
        int acked = logs.stream().mapToInt(log -> log.sends().size()).sum();
        table.row(
                "I1 to I8 in " + room.replace("-" + run, ""),
                violations.isEmpty() && caughtUp && acked > 0 && acked == started,
                "%d sent, %d acked, %d events, %d violations"
                        .formatted(started, acked, history.size(), violations.size()));
        violations.stream().limit(MAX_SHOWN).forEach(violation -> System.out.println("  " + violation));
    }

    private List<Seen> history(String room) {
        Rest reader = Rest.logIn(nodes.get(0), "load-0");
        List<Seen> history = new ArrayList<>();
        for (List<JsonObject> page = page(reader, room, 0);
                !page.isEmpty();
                page = page(reader, room, history.size())) {
            page.forEach(event ->
                    history.add(new Seen(event.getLong("seq"), event.getString("id", ""), event.getString("stamp"))));
        }
        return history;
    }

    private static List<JsonObject> page(Rest reader, String room, long after) {
        String body = reader.get("/rooms/%s/events?after=%d&limit=%d".formatted(room, after, PAGE))
                .body();
        return Socket.events(new JsonObject(body).put("type", "events"));
    }
}
