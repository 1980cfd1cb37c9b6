package chat.parlance;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Alerts;
import chat.parlance.testing.Counters;
import chat.parlance.testing.Database;
import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.Ports;
import chat.parlance.testing.Rest;
import chat.parlance.testing.RoomLock;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestCluster;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Behaviour at each limit of docs/CONTRACT.md, and its metrics. */
final class BackPressureIT {

    private static final int TIMEOUT_SECONDS = 30;
    private static final Duration APPEND = Duration.ofSeconds(1);

    /** Factor by which promised times may be exceeded on a busy machine. */
    private static final int SLACK = 3;

    /** Number of messages that, with their text, exceed what the kernel buffers for a reader that does not read. */
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
        awaitCount(node, "parlance_connections_cut_total{code=\"1013\",reason=\"slow\"}");
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
    void shouldRefuseRequestsOfASlowPostgresInBoundedTime() throws Exception {
        Node node = start(
                "--postgres.statementTimeoutMs=1000",
                "--persistence.appendTimeoutMs=" + APPEND.toMillis(),
                "--persistence.maxQueued=40",
                "--persistence.maxQueuedPerRoom=20",
                "--websocket.maxPendingRequests=10");
        Rest alice = Rest.logIn(address(node), "alice");
        alice.post("/rooms", Map.of("roomId", "slow"));
        List<Socket> senders = IntStream.range(0, 4)
                .mapToObj(i -> keep(Socket.authenticated(address(node), alice.token())))
                .toList();
        try (SlowRoom _ = SlowRoom.of("slow")) {
            long begin = System.nanoTime();
            post(senders);
            // Every request is answered while Postgres answers none.
            for (Socket sender : senders) {
                for (int i = 0; i < 15; i++) {
                    JsonObject refused = sender.await("error");
                    assertThat(refused.getString("code")).isIn("server.overloaded", "storage.unavailable");
                    assertThat(refused.getBoolean("retryable")).isTrue();
                }
            }
            // The sender's last five requests are read when its first ten are answered.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(APPEND.multipliedBy(2L * SLACK));
        }
        awaitCount(node, "parlance_commit_refused_total{reason=\"room_full\"}");
        awaitCount(node, "parlance_commit_unknown_total");
        awaitCount(node, "parlance_connections_paused_total");
        // The same ids again, as from a sender whose posts were refused.
        for (int i = 0; i < senders.size(); i++) {
            for (int j = 0; j < 15; j++) {
                store(senders.get(i), "slow", "slow-" + i + "-" + j);
            }
        }
        assertThat(new JsonObject(alice.get("/rooms/slow").body()).getLong("head"))
                .isEqualTo(1 + 4 * 15);
    }

