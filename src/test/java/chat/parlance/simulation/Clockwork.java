package chat.parlance.simulation;

import chat.parlance.model.Stamp;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/** Simulated time: scheduled actions run one after the other, in an order that the seed decides. */
final class Clockwork {

    private record Task(long atMs, long order, Runnable action) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::atMs).thenComparingLong(Task::order));
    private final Random random;
    private long nowMs;
    private long scheduled;

    Clockwork(long seed) {
        random = new Random(seed);
    }

    long nowMs() {
        return nowMs;
    }

    long nowNs() {
        return nowMs * 1_000_000;
    }

    void after(long delayMs, Runnable action) {
        tasks.add(new Task(nowMs + delayMs, scheduled++, action));
    }

    /** From 0 to {@code bound} - 1. */
    int dice(int bound) {
        return random.nextInt(bound);
    }

    /** A stamp for one event, as the database generates it. */
    Stamp stamp() {
        return new Stamp(1 + (random.nextLong() >>> 17));
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Runs all actions that are due until then. */
    void runUntil(long endMs) {
        while (!tasks.isEmpty() && tasks.peek().atMs() <= endMs) {
            Task task = tasks.remove();
            nowMs = task.atMs();
            task.action().run();
        }
        nowMs = endMs;
    }
}
