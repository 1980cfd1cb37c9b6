package chat.parlance.faults;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/** The link of one node carries next to nothing; the clients of the other nodes must not feel it. */
record NodeSlowed(int kilobitsPerSecond, int seconds) implements Fault {

    private static final long HEAP_GROWTH_BYTES = 64L << 20;
    private static final int MEBIBYTE_BITS = 20;

    /** Percent of the p99 before; and what is within a tick of it is no difference. */
    private static final int SLOWER_PERCENT = 120;

    private static final int NO_DIFFERENCE_MS = 5;

    @Override
    public Set<Need> needs() {
        return Set.of(Need.NAMESPACES);
    }

    @Override
    public void strike(Scene scene) throws InterruptedException {
        int slow = scene.node();
        int other = (slow + 1) % scene.cluster().size();
        long heapBefore = scene.cluster().liveHeapBytes(other);
        long slowedNs = System.nanoTime();
        scene.namespaces().slow(scene.cluster().host(slow), kilobitsPerSecond);
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } finally {
            scene.namespaces().hasten(scene.cluster().host(slow));
            scene.healed();
        }
        long grownBytes = scene.cluster().liveHeapBytes(other) - heapBefore;
        scene.note("heap of another node %+d MiB".formatted(grownBytes >> MEBIBYTE_BITS));
        scene.require(grownBytes <= HEAP_GROWTH_BYTES, "heap grows by no more than 64 MiB");
        compare(scene, slow, slowedNs);
    }

    private static void compare(Scene scene, int slow, long slowedNs) {
        int rooms = (int)
                scene.clients().stream().map(client -> client.room()).distinct().count();
        IntPredicate elsewhere = client -> client / rooms % scene.cluster().size() != slow;
        Waits waits = Waits.of(scene.clients());
        long before = waits.acks(scene.begunNs(), scene.struckNs(), elsewhere).percentile(Distribution.P99);
        long during = waits.acks(slowedNs, scene.healedNs(), elsewhere).percentile(Distribution.P99);
        scene.note("ack p99 of the others %d → %d ms".formatted(before, during));
        scene.require(
                during <= Math.max(before * SLOWER_PERCENT / 100, before + NO_DIFFERENCE_MS),
                "the others' p99 grows by no more than a fifth: %d → %d ms".formatted(before, during));
    }
}
