package chat.parlance.smoke;

import java.util.Locale;

/** Rows of the result, one a line, in the form that {@code docker/smoke} collects. Remembers a failed row. */
final class Table {

    private boolean failed;

    /** Prints a row. */
    synchronized void row(String checked, boolean good, String measured) {
        failed |= !good;
        System.out.println("| %-46s | %-6s | %s".formatted(checked, good ? "ok" : "FAILED", measured));
    }

    /** Prints the row of a latency with a target. */
    void latency(String checked, Latencies latencies, double targetMs) {
        row(
                checked,
                latencies.p99Ms() < targetMs && latencies.lost() == 0,
                String.format(
                        Locale.ROOT,
                        "p50 %.1f ms, p99 %.1f ms of %d, target %.0f ms, lost %d",
                        latencies.percentileMs(50),
                        latencies.p99Ms(),
                        latencies.count(),
                        targetMs,
                        latencies.lost()));
    }

    synchronized int exitCode() {
        return failed ? 1 : 0;
    }
}
