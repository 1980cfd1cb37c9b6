package chat.parlance.bench;

import chat.parlance.error.StartupException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;

/** {@code parlance bench idle}: the cost of idle connections, beside that of a minimal server. Blocks. */
final class IdleBench {

    private static final int CONNECTING_AT_ONCE = 50;
    private static final int POLL_MS = 50;
    private static final int STEP_TIMEOUT_SECONDS = 60;

    /** Time after the start or the connects until a server is idle: more than two pings. */
    private static final int SETTLE_SECONDS = 15;

    private static final int ROOMS = 20;
    private static final int MESSAGES = 25;
    private static final String TEXT = "a message of the length that people write in a chat, more or less";
    private static final double CONNECTIONS_OF_CORES = 10_000;

    /** Limits that one address with many connections does not reach, but that each connection has. */
    static final String[] HIGH_LIMITS = Stream.of(
                    "addressBurst",
                    "addressConnections",
                    "addressPerSecond",
                    "connections",
                    "filesBurst",
                    "filesPerSecond",
                    "handshakeBurst",
                    "handshakesPerSecond",
                    "loginBurst",
                    "registrationBurst",
                    "userBurst",
                    "userConnections",
                    "userPerSecond")
            .map(key -> "--limits." + key + "=1000000")
            .toArray(String[]::new);

    /** An idle server. */
    private record Load(long rssBytes, double cores) {}

    /** Cost of a connection. */
    private record Cost(Map<String, Long> growthBytes, double heapKib, double rssKib, double cores, double texts) {}

    private final IdleBenchCommand options;
    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger texts = new AtomicInteger();

    private IdleBench(IdleBenchCommand options) {
        this.options = options;
    }

    static void run(IdleBenchCommand options) throws IOException {
        new IdleBench(options).measure();
    }

    private void measure() throws IOException {
        System.out.printf(Locale.ROOT, "%,d connections of %,d users%n%n", options.clients(), options.users());
        System.out.println("a connection      heap KiB   RSS KiB   cores per 10,000   text frames a minute");
        Cost raw;
        try (RawServer.Started server = RawServer.start()) {
            raw = cost(server.process(), this::connectRaw, server.address());
        }
        report("raw Netty", raw);
        reportClasses(raw);
        List<Cost> costs = new ArrayList<>();
        for (int rooms : options.rooms()) {
            Cost cost;
            try (BenchNode node = BenchNode.start(HIGH_LIMITS)) {
                BenchRest rest = new BenchRest(vertx, node.address());
                List<String> tokens = logIn(rest);
                createRooms(rest, tokens.getFirst(), rooms);
                cost = cost(node.process(), address -> connect(rest, tokens, rooms), node.address());
            }
            costs.add(cost);
            report(rooms + (rooms == 1 ? " room" : " rooms"), cost);
            reportClasses(cost);
        }
        costs.forEach(cost -> System.out.printf(
                Locale.ROOT,
                "%nto raw           %9.1f %9.1f %18.1f",
                cost.heapKib() / raw.heapKib(),
                cost.rssKib() / raw.rssKib(),
                cost.cores() / raw.cores()));
        System.out.println();
        BenchRest.await(vertx.close());
    }

    /**
     * @param connect opens all connections to the address, which are idle when it returns
     */
    private Cost cost(MeasuredProcess server, Consumer<String> connect, String address) throws IOException {
        // A full collection: the memory that the start has used does not count as that of the connections.
        Map<String, Long> heapBefore = server.liveHeapBytes();
        Load before = load(server);
        connect.accept(address);
        int textsBefore = texts.get();
        Load after = load(server);
        double minutes = (SETTLE_SECONDS + options.seconds()) / 60.0;
        Map<String, Long> growth = new HashMap<>(server.liveHeapBytes());
        heapBefore.forEach((type, bytes) -> growth.merge(type, -bytes, Long::sum));
        return new Cost(
                growth,
                kib(growth.values().stream().mapToLong(bytes -> bytes).sum()),
                kib(after.rssBytes() - before.rssBytes()),
                (after.cores() - before.cores()) * CONNECTIONS_OF_CORES / options.clients(),
                (texts.get() - textsBefore) / minutes / options.clients());
    }

    private double kib(long bytes) {
        return bytes / 1024.0 / options.clients();
    }

