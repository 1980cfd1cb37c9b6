package chat.parlance.bench;

import chat.parlance.error.StartupException;
import chat.parlance.persistence.JoinBaseline;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** {@code parlance bench joins}: the cost of first joins, of returns and of herds, beside plain inserts. Blocks. */
final class JoinsBench {

    private static final int STEP_TIMEOUT_SECONDS = 300;
    private static final int POLL_MS = 5;
    private static final int FRAME_BYTES = 1 << 24;

    /** One for the first joins and the herds, one for the returns. */
    private static final int CONNECTIONS_EACH = 2;

    /** Rows of one plain insert, as in a full batch of joins. */
    private static final int BASELINE_BATCH = 200;

    private final JoinsBenchCommand options;
    private final BenchNode node;
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final BenchRest rest;

    /** Kept, because Vert.x closes the connections of a client that nobody holds any more. */
    private final WebSocketClient client;

    private final Histogram latency = new Histogram(TimeUnit.MINUTES.toMicros(5), 3);
    private final List<JoiningClient> clients = new ArrayList<>();

    private JoinsBench(JoinsBenchCommand options, BenchNode node) {
        this.options = options;
        this.node = node;
        this.rest = new BenchRest(vertx, node.address());
        this.client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxConnections(CONNECTIONS_EACH * options.clients())
                .setMaxFrameSize(FRAME_BYTES)
                .setMaxMessageSize(FRAME_BYTES));
    }

    /** @return the process's exit code: 0 when nothing violated the contract */
    static int run(JoinsBenchCommand options) throws IOException {
        // With limits, so that the rooms of each user are counted.
        String[] settings = Stream.concat(Stream.of(IdleBench.HIGH_LIMITS), Stream.of("--limits.userRooms=100000"))
                .toArray(String[]::new);
        try (BenchNode node = BenchNode.start(settings)) {
            return new JoinsBench(options, node).measure();
        }
    }

    private int measure() throws IOException {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < options.clients(); i++) {
            tokens.add(rest.logIn("bench-" + i));
        }
        String owner = rest.logIn("bench-owner");
        createRooms(owner, "bench-room-", options.rooms());
        createRooms(owner, "bench-herd-", options.herds());
        System.out.println("                  joins/s   p50 / p99 ms     node CPU ms   Postgres CPU ms a join");
        List<JoiningClient> first = connect(tokens);
        double perSecond = step("first joins", first, JoinsBench.this::roomsOf);
        baseline(perSecond);
        List<JoiningClient> second = connect(tokens);
        step("returns", second, JoinsBench.this::roomsOf);
        for (int herd = 0; herd < options.herds(); herd++) {
            String room = "bench-herd-" + herd;
            step("a herd", first, client -> List.of(room));
        }
        List<String> violations = check(owner);
        System.out.printf(
                Locale.ROOT,
                "%,d deliveries; lost, doubled or out of order: %s%n",
                BenchRest.onLoop(
                        loop,
                        () -> clients.stream()
                                .mapToLong(JoiningClient::deliveries)
                                .sum()),
                violations.isEmpty() ? "none" : violations.size() + " clients");
        violations.stream().limit(10).forEach(System.out::println);
        runOnLoop(() -> clients.forEach(JoiningClient::close));
        BenchRest.await(vertx.close());
        return violations.isEmpty() ? 0 : 1;
    }

    private void createRooms(String owner, String prefix, int count) {
        for (int i = 0; i < count; i++) {
            rest.request(HttpMethod.POST, "/rooms", owner, new JsonObject().put("roomId", prefix + i));
        }
    }

    /** Rooms of a client, which it shares with those of its neighbours. */
    private List<String> roomsOf(int client) {
        int begin = client * options.rooms() / options.clients();
        return IntStream.range(begin, begin + options.roomsEach())
                .mapToObj(i -> "bench-room-" + i % options.rooms())
                .toList();
    }

    private List<JoiningClient> connect(List<String> tokens) {
        List<JoiningClient> connected = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            String name = "client " + i;
            String token = tokens.get(i);
            rest.await(() -> client.connect(rest.socket(token)).compose(socket -> {
                // On the loop of the bench, before the socket can deliver anything.
                connected.add(new JoiningClient(name, socket, latency));
                return Future.succeededFuture();
            }));
        }
        clients.addAll(connected);
        return connected;
    }

    /**
     * Joins rooms with all clients at once, and prints the cost.
     *
     * @return joins a second
     */
    private double step(String name, List<JoiningClient> joining, IntFunction<List<String>> rooms) throws IOException {
        runOnLoop(latency::reset);
        int before = joined(joining);
        Duration nodeCpu = node.nodeCpu();
        Duration postgresCpu = node.postgresCpu();
        long beginNs = System.nanoTime();
        runOnLoop(() ->
                IntStream.range(0, joining.size()).forEach(i -> joining.get(i).join(rooms.apply(i))));
        until(() -> joining.stream().allMatch(JoiningClient::isIdle), name);
        double seconds = (System.nanoTime() - beginNs) / 1e9;
        int joins = joined(joining) - before;
        Histogram measured = BenchRest.onLoop(loop, latency::copy);
        System.out.printf(
                Locale.ROOT,
                "%-14s %,10.0f %8.1f / %.1f %12.3f %15.3f%n",
                name,
                joins / seconds,
                measured.getValueAtPercentile(50) / 1e3,
                measured.getValueAtPercentile(99) / 1e3,
                node.nodeCpu().minus(nodeCpu).toNanos() / 1e6 / joins,
                node.postgresCpu().minus(postgresCpu).toNanos() / 1e6 / joins);
        return joins / seconds;
    }

    /** Inserts the same rows without rules, locks and log. */
    private void baseline(double perSecond) throws IOException {
        int rows = options.clients() * options.roomsEach();
        Duration before = node.postgresCpu();
        double insertsPerSecond = JoinBaseline.insert(node.postgres(), rows, BASELINE_BATCH);
        System.out.printf(
                Locale.ROOT,
                "plain inserts  %,10.0f %32s %15.3f   first joins to it: %.0f %%%n",
                insertsPerSecond,
                "",
                node.postgresCpu().minus(before).toNanos() / 1e6 / rows,
                100 * perSecond / insertsPerSecond);
    }

    private int joined(List<JoiningClient> joining) {
        return BenchRest.onLoop(
                loop, () -> joining.stream().mapToInt(JoiningClient::joined).sum());
    }

    /** Waits until all events are delivered, and compares every client's events with the server's. */
    private List<String> check(String owner) {
        Map<String, Long> heads = new HashMap<>();
        for (int i = 0; i < options.rooms(); i++) {
            readHead(owner, "bench-room-" + i, heads);
        }
        for (int i = 0; i < options.herds(); i++) {
            readHead(owner, "bench-herd-" + i, heads);
        }
        until(
                () -> clients.stream().allMatch(client -> client.violation() != null || client.isCurrent(heads)),
                "every client has all events");
        return BenchRest.onLoop(
                loop,
                () -> clients.stream()
                        .map(JoiningClient::violation)
                        .filter(Objects::nonNull)
                        .toList());
    }

    private void readHead(String owner, String room, Map<String, Long> heads) {
        heads.put(
                room,
                rest.request(HttpMethod.GET, "/rooms/" + room, owner, null).getLong("head"));
    }

    private void until(BooleanSupplier done, String what) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STEP_TIMEOUT_SECONDS);
        while (!BenchRest.onLoop(loop, () -> done.getAsBoolean())) {
            if (System.nanoTime() > end) {
                throw new StartupException("the bench waited in vain: " + what);
            }
            BenchRest.pause(POLL_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void runOnLoop(Runnable work) {
        BenchRest.onLoop(loop, () -> {
            work.run();
            return true;
        });
    }
}
