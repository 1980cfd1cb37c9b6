package chat.parlance.testing;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoublePredicate;
import java.util.regex.Pattern;

/** Counters of a node, from its metrics. */
public final class Counters {

    private static final Pattern NODE = Pattern.compile("(?<=[{,])node=\"[^\"]*\",?");
    private static final int ANSWER_SECONDS = 10;
    private static final int PATIENCE_SECONDS = 30;
    private static final int LOOK_MS = 20;

    private Counters() {}

    /**
     * One counter, 0 when it does not exist yet.
     *
     * @param management the address of the node's metrics
     * @param name with its labels
     */
    public static double of(String management, String name) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + management + "/metrics"))
                .timeout(Duration.ofSeconds(ANSWER_SECONDS))
                .build();
        return in(Http.send(request).body(), name);
    }

    /** One counter, from metrics that were read already. The label with the node's name need not be given. */
    public static double in(String metrics, String name) {
        return metrics.lines()
                .map(line -> NODE.matcher(line).replaceFirst("").replace("{}", ""))
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }

    /** Waits until a counter has at least this value. */
    public static void await(String management, String name, double least) {
        await(management, name, now -> now >= least, "at least " + least);
    }

    /** Waits until a gauge has at most this value. */
    public static void awaitMost(String management, String name, double most) {
        await(management, name, now -> now <= most, "at most " + most);
    }

    /** Waits until a counter has exactly this value. */
    public static void awaitExactly(String management, String name, double wanted) {
        await(management, name, now -> now == wanted, Double.toString(wanted));
    }

    private static void await(String management, String name, DoublePredicate reached, String wanted) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (double now = of(management, name); !reached.test(now); now = of(management, name)) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("%s is %.0f, not %s".formatted(name, now, wanted));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MS));
        }
    }
}