    @Test
    void shouldRefuseAtOncePostsBeyondTheLimitOfTheCommittingNodeAndGiveUpTheRestInTime() throws Exception {
        List<String> cluster = TestCluster.ofCluster(Ports.free());
        Node door = start(
                cluster,
                "--node.roles=http,websocket",
                "--persistence.maxQueued=5",
                "--persistence.appendTimeoutMs=" + APPEND.toMillis());
        start(cluster, "--node.roles=persistence");
        Rest alice = Rest.logIn(address(door), "alice");
        alice.post("/rooms", Map.of("roomId", "handed"));
        try (RoomLock lock = RoomLock.of("handed");
                Socket sender = Socket.authenticated(address(door), alice.token())) {
            long begin = System.nanoTime();
            for (int i = 0; i < 8; i++) {
                sender.post("handed", "handed-" + i, "hi");
            }
            List<String> codes = Stream.generate(() -> sender.await("error").getString("code"))
                    .limit(8)
                    .toList();
            assertThat(codes.subList(0, 3)).containsOnly("server.overloaded");
            assertThat(codes.subList(3, 8)).containsOnly("storage.unavailable");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(APPEND.multipliedBy(SLACK));
            lock.release();
            for (int i = 0; i < 8; i++) {
                store(sender, "handed", "handed-" + i);
            }
        }
        assertThat(count(door, "parlance_commit_refused_total{reason=\"full\"}"))
                .isEqualTo(3);
        assertThat(count(door, "parlance_append_unanswered_total")).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "reads, postgres.maxWaitingReads, /rooms/read-reads/events?before=9, 35",
        // One search of the user runs beside the waiting ones.
        "searches, search.maxWaiting, /search?q=hello, 34"
    })
    void shouldRefuseReadsAtOnceWhenTooManyWait(String purpose, String limit, String path, int refusedAtOnce)
            throws Exception {
        Node node = start("--postgres.statementTimeoutMs=1000", "--search.perUser=40", "--" + limit + "=5");
        Rest alice = Rest.logIn(address(node), "alice");
        alice.post("/rooms", Map.of("roomId", "read-" + purpose));
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            connection.setAutoCommit(false);
            statement.execute("lock table event in access exclusive mode");
            List<Future<HttpResponse<String>>> reads = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                reads.add(readers.submit(() -> alice.get(path)));
            }
            for (Future<HttpResponse<String>> read : reads) {
                assertThat(read.get().statusCode()).isEqualTo(503);
                assertThat(Rest.code(read.get())).isIn("server.overloaded", "storage.unavailable");
            }
            connection.rollback();
        }
        double refused = count(node, "parlance_reads_refused_total{for=\"" + purpose + "\"}");
        assertThat(refused).isGreaterThanOrEqualTo(refusedAtOnce);
        assertThat(count(node, "parlance_postgres_failures_total{for=\"" + purpose + "\"}"))
                .isPositive()
                .isEqualTo(40 - refused);
        assertThat(alice.get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldDropMessagesToAFrozenPeerAndLetItReadThemLater() throws Exception {
        List<String> cluster = TestCluster.ofCluster(Ports.free());
        Node node = start(cluster, "--cluster.inFlightLimitBytes=100000");
        NodeProcess peer = keep(NodeProcess.start(
                TestNode.environment(),
                Stream.concat(
                                cluster.stream(),
                                // It reconnects in time, and its reader reads the missed events at once.
                                Stream.of("--watch.cutOffAfterMs=600000", "--websocket.outboundLimitBytes=67108864"))
                        .toArray(String[]::new)));
        peer.awaitReady();
        Rest alice = Rest.logIn(address(node), "alice");
        alice.post("/rooms", Map.of("roomId", "pressed"));
        try (Socket reader = Socket.authenticated(peer.address(), alice.token());
                Socket sender = Socket.authenticated(address(node), alice.token())) {
            reader.join("pressed", 1L);
            int before = sendUntilThePeerIsSentIt(sender, node);
            reader.awaitEvents(before);
            String scrape = Alerts.scrape(management(node));
            peer.signal("STOP");
            flood(sender, "pressed");
            awaitCount(node, "parlance_peer_dropped_bytes_total{of=\"events\"}");
            Alerts.assertFires("ParlancePeerStuck", scrape, Alerts.scrape(management(node)));
            peer.signal("CONT");
            assertThat(reader.awaitEvents(FLOOD))
                    .extracting(event -> event.getLong("seq"))
                    .containsExactlyElementsOf(LongStream.rangeClosed(before + 2, FLOOD + before + 1)
                            .boxed()
                            .toList());
        }
    }

    /** Posts until the acknowledgement: a commit may take longer than the short timeout of these nodes. */
    private static void store(Socket sender, String room, String id) {
        JsonObject answer;
        do {
            sender.post(room, id, "hi");
            answer = sender.await(frame -> id.equals(frame.getString("ref")));
        } while (answer.getBoolean("retryable", false));
        assertThat(answer.getString("type")).isEqualTo("ack");
    }

    /**
     * Sends messages until the node sends one to its peer, which may know late that the peer has the room.
     *
     * @return number of messages
     */
    private static int sendUntilThePeerIsSentIt(Socket sender, Node node) {
        int sent = 0;
        while (count(node, "parlance_peer_bytes_total{of=\"events\"}") == 0) {
            sender.post("pressed", "pressed-first-" + sent, "hi");
            sender.await("ack");
            sent++;
        }
        return sent;
    }

    private Node start(List<String> cluster, String... settings) {
        return start(Stream.concat(cluster.stream(), Stream.of(settings)).toArray(String[]::new));
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

    /** Posts from a connection that is not in the room, so that only acknowledgements come back. */
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
        return Database.connect();
    }

    private static void awaitCount(Node node, String metric) {
        Counters.await(management(node), metric, 1);
    }

    private static double count(Node node, String metric) {
        return Counters.of(management(node), metric);
    }

    private static String management(Node node) {
        return "127.0.0.1:" + node.managementPort();
    }

    /** A room whose messages take longer than the statement timeout. */
    private record SlowRoom(Connection connection) implements AutoCloseable {

        static SlowRoom of(String room) throws SQLException {
            Connection connection = connect();
            try (Statement statement = connection.createStatement()) {
                statement.execute("""
                    create function be_slow() returns trigger language plpgsql as $$
                    begin
                        if new.room_id = '%s' then
                            perform pg_sleep(60);
                        end if;
                        return new;
                    end
                    $$;
                    create trigger slow before insert on event for each row execute function be_slow();
                    """.formatted(room));
            }
            return new SlowRoom(connection);
        }

        @Override
        public void close() throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("drop trigger slow on event; drop function be_slow");
            }
            connection.close();
        }
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
                            // Requests nothing.
                        }
                    })
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
            socket.sendText("{\"type\":\"join\",\"roomId\":\"" + room + "\"}", true)
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
    }
}
