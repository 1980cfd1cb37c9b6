package chat.parlance;

import chat.parlance.cluster.Cluster;
import chat.parlance.config.ParlanceConfig;
import chat.parlance.error.StartupException;
import chat.parlance.http.ListenAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tries the ports that the configuration names, before anything is started: an error after the start of a database would come
 * late. All are held until each was tried, so that two keys with one port are noticed.
 */
final class PortCheck {

    private static final int MAX_PORT = 65_535;

    private final List<ServerSocket> held = new ArrayList<>();
    private final List<ListenAddress> free = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private PortCheck() {}

    /** @throws StartupException with a line for each port that cannot be bound */
    static void run(ParlanceConfig config) {
        PortCheck check = new PortCheck();
        try {
            check.tryAll(config);
        } finally {
            check.release();
        }
        if (!check.problems.isEmpty()) {
            throw new StartupException(String.join("\n", check.problems));
        }
    }

    private void tryAll(ParlanceConfig config) {
        if (config.node().servesClients()) {
            tryOne(config.http().listenAddress());
        }
        tryOne(config.management().listenAddress());
        if (config.cluster().enabled()) {
            String address =
                    Cluster.localAddress(config.cluster().joining().host()).getHostAddress();
            tryOne(new ListenAddress(
                    "cluster.host",
                    address,
                    "cluster.busPort",
                    config.cluster().bus().busPort()));
            tryMember(address, config.cluster().joining().port());
        }
    }

    private void tryOne(ListenAddress address) {
        free.stream()
                .filter(other -> address.port() != 0 && other.port() == address.port() && overlap(other, address))
                .findFirst()
                .ifPresentOrElse(
                        other -> problems.add("%s and %s are both %d, each needs a port of its own"
                                .formatted(other.portKey(), address.portKey(), address.port())),
                        () -> bind(address));
    }

    private void bind(ListenAddress address) {
        try {
            held.add(address.bind());
            free.add(address);
        } catch (StartupException refused) {
            problems.add(refused.getMessage());
        }
    }

    /** Hazelcast takes the first free port of some. */
    private void tryMember(String address, int first) {
        int last = Math.min(first + Cluster.MEMBER_PORTS - 1, MAX_PORT);
        boolean some = IntStream.rangeClosed(first, last)
                .filter(port -> free.stream().noneMatch(other -> other.port() == port))
                .anyMatch(port -> isFree(new ListenAddress("cluster.host", address, "cluster.port", port)));
        if (!some) {
            problems.add("cluster.port is %d, and none of the ports %1$d to %d of %s is free"
                    .formatted(first, last, address));
        }
    }

    private static boolean isFree(ListenAddress address) {
        try (ServerSocket bound = address.bind()) {
            return bound.isBound();
        } catch (StartupException | IOException refused) {
            return false;
        }
    }

    private static boolean overlap(ListenAddress one, ListenAddress other) {
        return one.host().equals(other.host())
                || ListenAddress.isWildcard(one.host())
                || ListenAddress.isWildcard(other.host());
    }

    private void release() {
        try {
            for (ServerSocket socket : held) {
                socket.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
