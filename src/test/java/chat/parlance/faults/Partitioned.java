package chat.parlance.faults;

import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One node is cut off from the other two, without a word to either; all of them still have Postgres and clients.
 *
 * @param oneWay whether the node is deaf only, and still heard
 */
record Partitioned(int seconds, boolean oneWay) implements Fault {

    private static final int ACROSS_WITHIN_MS = 2000;

    /** Then the nodes take each other for dead, and have to merge two clusters. */
    private static final int HALVES_AFTER_SECONDS = 10;

    private static final int MERGED_WITHIN_SECONDS = 60;

    /** What only the bus can do: a look at Postgres comes once a second. */
    private static final int BY_BUS_MS = 500;

    @Override
    public Set<Need> needs() {
        return Set.of(Need.NAMESPACES);
    }

    @Override
    public void strike(Scene scene) throws InterruptedException {
        Cluster cluster = scene.cluster();
        Host alone = cluster.host(scene.node());
        try {
            for (int i = 0; i < cluster.size(); i++) {
                if (i != scene.node()) {
                    if (oneWay) {
                        scene.namespaces().deafen(alone, cluster.host(i));
                    } else {
                        scene.namespaces().cut(alone, cluster.host(i));
                    }
                }
            }
            TimeUnit.SECONDS.sleep(seconds);
        } finally {
            scene.namespaces().heal(alone);
            scene.healed();
        }
        long acrossMs = Waits.of(scene.clients())
                .longest(scene.struckNs(), scene.healedNs())
                .percentile(Distribution.P99);
        scene.requireWithin(acrossMs, ACROSS_WITHIN_MS, "both sides see each other");
        if (seconds > HALVES_AFTER_SECONDS) {
            awaitBus(scene);
        }
    }

    /** Messages come by the bus again, and no longer by the look at Postgres alone. */
    private static void awaitBus(Scene scene) throws InterruptedException {
        long endNs = scene.healedNs() + TimeUnit.SECONDS.toNanos(MERGED_WITHIN_SECONDS);
        while (System.nanoTime() < endNs) {
            long fromNs = System.nanoTime();
            TimeUnit.SECONDS.sleep(1);
            long lagMs =
                    Waits.of(scene.clients()).longest(fromNs, System.nanoTime()).percentile(Distribution.P99);
            if (lagMs < BY_BUS_MS) {
                scene.measure(
                        "by the bus again, s", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - scene.healedNs()));
                return;
            }
        }
        scene.require(false, "messages come by the bus again within %d s".formatted(MERGED_WITHIN_SECONDS));
    }
}
