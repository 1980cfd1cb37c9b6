package chat.parlance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.ContractChecker;
import chat.parlance.testing.ContractClient;
import chat.parlance.testing.FaultCluster;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Three node processes on one Postgres, clients that keep their side of the contract and send all the time, and faults for
 * real. Each fault adds a line to a ledger.
 *
 * <pre>
 *   mvn verify -Dtest=ArchitectureTest -Dit.test=FaultIT -Dfaults.times=20     the long form: each fault twenty times
 * </pre>
 */
final class FaultIT {

    private static final int CLIENTS = 30;
    private static final int TIMES = Integer.getInteger("faults.times", 1);
    private static final int SEND_EVERY_MS = 100;
    private static final int QUIET_MS = 1000;
    private static final int AFTERMATH_MS = 4000;
    private static final int RETRIES = 10_000;

    private static final List<String> LEDGER = new ArrayList<>();
    private static FaultCluster cluster;
    private static List<Rest> users;

    /** What is done to the cluster, and undone. */
    enum Fault {
        NODE_KILLED("F1 node killed -9") {
            @Override
            void strike(FaultCluster cluster, int node) {
                cluster.kill(node);
                cluster.start(node);
            }
        },
        NODE_FROZEN("F2 node frozen for 4 s, past its lease") {
            @Override
            void strike(FaultCluster cluster, int node) throws InterruptedException {
                cluster.signal(node, "STOP");
                TimeUnit.SECONDS.sleep(4);
                cluster.signal(node, "CONT");
            }
        },
        POSTGRES_KILLED("F5 Postgres killed -9") {
            @Override
            void strike(FaultCluster cluster, int node) {
                TestNode.killPostgres();
            }
        },
        ROLLING_RESTART("F10 rolling restart") {
            @Override
            void strike(FaultCluster cluster, int node) {
                for (int i = 0; i < FaultCluster.NODES; i++) {
                    cluster.stop(i);
                    cluster.start(i);
                }
            }
        };

        private final String title;

        Fault(String title) {
            this.title = title;
        }

        abstract void strike(FaultCluster cluster, int node) throws InterruptedException;
    }

    @BeforeAll
    static void start() {
        cluster = FaultCluster.startAll();
        users = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            users.add(Rest.logIn(TestNode.address(), "fault-" + i));
        }
    }

    @AfterAll
    static void printLedger() {
        cluster.close();
        System.out.printf(
                Locale.ROOT,
                "%n%-40s %8s %8s %12s %12s%n",
                "fault",
                "sent",
                "acked",
                "violations",
                "longest gap of a client, p50 / max ms");
        LEDGER.forEach(System.out::println);
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepTheContract(Fault fault) throws Exception {
        for (int time = 0; time < TIMES; time++) {
            String room = fault.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + time;
            users.getFirst().post("/rooms", Map.of("roomId", room));
            run(fault, room, time % FaultCluster.NODES);
        }
    }

    @Test
    void shouldStoreOnceWhatIsSentTenThousandTimes() {
        users.getFirst().post("/rooms", Map.of("roomId", "retries"));
        List<Socket> sockets = new ArrayList<>();
        for (String address : cluster.addresses()) {
            Socket socket = Socket.authenticated(address, users.getFirst().token());
            socket.join("retries", null);
            sockets.add(socket);
        }
        for (int i = 0; i < RETRIES; i++) {
            sockets.get(i % sockets.size()).post("retries", "the-one", "the same");
        }
        for (int i = 0; i < RETRIES; i++) {
            assertThat(sockets.get(i % sockets.size()).await("ack").getLong("seq"))
                    .isEqualTo(2);
        }
        sockets.forEach(Socket::close);
        assertThat(history("retries")).hasSize(2);
        LEDGER.add(String.format(
                Locale.ROOT, "%-40s %8d %8d %12d", "F12 one send retried over three nodes", RETRIES, RETRIES, 0));
    }

    private static void run(Fault fault, String room, int node) throws Exception {
        List<ContractClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new ContractClient(
                    "c" + i, cluster.addresses(), i, users.get(i % users.size()).token(), room));
        }
        clients.forEach(client -> client.awaitHead(1));
        AtomicBoolean sending = new AtomicBoolean(true);
        long struckAt;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> senders = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                ContractClient client = clients.get(i);
                String prefix = room + "-" + i + "-";
                senders.add(threads.submit(() -> {
                    for (int m = 0; sending.get(); m++) {
                        client.send(prefix + m);
                        TimeUnit.MILLISECONDS.sleep(SEND_EVERY_MS);
                    }
                    return null;
                }));
            }
            TimeUnit.MILLISECONDS.sleep(QUIET_MS);
            struckAt = System.nanoTime();
            fault.strike(cluster, node);
            TimeUnit.MILLISECONDS.sleep(AFTERMATH_MS);
            sending.set(false);
            for (Future<?> sender : senders) {
                sender.get();
            }
        }
        long stopped = System.nanoTime();
        List<ContractChecker.Seen> history = history(room);
        clients.forEach(client -> client.awaitHead(history.size()));
        clients.forEach(ContractClient::disconnect);
        judge(fault, clients, history, struckAt, stopped);
    }

    private static void judge(
            Fault fault,
            List<ContractClient> clients,
            List<ContractChecker.Seen> history,
            long struckAt,
            long stopped) {
        List<String> violations = new ArrayList<>();
        clients.forEach(client -> violations.addAll(client.violations()));
        violations.addAll(
                ContractChecker.check(clients.stream().map(ContractClient::log).toList(), history));
        long acked = clients.stream()
                .mapToLong(client -> client.log().sends().size())
                .sum();
        List<Long> gapsMs = clients.stream()
                .map(client -> TimeUnit.NANOSECONDS.toMillis(client.longestGapNs(struckAt, stopped)))
                .sorted()
                .toList();
        LEDGER.add(String.format(
                Locale.ROOT,
                "%-40s %8d %8d %12d %12d / %d",
                fault.title,
                clients.stream().mapToInt(ContractClient::started).sum(),
                acked,
                violations.size(),
                gapsMs.get(gapsMs.size() / 2),
                gapsMs.getLast()));
        assertThat(violations).as(fault.title).isEmpty();
        assertThat(acked).as("sends during " + fault.title).isGreaterThan(CLIENTS);
    }

    private static List<ContractChecker.Seen> history(String room) {
        Map<Long, String> history = new LinkedHashMap<>();
        Rest reader = new Rest(TestNode.address(), users.getFirst().token());
        while (true) {
            JsonObject page = new JsonObject(reader.get("/rooms/" + room + "/events?limit=100&after=" + history.size())
                    .body());
            page.getJsonArray("events").forEach(item -> {
                JsonObject event = (JsonObject) item;
                history.put(event.getLong("seq"), event.getString("id", ""));
            });
            if (page.getJsonArray("events").isEmpty()) {
                return history.entrySet().stream()
                        .map(event -> new ContractChecker.Seen(event.getKey(), event.getValue()))
                        .toList();
            }
        }
    }
}
