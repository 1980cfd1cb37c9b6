package chat.parlance.smoke;

import chat.parlance.testing.Counters;
import chat.parlance.testing.Health;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Waits until all nodes of a deployment are ready and have each other as peers. */
final class Peers {

    private static final int TIMEOUT_SECONDS = 90;
    private static final int POLL_MS = 250;
    private static final String METRIC = "parlance_peers";
    private static final int UNKNOWN = -1;

    private final Addresses addresses;
    private final int managementPort;

    Peers(Addresses addresses, int managementPort) {
        this.addresses = addresses;
        this.managementPort = managementPort;
    }

    /** Waits until there are so many nodes, each with all others as peers. */
    void await(int nodes, Table table) throws InterruptedException {
        long begin = System.nanoTime();
        boolean formed = isFormed(nodes);
        while (!formed && seconds(begin) < TIMEOUT_SECONDS) {
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
            formed = isFormed(nodes);
        }
        table.row(
                "%d nodes, each with the other %d as peers".formatted(nodes, nodes - 1),
                formed,
                String.format(Locale.ROOT, "after %.1f s: %s", seconds(begin), look()));
    }

    private boolean isFormed(int nodes) {
        List<String> now = addresses.resolve();
        return now.size() == nodes
                && now.stream().allMatch(address -> Health.isReady(management(address)) && peers(address) == nodes - 1);
    }

    private String look() {
        return addresses.resolve().stream()
                .map(address -> address + " has " + peers(address))
                .collect(Collectors.joining(", "));
    }

    private int peers(String address) {
        try {
            return (int) Counters.of(management(address), METRIC);
        } catch (UncheckedIOException silent) {
            return UNKNOWN;
        }
    }

    private String management(String address) {
        return address.substring(0, address.lastIndexOf(':') + 1) + managementPort;
    }

    private static double seconds(long sinceNs) {
        return (System.nanoTime() - sinceNs) / 1e9;
    }
}
