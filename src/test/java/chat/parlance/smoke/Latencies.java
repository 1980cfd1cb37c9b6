package chat.parlance.smoke;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Times from node to node. Lost messages are counted separately, and as slower than any that arrived. */
final class Latencies {

    private final List<Long> nanoseconds = new ArrayList<>();
    private int lost;

    void add(long ns) {
        nanoseconds.add(ns);
    }

    void lose() {
        nanoseconds.add(Long.MAX_VALUE);
        lost++;
    }

    int count() {
        return nanoseconds.size();
    }

    int lost() {
        return lost;
    }

    double p99Ms() {
        return percentileMs(99);
    }

    /** Smallest time that this percentage does not exceed; infinite when there is none. */
    double percentileMs(int percent) {
        if (nanoseconds.isEmpty()) {
            return Double.POSITIVE_INFINITY;
        }
        List<Long> sorted = new ArrayList<>(nanoseconds);
        Collections.sort(sorted);
        long ns = sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1);
        return ns == Long.MAX_VALUE ? Double.POSITIVE_INFINITY : ns / 1e6;
    }
}
