package chat.parlance.faults;

import java.util.function.IntPredicate;

/** What those feel who live beside something slow: how long they wait, and what it costs a node. */
final class Neighbours {

    private static final long HEAP_GROWTH_BYTES = 64L << 20;
    private static final int MEBIBYTE_BITS = 20;

    /** Percent of the p99 before; what is within a few milliseconds of it is no difference. */
    private static final int SLOWER_PERCENT = 120;

    private static final int NO_DIFFERENCE_MS = 5;

    private final Scene scene;
    private final int node;
    private final long heapBytes;
    private final long fromNs;

    private Neighbours(Scene scene, int node, long heapBytes) {
        this.scene = scene;
        this.node = node;
        this.heapBytes = heapBytes;
        this.fromNs = System.nanoTime();
    }

    /** @param node whose memory is watched */
    static Neighbours of(Scene scene, int node) {
        return new Neighbours(scene, node, scene.cluster().liveHeapBytes(node));
    }

    /** Compares the time from then until the fault was healed with the time before it struck. */
    void compare(IntPredicate neighbours) {
        long grownBytes = scene.cluster().liveHeapBytes(node) - heapBytes;
        scene.note("heap of a node %+d MiB".formatted(grownBytes >> MEBIBYTE_BITS));
        scene.require(grownBytes <= HEAP_GROWTH_BYTES, "heap grows by no more than 64 MiB");
        Waits waits = Waits.of(scene.clients());
        long before = waits.acks(scene.begunNs(), scene.struckNs(), neighbours).percentile(Distribution.P99);
        long during = waits.acks(fromNs, scene.healedNs(), neighbours).percentile(Distribution.P99);
        scene.note("ack p99 of the others %d → %d ms".formatted(before, during));
        scene.require(
                during <= Math.max(before * SLOWER_PERCENT / 100, before + NO_DIFFERENCE_MS),
                "the others' p99 grows by no more than a fifth: %d → %d ms".formatted(before, during));
    }
}