    private Load load(MeasuredProcess server) throws IOException {
        BenchRest.pause(SETTLE_SECONDS, TimeUnit.SECONDS);
        Duration begin = server.cpu();
        long beginNs = System.nanoTime();
        BenchRest.pause(options.seconds(), TimeUnit.SECONDS);
        double cores = (double) server.cpu().minus(begin).toNanos() / (System.nanoTime() - beginNs);
        return new Load(server.rssBytes(), cores);
    }

    private List<String> logIn(BenchRest rest) {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < options.users(); i++) {
            tokens.add(rest.logIn("bench-" + i));
        }
        return tokens;
    }

    /** Makes rooms, over which the connections are spread, and posts a page of messages into each. */
    private void createRooms(BenchRest rest, String token, int count) {
        for (int i = 0; i < Math.max(count, ROOMS); i++) {
            rest.request(HttpMethod.POST, "/rooms", token, new JsonObject().put("roomId", room(i)));
            for (int message = 0; message < MESSAGES; message++) {
                JsonObject text =
                        new JsonObject().put("id", room(i) + "-" + message).put("text", TEXT);
                rest.request(HttpMethod.POST, "/rooms/" + room(i) + "/messages", token, text);
            }
        }
    }

    private static String room(int index) {
        return "bench-room-" + index;
    }

    private void connect(BenchRest rest, List<String> tokens, int rooms) {
        AtomicInteger joined = new AtomicInteger();
        int all = Math.max(rooms, ROOMS);
        connect(
                index -> rest.socket(tokens.get(index % tokens.size())),
                (socket, index) -> {
                    socket.textMessageHandler(text -> {
                        texts.incrementAndGet();
                        if (text.startsWith("{\"type\":\"joined\"")) {
                            joined.incrementAndGet();
                        }
                    });
                    for (int i = 0; i < rooms; i++) {
                        socket.writeTextMessage("{\"type\":\"join\",\"room\":\"" + room((index + i) % all) + "\"}");
                    }
                },
                opened -> joined.get() >= opened * rooms);
    }

    private void connectRaw(String address) {
        int colon = address.lastIndexOf(':');
        WebSocketConnectOptions raw = new WebSocketConnectOptions()
                .setHost(address.substring(0, colon))
                .setPort(Integer.parseInt(address.substring(colon + 1)))
                .setURI("/");
        connect(index -> raw, (socket, index) -> {}, opened -> true);
    }

    /** @param ready true when that many connections are set up */
    private void connect(
            IntFunction<WebSocketConnectOptions> target, ObjIntConsumer<WebSocket> opened, IntPredicate ready) {
        WebSocketClient client =
                vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(options.clients()));
        for (int begin = 0; begin < options.clients(); begin += CONNECTING_AT_ONCE) {
            int end = Math.min(begin + CONNECTING_AT_ONCE, options.clients());
            List<Future<?>> opening = new ArrayList<>();
            for (int i = begin; i < end; i++) {
                int index = i;
                // On an event loop, or a frame could arrive before its handler is set.
                Promise<Void> open = Promise.promise();
                vertx.runOnContext(turn -> client.connect(target.apply(index))
                        .<Void>map(socket -> {
                            opened.accept(socket, index);
                            return null;
                        })
                        .onComplete(open));
                opening.add(open.future());
            }
            BenchRest.await(Future.all(opening));
            until(() -> ready.test(end));
        }
    }

    private static void until(BooleanSupplier done) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STEP_TIMEOUT_SECONDS);
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new StartupException("the connections were not set up within " + STEP_TIMEOUT_SECONDS + " s");
            }
            BenchRest.pause(POLL_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** Prints the classes whose objects grew most, in bytes a connection. */
    private void reportClasses(Cost cost) {
        cost.growthBytes().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(options.classes())
                .forEach(type -> System.out.printf(
                        Locale.ROOT, "%16.0f B  %s%n", (double) type.getValue() / options.clients(), type.getKey()));
    }

    private static void report(String name, Cost cost) {
        System.out.printf(
                Locale.ROOT,
                "%-16s %9.1f %9.1f %18.3f %22.1f%n",
                name,
                cost.heapKib(),
                cost.rssKib(),
                cost.cores(),
                cost.texts());
    }
}
