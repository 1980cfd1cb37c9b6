package chat.parlance.bench;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** {@code parlance bench flood}: the effect of a flooding client on the others, as a ratio within one run. Blocks. */
final class FloodBench {

    private static final int POST_INTERVAL_MS = 500;
    private static final int WARM_UP_SECONDS = 5;
    private static final int PERCENTILE = 99;

    /** All clients have one address here, and log in at once. */
    private static final String[] SETTINGS = {
        "--limits.registrationBurst=100000", "--limits.loginBurst=100000", "--limits.addressBurst=100000"
    };

    private final FloodBenchCommand options;
    private final Vertx vertx = Vertx.vertx();
    private final Context members = vertx.getOrCreateContext();
    private final Context outside = vertx.getOrCreateContext();
    private final BenchRest rest;
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Histogram quiet = new Histogram(3);
    private final Histogram flooded = new Histogram(3);
    private final List<PacedClient> clients = new ArrayList<>();
    private final List<Flooder> flooders = new ArrayList<>();

    private FloodBench(FloodBenchCommand options, BenchNode node) {
        this.options = options;
        this.rest = new BenchRest(vertx, node.address());
    }

    /** @return the process's exit code */
    static int run(FloodBenchCommand options) throws IOException {
        try (BenchNode node = BenchNode.start(SETTINGS)) {
            new FloodBench(options, node).measure();
            return 0;
        }
    }

    private void measure() {
        connect();
        BenchRest.pause(WARM_UP_SECONDS, TimeUnit.SECONDS);
        for (int turn = 0; turn < options.turns(); turn++) {
            turn(quiet, false);
            turn(flooded, true);
        }
        report();
        BenchRest.await(vertx.close());
    }

    private void connect() {
        WebSocketClient client = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxConnections(options.clients() + options.flooders()));
        String owner = rest.logIn("owner-" + run);
        for (int i = 0; i < options.rooms(); i++) {
            rest.request(HttpMethod.POST, "/rooms", owner, new JsonObject().put("roomId", room(i)));
        }
        for (int i = 0; i < options.clients(); i++) {
            String name = "client-" + run + "-" + i;
            String room = room(i % options.rooms());
            String token = rest.logIn(name);
            int delayMs = 1 + i * POST_INTERVAL_MS / options.clients();
            Promise<Void> begun = Promise.promise();
            members.runOnContext(turn -> client.connect(rest.socket(token))
                    .<Void>map(socket -> {
                        PacedClient paced = new PacedClient(name, room, socket, new Histogram(3));
                        clients.add(paced);
                        paced.begin(vertx, delayMs, POST_INTERVAL_MS);
                        return null;
                    })
                    .onComplete(begun));
            BenchRest.await(begun.future());
        }
        for (int i = 0; i < options.flooders(); i++) {
            String name = "flooder-" + run + "-" + i;
            String token = rest.logIn(name);
            on(outside, () -> flooders.add(new Flooder(vertx, client, rest.socket(token), name, room(0))));
        }
    }

    private void turn(Histogram histogram, boolean flood) {
        on(outside, () -> flooders.forEach(flooder -> flooder.setActive(flood)));
        on(members, () -> clients.forEach(client -> client.measure(histogram)));
        BenchRest.pause(options.seconds(), TimeUnit.SECONDS);
    }

    private void report() {
        on(outside, () -> {
            flooders.forEach(flooder -> flooder.setActive(false));
            long sent = flooders.stream().mapToLong(Flooder::sent).sum();
            long acked = flooders.stream().mapToLong(Flooder::acked).sum();
            long cut = flooders.stream().mapToLong(Flooder::cut).sum();
            double seconds = (double) options.seconds() * options.turns();
            System.out.printf(
                    Locale.ROOT,
                    "flooders sent %,.0f/s, of which %.1f/s were taken, and were cut %d times%n",
                    sent / seconds,
                    acked / seconds,
                    cut);
        });
        on(members, () -> {
            System.out.printf(
                    Locale.ROOT,
                    "clients' posts refused: %d%n%n",
                    clients.stream().mapToInt(PacedClient::refused).sum());
            System.out.println("clients' acks       count   p50 ms   p95 ms   p99 ms");
            report("without a flooder", quiet);
            report("with flooders", flooded);
            System.out.printf(
                    Locale.ROOT,
                    "p99 with / without: %.2f%n",
                    (double) flooded.getValueAtPercentile(PERCENTILE) / quiet.getValueAtPercentile(PERCENTILE));
        });
    }

    private static void report(String when, Histogram latency) {
        System.out.printf(
                Locale.ROOT,
                "%-18s %6d  %7.1f  %7.1f  %7.1f%n",
                when,
                latency.getTotalCount(),
                latency.getValueAtPercentile(50) / 1e3,
                latency.getValueAtPercentile(95) / 1e3,
                latency.getValueAtPercentile(PERCENTILE) / 1e3);
    }

    private String room(int index) {
        return "flood-" + run + "-" + index;
    }

    private static void on(Context context, Runnable work) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(turn -> {
            work.run();
            done.complete();
        });
        BenchRest.await(done.future());
    }
}
