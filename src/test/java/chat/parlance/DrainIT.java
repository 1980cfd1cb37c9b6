package chat.parlance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.testing.Counters;
import chat.parlance.testing.Health;
import chat.parlance.testing.Ports;
import chat.parlance.testing.Rest;
import chat.parlance.testing.RoomLock;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestCluster;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Effect of the stop of a node on its clients. */
final class DrainIT {

    private static final int CLIENTS = 20;
    private static final int PATIENCE_MS = 30_000;
    private static final Duration SPREAD = Duration.ofSeconds(2);
    private static final Duration DRAIN = Duration.ofSeconds(1);

    /** Time for the close of a node after that, with a second for a busy machine. */
    private static final Duration CLOSE = Duration.ofSeconds(11);

    /** Time far beyond the delivery over the bus of two nodes of one process. */
    private static final Duration LOST = Duration.ofSeconds(2);

    private static final String WAITING = "parlance_commit_waiting";

    private final Rest alice = Rest.logIn(TestNode.address(), "alice");

    @Test
    void shouldFirstOnlySayThatItIsNotReadyAndThenSendItsClientsAwayOneByOne() throws Exception {
        alice.post("/rooms", Map.of("roomId", "drain-spread"));
        Node node = TestNode.startBeside("--drain.unreadyMs=3000", "--drain.spreadMs=" + SPREAD.toMillis());
        List<Socket> sockets = IntStream.range(0, CLIENTS)
                .mapToObj(i -> Socket.authenticated(address(node), alice.token()))
                .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(node::stop, threads);
            Health.await(management(node), false, PATIENCE_MS);
            assertThat(Health.forBalancer(management(node))).isEqualTo(404);
            try (Socket late = Socket.authenticated(address(node), alice.token())) {
                late.post("drain-spread", "drain-spread-1", "hi");
                late.await("ack");
            }
            List<CompletableFuture<Long>> goodbyes = sockets.stream()
                    .map(socket -> CompletableFuture.supplyAsync(
                            () -> {
                                assertThat(socket.await("bye").getString("reason"))
                                        .isEqualTo("drain");
                                return System.nanoTime();
                            },
                            threads))
                    .toList();
            CompletableFuture.anyOf(goodbyes.toArray(CompletableFuture[]::new)).join();
            assertThatThrownBy(() -> Socket.open("ws://" + address(node) + "/ws", Map.of()))
                    .hasRootCauseMessage("Unexpected HTTP response status code 503");
            List<Long> times =
                    goodbyes.stream().map(CompletableFuture::join).sorted().toList();
            assertThat(Duration.ofNanos(times.getLast() - times.getFirst())).isGreaterThan(SPREAD.dividedBy(4));
            sockets.forEach(socket -> assertThat(socket.awaitClose()).isEqualTo(1012));
            stopped.join();
        }
    }

    @Test
    void shouldAnswerPendingRequestsBeforeItDisconnectsTheClient() throws Exception {
        alice.post("/rooms", Map.of("roomId", "drain-busy"));
        Node node = RoomLock.startPatientNode();
        try (RoomLock lock = RoomLock.of("drain-busy");
                Socket hers = Socket.authenticated(address(node), alice.token());
                Socket idle = Socket.authenticated(address(node), alice.token());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            hers.post("drain-busy", "drain-busy-1", "hi");
            lock.awaitWaiting(1);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(node::stop, threads);
            idle.await("bye");
            lock.release();
            List<JsonObject> frames = new ArrayList<>();
            hers.await(frame -> {
                frames.add(frame);
                return frame.getString("type").equals("bye");
            });
            assertThat(frames).extracting(frame -> frame.getString("type")).contains("ack");
            stopped.join();
        }
    }

    @Test
    void shouldAnswerRequestsUnderWay() throws Exception {
        alice.post("/rooms", Map.of("roomId", "drain-rest"));
        Node node = RoomLock.startPatientNode();
        try (RoomLock lock = RoomLock.of("drain-rest");
                Socket idle = Socket.authenticated(address(node), alice.token());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Rest here = new Rest(address(node), alice.token());
            CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(
                    () -> here.post("/rooms/drain-rest/messages", Map.of("id", "drain-rest-1", "text", "hi")), threads);
            lock.awaitWaiting(1);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(node::stop, threads);
            assertThat(idle.awaitClose()).isEqualTo(1012);
            awaitClosed(node);
            lock.release();
            assertThat(answer.join().statusCode()).isEqualTo(201);
            stopped.join();
        }
    }

    @Test
    void shouldFinishAcceptedEventsOfOtherNodes() throws Exception {
        alice.post("/rooms", Map.of("roomId", "drain-roles"));
        List<String> cluster = TestCluster.ofCluster(Ports.free());
        Node door = start(cluster, "--node.roles=http,websocket");
        Node store = start(cluster, "--node.roles=persistence");
        try (RoomLock lock = RoomLock.of("drain-roles");
                Socket hers = Socket.authenticated(address(door), alice.token());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            hers.post("drain-roles", "drain-roles-1", "hi");
            lock.awaitWaiting(1);
            // Has to wait for the batch before.
            hers.post("drain-roles", "drain-roles-2", "hi again");
            Counters.await(management(store), WAITING, 2);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(store::stop, threads);
            List<CompletableFuture<HttpResponse<String>>> taken =
                    sendUntilRefused(new Rest(address(door), alice.token()), store, threads);
            lock.release();
            for (int i = 1; i <= 2; i++) {
                assertThat(hers.await(frame -> frame.containsKey("ref")).getString("type"))
                        .isEqualTo("ack");
            }
            assertThat(taken)
                    .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(201));
            stopped.join();
        } finally {
            door.stop();
        }
    }

    @Test
    void shouldStopInBoundedTimeWhateverACommitWaitsFor() throws Exception {
        alice.post("/rooms", Map.of("roomId", "drain-stuck"));
        Node node = RoomLock.startPatientNode("--drain.timeoutMs=" + DRAIN.toMillis());
        try (RoomLock lock = RoomLock.of("drain-stuck");
                Socket hers = Socket.authenticated(address(node), alice.token())) {
            hers.post("drain-stuck", "drain-stuck-1", "hi");
            lock.awaitWaiting(1);
            long begin = System.nanoTime();
            node.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(DRAIN, DRAIN.plus(CLOSE));
        }
    }

    /**
     * Sends messages to a locked room, until the node accepts no more from others. A message that arrives while it
     * stops listening may be lost on the bus, and is answered only when its sender has waited long enough.
     *
     * @return the answers to the accepted ones
     */
    private static List<CompletableFuture<HttpResponse<String>>> sendUntilRefused(
            Rest sender, Node store, ExecutorService threads) {
        List<CompletableFuture<HttpResponse<String>>> taken = new ArrayList<>();
        while (true) {
            Map<String, Object> message = Map.of("id", "drain-roles-late-" + taken.size(), "text", "hi");
            CompletableFuture<HttpResponse<String>> answer =
                    CompletableFuture.supplyAsync(() -> sender.post("/rooms/drain-roles/messages", message), threads);
            long lostNs = System.nanoTime() + LOST.toNanos();
            while (!answer.isDone() && Counters.of(management(store), WAITING) <= 2 + taken.size()) {
                if (System.nanoTime() - lostNs > 0) {
                    return taken;
                }
            }
            if (answer.isDone()) {
                assertThat(Rest.code(answer.join())).isEqualTo("storage.unavailable");
                return taken;
            }
            taken.add(answer);
        }
    }

    /** Waits until the public port refuses new connections. */
    private static void awaitClosed(Node node) {
        boolean open = true;
        while (open) {
            try (java.net.Socket tried = new java.net.Socket(InetAddress.getLoopbackAddress(), node.httpPort())) {
                open = tried.isConnected();
            } catch (IOException refused) {
                open = false;
            }
        }
    }

    private static Node start(List<String> cluster, String role) {
        return RoomLock.startPatientNode(
                Stream.concat(cluster.stream(), Stream.of(role)).toArray(String[]::new));
    }

    private static String address(Node node) {
        return "127.0.0.1:" + node.httpPort();
    }

    private static String management(Node node) {
        return "127.0.0.1:" + node.managementPort();
    }
}
