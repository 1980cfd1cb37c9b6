package chat.parlance.faults;

import chat.parlance.model.Stamp;
import chat.parlance.testing.ContractChecker;
import chat.parlance.testing.ContractClient;
import chat.parlance.testing.Rest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Clients at work: they connect, send until they are stopped, receive the rest, and are judged. */
final class LoadRun implements AutoCloseable {

    private static final long CONNECT_TIMEOUT_MS = 180_000;
    private static final long SETTLE_TIMEOUT_MS = 60_000;

    private static final String HISTORY = """
        select seq, coalesce(client_id, ''), stamp from event where room_id = ? order by seq
        """;

    private final Load load;
    private final Map<String, List<ContractClient>> rooms = new LinkedHashMap<>();
    private final List<ContractClient> clients = new ArrayList<>();
    private final List<Future<?>> senders = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean sending = true;
    private long lost;

    private LoadRun(Load load) {
        this.load = load;
    }

    /**
     * Creates the rooms and connects the clients; when this returns all are sending.
     *
     * @param name prefix of the names of the rooms
     */
    static LoadRun start(Load load, String name, List<String> addresses, List<Rest> users) throws InterruptedException {
        LoadRun run = new LoadRun(load);
        for (int i = 0; i < load.rooms(); i++) {
            String room = name + "-" + i;
            users.getFirst().post("/rooms", Map.of("roomId", room));
            run.rooms.put(room, new ArrayList<>());
        }
        List<String> ids = List.copyOf(run.rooms.keySet());
        for (int i = 0; i < load.clients(); i++) {
            String room = ids.get(i % ids.size());
            int node = Load.home(i, ids.size(), addresses.size());
            ContractClient client = ContractClient.start(
                    "c" + i, addresses, node, users.get(i % users.size()).token(), room);
            run.clients.add(client);
            run.rooms.get(room).add(client);
        }
        for (ContractClient client : run.clients) {
            if (!client.awaitConnected(CONNECT_TIMEOUT_MS)) {
                throw new AssertionError("a client did not connect in time");
            }
        }
        for (int i = 0; i < run.clients.size(); i++) {
            ContractClient client = run.clients.get(i);
            String prefix = client.room() + "-" + i + "-";
            run.senders.add(run.threads.submit(() -> run.send(client, prefix)));
        }
        return run;
    }

    List<ContractClient> clients() {
        return clients;
    }

    /** Stops the sends, and waits until every client has all messages; fails when that takes too long. */
    Verdict finish(FaultScene scene) throws InterruptedException, SQLException {
        sending = false;
        for (Future<?> sender : senders) {
            try {
                sender.get(SETTLE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException unanswered) {
                throw new AssertionError("a client's last send was not answered", unanswered);
            } catch (ExecutionException failed) {
                throw new AssertionError(failed);
            }
        }
        List<ContractChecker.Violation> violations = new ArrayList<>();
        try (Connection connection = scene.postgres().connect()) {
            for (Map.Entry<String, List<ContractClient>> room : rooms.entrySet()) {
                List<ContractChecker.Seen> history = history(connection, room.getKey());
                for (ContractClient client : room.getValue()) {
                    // The checker finds a client that does not get there, with the messages that it has not seen.
                    client.awaitLast(history.getLast(), SETTLE_TIMEOUT_MS);
                }
                violations.addAll(ContractChecker.check(logs(scene, room.getKey(), room.getValue(), history), history));
            }
        }
        if (scene.hasLost()) {
            long drops = clients.stream().mapToLong(ContractClient::drops).sum();
            scene.measure("acknowledged and lost with the database", lost);
            scene.measure("copies dropped", drops);
            scene.require(lost > 0 && drops > 0, "clients held what was lost");
        }
        return new Verdict(
                clients.stream().mapToInt(ContractClient::started).sum(),
                clients.stream().mapToInt(client -> client.sends().size()).sum(),
                violations);
    }

    private List<ContractChecker.Log> logs(
            FaultScene scene, String room, List<ContractClient> members, List<ContractChecker.Seen> history) {
        Set<String> stored = history.stream().map(ContractChecker.Seen::id).collect(Collectors.toSet());
        List<ContractChecker.Log> logs = new ArrayList<>();
        for (ContractClient member : members) {
            ContractChecker.Log log = member.log();
            List<ContractChecker.Send> sends = log.sends().stream()
                    .map(send -> scene.mayBeLost(send) && !stored.contains(send.id()) ? lost(send) : send)
                    .toList();
            logs.add(new ContractChecker.Log(log.client(), sends, log.seen(), log.dropped(), List.of()));
        }
        // No client is left that has seen the filled-in events.
        logs.add(new ContractChecker.Log("filler", scene.fillers(room), history));
        return logs;
    }

    private ContractChecker.Send lost(ContractChecker.Send send) {
        lost++;
        return new ContractChecker.Send(send.id(), null, send.sentAt(), send.answeredAt());
    }

    @Override
    public void close() {
        sending = false;
        threads.shutdownNow();
        clients.forEach(ContractClient::close);
    }

    private Void send(ContractClient client, String prefix) throws InterruptedException {
        // Not all at the same moment of each interval.
        TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(load.sendEveryMs() + 1));
        for (int i = 0; sending; i++) {
            client.send(prefix + i, "x".repeat(load.textBytes()));
            TimeUnit.MILLISECONDS.sleep(load.sendEveryMs());
        }
        return null;
    }

    private static List<ContractChecker.Seen> history(Connection connection, String room) throws SQLException {
        List<ContractChecker.Seen> history = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(HISTORY)) {
            statement.setString(1, room);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                history.add(new ContractChecker.Seen(
                        rows.getLong(1), rows.getString(2), new Stamp(rows.getLong(3)).toString()));
            }
        }
        return history;
    }
}
