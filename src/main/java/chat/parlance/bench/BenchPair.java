package chat.parlance.bench;

import chat.parlance.error.StartupException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/** Two nodes of one cluster with posters on the first and readers on the second. Blocks. */
final class BenchPair {

    private static final int STEP_TIMEOUT_SECONDS = 60;
    private static final int POLL_MS = 20;

    /**
     * CPU time and deliveries of one turn.
     *
     * @param cpu of both nodes
     * @param deliveries to readers, each across the bus
     */
    record Turn(Duration cpu, long deliveries) {

        double secondsPerMillion() {
            return cpu.toNanos() / 1e9 / (deliveries / 1e6);
        }
    }

    private final BenchNode first;
    private final BenchNode second;
    private final String name;
    private final int rooms;
    private final int readersOfARoom;
    private final Vertx vertx;
    private final Context loop;
    private final BenchRest rest;

    /** Kept, because Vert.x closes the connections of a client that nobody holds any more. */
    private final WebSocketClient client;

    private final List<BenchPoster> posters = new ArrayList<>();
    private final List<BenchClient> readers = new ArrayList<>();

    /** @param name prefix of the names of its rooms */
    BenchPair(BenchNode first, BenchNode second, String name, int rooms, int readersOfARoom, Vertx vertx) {
        this.first = first;
        this.second = second;
        this.name = name;
        this.rooms = rooms;
        this.readersOfARoom = readersOfARoom;
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.rest = new BenchRest(vertx, first.address());
        this.client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxConnections(rooms * (readersOfARoom + 1))
                .setMaxFrameSize(1 << 24)
                .setMaxMessageSize(1 << 24));
    }

    /** Connects the clients. */
    void connect() {
        String token = rest.logIn("owner-" + name);
        BenchRest other = new BenchRest(vertx, second.address());
        for (int i = 0; i < rooms; i++) {
            String room = room(i);
            rest.request(HttpMethod.POST, "/rooms", token, new JsonObject().put("roomId", room));
            List<Future<WebSocket>> opened = new ArrayList<>();
            BenchRest.onLoop(loop, () -> {
                opened.add(client.connect(rest.socket(token))
                        .onSuccess(socket -> posters.add(new BenchPoster(room, socket))));
                for (int reader = 0; reader < readersOfARoom; reader++) {
                    String id = room + "-" + reader;
                    opened.add(client.connect(other.socket(token)).onSuccess(socket -> {
                        BenchClient joined = new BenchClient(id, room, socket, new Histogram(1));
                        readers.add(joined);
                        joined.join();
                    }));
                }
                return opened;
            });
            BenchRest.await(Future.all(opened));
        }
        until(() -> readers.stream().allMatch(BenchClient::isJoined), "the readers have joined");
    }

    /** Posts for that time, and waits until everything is delivered. */
    Turn turn(int seconds) {
        long before = BenchRest.onLoop(loop, this::deliveries);
        Duration begin = cpu();
        BenchRest.onLoop(loop, () -> {
            posters.forEach(BenchPoster::begin);
            return true;
        });
        BenchRest.pause(seconds, TimeUnit.SECONDS);
        BenchRest.onLoop(loop, () -> {
            posters.forEach(BenchPoster::end);
            return true;
        });
        until(() -> posters.stream().allMatch(BenchPoster::isIdle), "all is acknowledged");
        long expected = BenchRest.onLoop(
                        loop,
                        () -> posters.stream().mapToLong(BenchPoster::acked).sum())
                * readers.size()
                / rooms;
        until(() -> deliveries() >= expected, "all is delivered");
        return new Turn(cpu().minus(begin), BenchRest.onLoop(loop, this::deliveries) - before);
    }

    /** @return the violations of the contract that readers saw */
    List<String> check() {
        List<String> violations = new ArrayList<>(BenchRest.onLoop(
                loop,
                () -> readers.stream()
                        .map(BenchClient::violation)
                        .filter(violation -> violation != null)
                        .toList()));
        String token = rest.logIn("owner-" + name + "-2");
        for (int i = 0; i < rooms; i++) {
            String room = room(i);
            long head =
                    rest.request(HttpMethod.GET, "/rooms/" + room, token, null).getLong("head");
            BenchRest.onLoop(
                            loop,
                            () -> readers.stream()
                                    .filter(reader -> reader.room().equals(room) && reader.last() != head)
                                    .map(reader -> room + " ends at " + reader.last() + ", not at " + head)
                                    .toList())
                    .forEach(violations::add);
        }
        return violations;
    }

    private String room(int index) {
        return name + "-" + index;
    }

    private long deliveries() {
        return readers.stream().mapToLong(BenchClient::deliveries).sum();
    }

    private Duration cpu() {
        return first.nodeCpu().plus(second.nodeCpu());
    }

    private void until(BooleanSupplier done, String what) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STEP_TIMEOUT_SECONDS);
        while (!BenchRest.onLoop(loop, () -> done.getAsBoolean())) {
            if (System.nanoTime() > end) {
                throw new StartupException("the bench waited in vain until " + what);
            }
            BenchRest.pause(POLL_MS, TimeUnit.MILLISECONDS);
        }
    }
}
