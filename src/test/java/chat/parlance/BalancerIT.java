package chat.parlance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.parlance.persistence.PostgresUri;
import chat.parlance.testing.Balancer;
import chat.parlance.testing.Balancer.Server;
import chat.parlance.testing.FaultyProxy;
import chat.parlance.testing.Rest;
import chat.parlance.testing.RoomLock;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Effect on clients of nodes behind the shipped load balancer. */
final class BalancerIT {

    private static final int CLIENTS = 10;

    /** Longer than the balancer takes to mark a server as down. */
    private static final String UNREADY = "--drain.unreadyMs=4000";

    /** Close code that WebSocket clients report for a connection that ended without a close frame. */
    private static final int CUT = 1006;

    private final Rest alice = Rest.logIn(TestNode.address(), "alice");

    @BeforeAll
    static void needsHaproxy() {
        assumeTrue(Balancer.isThere(), "no HAProxy");
    }

    @Test
    void shouldLeaveItsClientsAndRequestsToANodeThatDrains() throws Exception {
        alice.post("/rooms", Map.of("roomId", "balanced"));
        Node stopping = RoomLock.startPatientNode(UNREADY, "--drain.spreadMs=1000");
        Node other = RoomLock.startPatientNode();
        try (Balancer balancer = Balancer.start(Server.of(stopping), Server.of(other));
                RoomLock lock = RoomLock.of("balanced");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Client> clients = connect(CLIENTS, balancer);
            String leaving = name(stopping);
            List<Client> sentAway = clients.stream()
                    .filter(client -> client.node().equals(leaving))
                    .toList();
            assertThat(sentAway).hasSize(CLIENTS / 2);
            // One to each node, because they have equally many connections.
            Rest there = new Rest(balancer.address(), alice.token());
            List<CompletableFuture<HttpResponse<String>>> answers = Stream.of("balanced-1", "balanced-2")
                    .map(id -> CompletableFuture.supplyAsync(
                            () -> there.post("/rooms/balanced/messages", Map.of("id", id, "text", "hi")), threads))
                    .toList();
            lock.awaitWaiting(2);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping::stop, threads);
            for (Client client : sentAway) {
                assertThat(client.socket().await("bye").getString("reason")).isEqualTo("drain");
                assertThat(client.socket().awaitClose()).isEqualTo(1012);
                assertThat(connect(balancer.address()).node()).isNotEqualTo(leaving);
            }
            lock.release();
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(201));
            stopped.join();
        } finally {
            other.stop();
        }
    }

    @Test
    void shouldLeaveItsClientsToANodeThatLostPostgresAndSendOthersElsewhere() {
        try (FaultyProxy way =
                FaultyProxy.start(1, 0, List.of(postgres().servers().getFirst().port()))) {
            Node fenced = TestNode.startBeside(
                    "--postgres.uri=" + TestNode.postgresUri(by(way)),
                    "--watch.intervalMs=200",
                    "--watch.leaseMs=1000",
                    "--watch.cutOffAfterMs=6000");
            try (Balancer balancer = Balancer.start(Server.of(fenced), Server.of(TestNode.shared()))) {
                String name = name(fenced);
                Socket its = clientOf(name, balancer);
                way.setBlackHole(true);
                assertThat(its.await("bye").getString("reason")).isEqualTo("cut_off");
                assertThat(its.awaitClose()).isEqualTo(1012);
                assertThat(connect(balancer.address()).node()).isNotEqualTo(name);
                way.setBlackHole(false);
            } finally {
                fenced.stop();
            }
        }
    }

    @Test
    void shouldCutOffTheClientsOfANodeThatDoesNotAnswer() {
        Node silent = TestNode.startBeside();
        try (FaultyProxy way = FaultyProxy.start(1, 0, List.of(silent.managementPort()));
                Balancer balancer =
                        Balancer.start(new Server(silent.httpPort(), way.port()), Server.of(TestNode.shared()))) {
            String name = name(silent);
            Socket its = clientOf(name, balancer);
            way.setBlackHole(true);
            assertThat(its.awaitClose()).isEqualTo(CUT);
            assertThat(connect(balancer.address()).node()).isNotEqualTo(name);
        } finally {
            silent.stop();
        }
    }

    /** The one of two clients that is connected to the node. */
    private Socket clientOf(String name, Balancer balancer) {
        return connect(2, balancer).stream()
                .filter(client -> client.node().equals(name))
                .findFirst()
                .orElseThrow()
                .socket();
    }

    private String name(Node node) {
        return connect("127.0.0.1:" + node.httpPort()).node();
    }

    /** @param node name of the node that it is connected to */
    private record Client(Socket socket, String node) {}

    private Client connect(String address) {
        Socket socket = Socket.open("ws://" + address + "/ws", Map.of());
        socket.send(Map.of("type", "auth", "token", alice.token()));
        return new Client(socket, socket.await("welcome").getString("node"));
    }

    private List<Client> connect(int count, Balancer balancer) {
        return Stream.generate(() -> connect(balancer.address())).limit(count).toList();
    }

    private static PostgresUri by(FaultyProxy way) {
        PostgresUri there = postgres();
        return new PostgresUri(there.user(), there.password(), "127.0.0.1", way.port(), there.database());
    }

    private static PostgresUri postgres() {
        return TestNode.shared().postgres();
    }
}
