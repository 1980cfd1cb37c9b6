package chat.parlance.smoke;

import chat.parlance.testing.Rest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Times from one node to the others, with one user connected to each: messages on the bus arrive at once, and those
 * that it loses arrive by the poll of the store, up to a second later, or never.
 */
final class Across {

    private static final double TARGET_MS = 100;

    private static final int SENDS = 240;

    /** Number of rooms; each user types once in each, because a node forwards one notice in two seconds. */
    private static final int TYPING_ROOMS = 100;

    /** Enough that one pause of the machine is not the 99th percentile; a connection follows at most 200 rooms. */
    private static final int PRESENCE_ROOMS = 90;

    private static final int WARM_UP = 30;
    private static final int LOST_AFTER_MS = 5000;

    /** Limit of lost messages; more would only take time, like more messages by the poll of the store. */
    private static final int ENOUGH_LOST = 3;

    private static final int LONGEST_SECONDS = 40;

    /** Pause between two sends, so that no user meets a rate limit. */
    private static final int PAUSE_MS = 40;

    private final Table table;
    private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    private final List<Probe> probes = new ArrayList<>();
    private final List<Rest> users = new ArrayList<>();

    private Across(List<String> addresses, Table table) {
        this.table = table;
        for (int i = 0; i < addresses.size(); i++) {
            // Users of an earlier measurement are in so many rooms already that the limit of rooms would refuse these.
            String user = "smoke-" + run + "-" + i;
            Rest rest = Rest.logIn(addresses.get(i), user);
            users.add(rest);
            probes.add(Probe.connect(addresses.get(i), user, rest.token()));
        }
    }

    /** Measures between all of these nodes, of which there are two or more. */
    static void measure(List<String> addresses, Table table) throws InterruptedException {
        Across across = new Across(addresses, table);
        try {
            across.measureMessages();
            across.measureTyping();
            across.measurePresence();
        } finally {
            across.probes.forEach(Probe::close);
        }
    }

    private void measureMessages() throws InterruptedException {
        String room = create("messages", 0);
        probes.forEach(probe -> probe.join(room));
        time(WARM_UP, i -> send(room, "warm", i), (probe, i) -> probe.message(id("warm", i)));
        table.latency(
                "messages across " + probes.size() + " nodes",
                time(SENDS, i -> send(room, "post", i), (probe, i) -> probe.message(id("post", i))),
                TARGET_MS);
    }

    private void measureTyping() throws InterruptedException {
        List<String> rooms = new ArrayList<>();
        for (int i = 0; i < TYPING_ROOMS; i++) {
            String room = create("typing", i);
            rooms.add(room);
            probes.forEach(probe -> probe.join(room));
        }
        table.latency(
                "typing across " + probes.size() + " nodes",
                time(
                        TYPING_ROOMS * probes.size(),
                        i -> sender(i).type(rooms.get(i % TYPING_ROOMS)),
                        (probe, i) -> probe.typing(
                                rooms.get(i % TYPING_ROOMS), sender(i).user())),
                TARGET_MS);
    }

    private void measurePresence() throws InterruptedException {
        List<String> rooms = new ArrayList<>();
        for (int i = 0; i < PRESENCE_ROOMS; i++) {
            String room = create("presence", i);
            rooms.add(room);
            for (Probe probe : probes) {
                if (probe != sender(i)) {
                    probe.join(room);
                }
            }
        }
        table.latency(
                "presence across " + probes.size() + " nodes",
                time(
                        PRESENCE_ROOMS,
                        i -> sender(i).join(rooms.get(i)),
                        (probe, i) -> probe.presence(rooms.get(i), sender(i).user())),
                TARGET_MS);
    }

    /**
     * Runs an action many times, by the users in turn, and measures the time until its effect has reached each of the
     * others.
     */
    private Latencies time(int times, Action action, BiFunction<Probe, Integer, CompletableFuture<Long>> arrival)
            throws InterruptedException {
        Latencies latencies = new Latencies();
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        for (int i = 0; i < times && latencies.lost() < ENOUGH_LOST && System.nanoTime() < endNs; i++) {
            long begin = System.nanoTime();
            action.run(i);
            for (Probe probe : probes) {
                if (probe != sender(i)) {
                    Long at = await(arrival.apply(probe, i));
                    if (at == null) {
                        latencies.lose();
                    } else {
                        latencies.add(at - begin);
                    }
                }
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
        return latencies;
    }

    /** A measured action. */
    @FunctionalInterface
    private interface Action {
        void run(int time);
    }

    private static @Nullable Long await(CompletableFuture<Long> arrival) throws InterruptedException {
        try {
            return arrival.get(LOST_AFTER_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException lost) {
            return null;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void send(String room, String kind, int time) {
        sender(time).post(room, id(kind, time));
    }

    /** All users in turn, and another one when a room is used again. */
    private Probe sender(int time) {
        return probes.get((time + time / TYPING_ROOMS) % probes.size());
    }

    private String id(String kind, int time) {
        return "smoke-" + run + "-" + kind + "-" + time;
    }

    private String create(String kind, int number) {
        String room = id(kind, number);
        HttpResponse<String> answer = users.get(number % users.size()).post("/rooms", Map.of("roomId", room));
        if (answer.statusCode() != 201) {
            throw new IllegalStateException("The request for room " + room + " was answered with " + answer.body());
        }
        return room;
    }
}
