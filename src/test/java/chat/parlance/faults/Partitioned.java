package chat.parlance.faults;

import chat.parlance.testing.Distribution;
import chat.parlance.testing.Waits;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One node is cut off from the other two, without an error to either; all of them still have Postgres and clients.
 *
 * @param oneWay true when the node only receives nothing, but is still heard
 */
record Partitioned(int seconds, boolean oneWay) implements Fault {

    private static final int ACROSS_WITHIN_MS = 2000;

    /** Time after which the nodes consider each other dead, and must merge two clusters. */
    private static final int HALVES_AFTER_SECONDS = 10;

    private static final int MERGED_WITHIN_MS = 10_000;

    /** Time that only the bus can meet: Postgres is polled once a second. */
    private static final int BY_BUS_MS = 500;

    /** Time long enough to show that a client has to wait for polls. */
    private static final int LOOKS_MS = 2000;

    @Override
    public Set<Need> needs() {
        return Set.of(Need.NAMESPACES);
    }

    @Override
    public void strike(FaultScene scene) throws Exception {
        if (seconds > HALVES_AFTER_SECONDS) {
            // A user of the node, whom the other nodes lose and find again.
            try (Ghost across = Ghost.of(
                    scene,
                    (scene.node() + scene.cluster().size() - 1)
                            % scene.cluster().size())) {
                scene.struck();
                Future<Long> gone = across.goneAfterMs();
                partition(scene);
                Future<Long> back = across.backAfterMs(gone);
                awaitBus(scene);
                scene.measure("presence whole again, ms", back.get());
                scene.requireWithin(back.get(), MERGED_WITHIN_MS, "all are present again");
            }
        } else {
            partition(scene);
        }
        long acrossMs = Waits.of(scene.clients())
                .longest(scene.struckNs(), scene.healedNs())
                .percentile(Distribution.P99);
        scene.requireWithin(acrossMs, ACROSS_WITHIN_MS, "both sides see each other");
    }

    private void partition(FaultScene scene) throws InterruptedException {
        FaultCluster cluster = scene.cluster();
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
    }

    /** Waits until messages arrive by the bus again, rather than by the poll of Postgres alone. */
    private static void awaitBus(FaultScene scene) throws InterruptedException {
        long endNs = scene.healedNs() + TimeUnit.MILLISECONDS.toNanos(MERGED_WITHIN_MS);
        while (System.nanoTime() < endNs) {
            TimeUnit.MILLISECONDS.sleep(BY_BUS_MS);
            long toNs = System.nanoTime();
            long fromNs = toNs - TimeUnit.MILLISECONDS.toNanos(LOOKS_MS);
            long lagMs = Waits.of(scene.clients()).longest(fromNs, toNs).percentile(Distribution.P99);
            if (lagMs < BY_BUS_MS && fromNs > scene.healedNs()) {
                scene.measure("by the bus again, ms", TimeUnit.NANOSECONDS.toMillis(fromNs - scene.healedNs()));
                return;
            }
        }
        scene.require(false, "messages come by the bus again within %d ms".formatted(MERGED_WITHIN_MS));
    }
}
