package chat.parlance.testing;

import java.util.List;

/** Sorted values in milliseconds, from the best to the worst. */
public record Distribution(List<Long> sorted) {

    public static final int P99 = 99;
    public static final int P50 = 50;

    public static Distribution of(List<Long> values) {
        return new Distribution(values.stream().sorted().toList());
    }

    public static Distribution together(List<Distribution> parts) {
        return of(parts.stream().flatMap(part -> part.sorted().stream()).toList());
    }

    public int size() {
        return sorted.size();
    }

    /** Percentile; 0 when there are no values. */
    public long percentile(int percent) {
        return sorted.isEmpty() ? 0 : sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    public long max() {
        return sorted.isEmpty() ? 0 : sorted.getLast();
    }
}
