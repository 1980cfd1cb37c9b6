package chat.parlance.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The bench of rooms: clients in rooms, one send in flight each, every delivery checked. Blocks. */
final class RoomsBench {

    private static final int USERS = 20;
    private static final int STEP_TIMEOUT_SECONDS = 60;
    private static final int POLL_MS = 50;
    private static final int CONNECTING_AT_ONCE = 50;
    private static final int WARM_UP_SECONDS = 5;

    /** Counters at one moment. */
    private record Reading(long acks, long deliveries, Duration nodeCpu, Duration postgresCpu, long atNs) {}

    private final BenchCommand options;
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final List<BenchClient> clients = new ArrayList<>();
    private final Histogram latency = new Histogram(TimeUnit.SECONDS.toMicros(60), 3);
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final @Nullable BenchNode node;
    private final BenchRest rest;

    /** Kept, because Vert.x closes the connections of a client that nobody holds any more. */
    private final WebSocketClient connector;

    private RoomsBench(BenchCommand options, @Nullable BenchNode node) {
        this.options = options;
        this.node = node;
        this.rest = new BenchRest(vertx, node == null ? options.address() : node.address());
        this.connector = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxConnections(options.clients())
                .setMaxFrameSize(1 << 24)
                .setMaxMessageSize(1 << 24));
    }

    /** @return the process's exit code: 0 when nothing violated the contract */
    static int run(BenchCommand options) throws IOException {
        if (!options.address().isEmpty()) {
            return new RoomsBench(options, null).measure();
        }
        try (BenchNode node = start(options)) {
            return new RoomsBench(options, node).measure();
        }
    }

    private static BenchNode start(BenchCommand options) throws IOException {
        return options.aotCache().isEmpty()
                ? BenchNode.start(BenchNode.WITHOUT_LIMITS)
                : BenchNode.startLearning(Path.of(options.aotCache()), BenchNode.WITHOUT_LIMITS);
    }

    private int measure() throws IOException {
        List<String> tokens = logIn();
        createRooms(tokens.getFirst());
        // All clients share one event loop, so that their state needs no lock.
        connect(tokens);
        runOnLoop(() -> clients.forEach(BenchClient::begin));
        BenchRest.pause(WARM_UP_SECONDS, TimeUnit.SECONDS);
        runOnLoop(latency::reset);
        Reading before = read();
        BenchRest.pause(options.seconds(), TimeUnit.SECONDS);
        Reading after = read();
        Histogram measured = BenchRest.onLoop(loop, latency::copy);
        runOnLoop(() -> clients.forEach(BenchClient::end));
        List<String> violations = check(tokens.getFirst());
        report(before, after, measured, violations);
        runOnLoop(() -> clients.forEach(BenchClient::close));
        BenchRest.await(vertx.close());
        return violations.isEmpty() ? 0 : 1;
    }

    private List<String> logIn() {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < Math.min(USERS, options.clients()); i++) {
            tokens.add(rest.logIn("bench-" + run + "-" + i));
        }
        return tokens;
    }

    private void createRooms(String token) {
        for (int i = 0; i < options.rooms(); i++) {
            rest.request(HttpMethod.POST, "/rooms", token, new JsonObject().put("roomId", room(i)));
        }
    }

    private void connect(List<String> tokens) {
        for (int begin = 0; begin < options.clients(); begin += CONNECTING_AT_ONCE) {
            int first = begin;
            int end = Math.min(begin + CONNECTING_AT_ONCE, options.clients());
            List<Future<?>> opened = new ArrayList<>();
            runOnLoop(() -> {
                for (int i = first; i < end; i++) {
                    opened.add(connect(i, tokens.get(i % tokens.size())));
                }
            });
            BenchRest.await(Future.all(opened));
            until(() -> clients.stream().allMatch(BenchClient::isJoined));
        }
    }

    private Future<?> connect(int index, String token) {
        return connector.connect(rest.socket(token)).onSuccess(socket -> {
            BenchClient joined = new BenchClient(run + "-" + index, room(index % options.rooms()), socket, latency);
            clients.add(joined);
            joined.join();
        });
    }

    /** Waits until all events are delivered, and compares every client's events with the server's. */
    private List<String> check(String token) {
        until(() -> clients.stream().allMatch(client -> client.isIdle() || client.violation() != null));
        Map<String, Long> heads = new HashMap<>();
        for (int i = 0; i < options.rooms(); i++) {
            heads.put(
                    room(i),
                    rest.request(HttpMethod.GET, "/rooms/" + room(i), token, null)
                            .getLong("head"));
        }
        until(() -> clients.stream()
                .allMatch(client ->
                        client.violation() != null || client.last() >= heads.getOrDefault(client.room(), 0L)));
        return BenchRest.onLoop(
                loop,
                () -> clients.stream()
                        .map(client -> client.violation() != null
                                ? client.violation()
                                : client.last() == heads.getOrDefault(client.room(), 0L)
                                        ? null
                                        : client.room() + " ends at " + client.last() + " for a client, not at "
                                                + heads.get(client.room()))
                        .filter(violation -> violation != null)
                        .toList());
    }

    private void report(Reading before, Reading after, Histogram measured, List<String> violations) {
        double seconds = (after.atNs() - before.atNs()) / 1e9;
        long deliveries = after.deliveries() - before.deliveries();
        System.out.printf(Locale.ROOT, "clients %d, rooms %d, %.1f s%n", options.clients(), options.rooms(), seconds);
        System.out.printf(Locale.ROOT, "acknowledged sends/s   %,.0f%n", (after.acks() - before.acks()) / seconds);
        System.out.printf(Locale.ROOT, "deliveries/s           %,.0f%n", deliveries / seconds);
        System.out.printf(
                Locale.ROOT,
                "ack p50 / p99          %.1f / %.1f ms%n",
                measured.getValueAtPercentile(50) / 1e3,
                measured.getValueAtPercentile(99) / 1e3);
        if (node != null) {
            System.out.printf(
                    Locale.ROOT,
                    "node CPU s per 1 M deliveries      %.1f%n",
                    perMillion(before.nodeCpu(), after.nodeCpu(), deliveries));
            System.out.printf(
                    Locale.ROOT,
                    "Postgres CPU s per 1 M deliveries  %.1f%n",
                    perMillion(before.postgresCpu(), after.postgresCpu(), deliveries));
        }
        System.out.printf(
                Locale.ROOT,
                "lost, doubled or out of order: %s%n",
                violations.isEmpty() ? "none" : violations.size() + " clients");
        violations.stream().limit(10).forEach(System.out::println);
    }

    private static double perMillion(Duration before, Duration after, long deliveries) {
        return after.minus(before).toMillis() / 1e3 / (deliveries / 1e6);
    }

    private Reading read() throws IOException {
        Duration nodeCpu = node == null ? Duration.ZERO : node.nodeCpu();
        Duration postgresCpu = node == null ? Duration.ZERO : node.postgresCpu();
        return BenchRest.onLoop(
                loop,
                () -> new Reading(
                        clients.stream().mapToLong(BenchClient::acks).sum(),
                        clients.stream().mapToLong(BenchClient::deliveries).sum(),
                        nodeCpu,
                        postgresCpu,
                        System.nanoTime()));
    }

    private String room(int index) {
        return "bench-" + run + "-" + index;
    }

    private void until(BooleanSupplier done) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STEP_TIMEOUT_SECONDS);
        while (!BenchRest.onLoop(loop, () -> done.getAsBoolean()) && System.nanoTime() < end) {
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
