package chat.parlance;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.persistence.PostgresUri;
import chat.parlance.testing.Counters;
import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.Ports;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestCluster;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens at each bound of docs/CONTRACT.md, and that the metrics tell of it. */
final class BackPressureIT {

    private static final int TIMEOUT_SECONDS = 30;

    /** With the text, more than the kernel takes for a reader that does not read. */
    private static final int FLOOD = 2_500;

    private static final String TEXT = "x".repeat(8_000);

    private final List<AutoCloseable> started = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : started.reversed()) {
            one.close();
        }
    }

    @Test
    void shouldCutAReaderThatStallsAndLetItResume() throws Exception {
        Node node = start("--websocket.outboundLimitBytes=524288", "--room.catchUpLimit=10000");
        String address = address(node);
        Rest alice = Rest.logIn(address, "alice");
        alice.post("/rooms", Map.of("roomId", "stalled"));
        StalledReader stalled = new StalledReader(address, alice.token(), "stalled");
        try (Socket sender = Socket.authenticated(address, alice.token())) {
            flood(sender, "stalled");
        }
        awaitCount(node, "parlance_connections_cut_total{code=\"1013\"}");
        stalled.socket().abort();
        try (Socket back = Socket.authenticated(address, alice.token())) {
            back.join("stalled", 1L);
            assertThat(back.awaitEvents(FLOOD))
                    .extracting(event -> event.getLong("seq"))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(2, FLOOD + 1).boxed().toList());
        }
    }

    @Test
    void shouldRefuseInBoundedTimeWhatASlowPostgresDoesNotTake() throws Exception {
        Node node = start(
                "--postgres.statementTimeoutMs=1000",
                "--persistence.appendTimeoutMs=1000",
                "--persistence.maxQueued=40",
                "--persistence.maxQueuedPerRoom=20",
                "--websocket.maxPendingRequests=10");
        Rest alice = Rest.logIn(address(node), "alice");
        alice.post("/rooms", Map.of("roomId", "slow"));
        List<Socket> senders = IntStream.range(0, 4)
                .mapToObj(i -> keep(Socket.authenticated(address(node), alice.token())))
                .toList();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select from room where room_id = 'slow' for update");
            post(senders);
            // Every one is answered while Postgres answers none.
            for (Socket sender : senders) {
                for (int i = 0; i < 15; i++) {
                    JsonObject refused = sender.await("error");
                    assertThat(refused.getString("code")).isIn("server.overloaded", "storage.unavailable");
                    assertThat(refused.getBoolean("retryable")).isTrue();
                }
            }
            connection.rollback();
        }
        awaitCount(node, "parlance_commit_refused_total");
        awaitCount(node, "parlance_connections_paused_total");
        // The same ids again: a sender that was refused for what is full waits and tries once more.
        for (int i = 0; i < senders.size(); i++) {
            for (int j = 0; j < 15; j++) {
                senders.get(i).post("slow", "slow-" + i + "-" + j, "hi");
                senders.get(i).await("ack");
            }
        }
        assertThat(new JsonObject(alice.get("/rooms/slow").body()).getLong("head"))
                .isEqualTo(1 + 4 * 15);
    }

    @Test
    void shouldRefuseReadsAtOnceWhenTooManyWait() throws Exception {
        Node node = start("--postgres.statementTimeoutMs=1000", "--postgres.maxWaitingReads=5");
        Rest alice = Rest.logIn(address(node), "alice");
        alice.post("/rooms", Map.of("roomId", "read"));
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            connection.setAutoCommit(false);
            statement.execute("lock table event in access exclusive mode");
            List<Future<HttpResponse<String>>> reads = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                reads.add(readers.submit(() -> alice.get("/rooms/read/events")));
            }
            for (Future<HttpResponse<String>> read : reads) {
                assertThat(read.get().statusCode()).isEqualTo(503);
                assertThat(Rest.code(read.get())).isIn("server.overloaded", "storage.unavailable");
            }
            connection.rollback();
        }
        awaitCount(node, "parlance_reads_refused_total");
        assertThat(alice.get("/rooms/read/events").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldDropWhatAFrozenPeerDoesNotTakeAndLetItReadThatLater() throws Exception {
        List<String> cluster = TestCluster.ofCluster(Ports.free());
        Node node = start(Stream.concat(cluster.stream(), Stream.of("--cluster.inFlightLimitBytes=100000"))
                .toArray(String[]::new));
        NodeProcess peer = keep(NodeProcess.start(
                Map.of("PARLANCE_POSTGRES_URI", TestNode.postgresUri(), "PARLANCE_AUTH_KEY", TestNode.KEY),
                cluster.toArray(String[]::new)));
        peer.awaitReady();
        Rest alice = Rest.logIn(address(node), "alice");
        alice.post("/rooms", Map.of("roomId", "pressed"));
        try (Socket reader = Socket.authenticated(peer.address(), alice.token());
                Socket sender = Socket.authenticated(address(node), alice.token())) {
            reader.join("pressed", 1L);
            sender.post("pressed", "pressed-first", "hi");
            reader.awaitEvents(1);
            peer.signal("STOP");
            flood(sender, "pressed");
            awaitCount(node, "parlance_peer_dropped_bytes_total");
            peer.signal("CONT");
            assertThat(reader.awaitEvents(FLOOD))
                    .extracting(event -> event.getLong("seq"))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(3, FLOOD + 2).boxed().toList());
        }
    }

    private Node start(String... settings) {
        Node node = TestNode.startBeside(settings);
        started.add(node::stop);
        return node;
    }

    private <T extends AutoCloseable> T keep(T closeable) {
        started.add(closeable);
        return closeable;
    }

    private static String address(Node node) {
        return "127.0.0.1:" + node.httpPort();
    }

    /** Posts from a connection that is not in the room, so that nothing comes back but acknowledgements. */
    private static void flood(Socket sender, String room) {
        for (int i = 0; i < FLOOD; i++) {
            sender.post(room, room + "-" + i, TEXT);
        }
        for (int i = 0; i < FLOOD; i++) {
            sender.await("ack");
        }
    }

    private static void post(List<Socket> senders) {
        for (int i = 0; i < senders.size(); i++) {
            for (int j = 0; j < 15; j++) {
                senders.get(i).post("slow", "slow-" + i + "-" + j, "hi");
            }
        }
    }

    private static Connection connect() throws SQLException {
        PostgresUri uri = TestNode.shared().postgres();
        return DriverManager.getConnection(uri.jdbcUrl(), uri.user(), uri.password());
    }

    private static void awaitCount(Node node, String metric) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (count(node, metric) == 0) {
            assertThat(System.nanoTime()).as(metric + " stays 0").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private static double count(Node node, String metric) {
        return Counters.of("127.0.0.1:" + node.managementPort(), metric);
    }

    /** Joins a room, and then reads nothing. */
    private record StalledReader(WebSocket socket) {

        StalledReader(String address, String token, String room) throws Exception {
            this(HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .header("Authorization", "Bearer " + token)
                    .buildAsync(URI.create("ws://" + address + "/ws"), new WebSocket.Listener() {
                        @Override
                        public void onOpen(WebSocket opened) {
                            // Asks for nothing.
                        }
                    })
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
            socket.sendText("{\"type\":\"join\",\"room\":\"" + room + "\"}", true)
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
    }
}
