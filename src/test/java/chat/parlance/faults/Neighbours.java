package chat.parlance.faults;

import chat.parlance.testing.Distribution;
import chat.parlance.testing.Waits;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/** Effect of a slow client, room or node on its neighbours: their waits, and the memory of a node. */
final class Neighbours {

    private static final long HEAP_GROWTH_BYTES = 64L << 20;
    private static final int MEBIBYTE_BITS = 20;

    /** Pause after a collection of the heap, which stops the node for a moment that clients notice. */
    private static final int AFTER_COLLECTION_SECONDS = 1;

    /** Limit in percent of the time before; a difference of a few milliseconds does not count. */
    private static final int SLOWER_PERCENT = 120;

    /**
     * Least number of sends for a 99th percentile: with fewer it is about the slowest one, which a single pause of the
     * machine causes.
     */
    private static final int SENDS_FOR_P99 = 200;

    private static final int NO_DIFFERENCE_MS = 5;
    private static final int CURRENT_WITHIN_MS = 2000;

    private final FaultScene scene;
    private final int node;
    private final long heapBytes;
    private final long calmNs;
    private final long fromNs;

    private Neighbours(FaultScene scene, int node, long heapBytes, long calmNs) {
        this.scene = scene;
        this.node = node;
        this.heapBytes = heapBytes;
        this.calmNs = calmNs;
        this.fromNs = System.nanoTime();
    }

    /**
     * Measures them for some time before the fault strikes.
     *
     * @param node whose memory is watched
     * @param seconds as long as the fault will last, so that both times are comparable
     */
    static Neighbours of(FaultScene scene, int node, int seconds) throws InterruptedException {
        long heapBytes = scene.cluster().liveHeapBytes(node);
        TimeUnit.SECONDS.sleep(AFTER_COLLECTION_SECONDS);
        long calmNs = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        scene.struck();
        return new Neighbours(scene, node, heapBytes, calmNs);
    }

    /** Requires that each event that one client has reaches the neighbours soon. */
    void requireCurrent(IntPredicate neighbours) {
        long waitedMs = Waits.of(scene.clients())
                .longest(fromNs, scene.healedNs(), neighbours)
                .percentile(Distribution.P99);
        scene.measure("others waited, ms", waitedMs);
        scene.requireWithin(waitedMs, CURRENT_WITHIN_MS, "the others are current");
    }

    /** Compares the time from then until the fault was healed with as long a time before it struck. */
    void compare(IntPredicate neighbours) {
        long grownBytes = scene.cluster().liveHeapBytes(node) - heapBytes;
        scene.measure("heap of a node grown by, MiB", grownBytes >> MEBIBYTE_BITS);
        scene.require(grownBytes <= HEAP_GROWTH_BYTES, "heap grows by no more than 64 MiB");
        Waits waits = Waits.of(scene.clients());
        Distribution calm = waits.acks(calmNs, fromNs, neighbours);
        Distribution struck = waits.acks(fromNs, scene.healedNs(), neighbours);
        int percent = Math.min(calm.size(), struck.size()) < SENDS_FOR_P99 ? Distribution.P50 : Distribution.P99;
        long before = calm.percentile(percent);
        long during = struck.percentile(percent);
        scene.measure("ack p%d of the others before, ms".formatted(percent), before);
        scene.measure("during, ms", during);
        scene.requireWithin(
                during,
                Math.max(before * SLOWER_PERCENT / 100, before + NO_DIFFERENCE_MS),
                "sends of the others are acknowledged");
    }
}
