package chat.parlance.faults;

import java.util.List;

/** Sorted values in milliseconds, from the best to the worst. */
record Distribution(List<Long> sorted) {

    static final int P99 = 99;
    static final int P50 = 50;

    static Distribution of(List<Long> values) {
        return new Distribution(values.stream().sorted().toList());
    }

    static Distribution together(List<Distribution> parts) {
        return of(parts.stream().flatMap(part -> part.sorted().stream()).toList());
    }

    int size() {
        return sorted.size();
    }

    /** Percentile; 0 when there are no values. */
    long percentile(int percent) {
        return sorted.isEmpty() ? 0 : sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    long max() {
        return sorted.isEmpty() ? 0 : sorted.getLast();
    }
}
