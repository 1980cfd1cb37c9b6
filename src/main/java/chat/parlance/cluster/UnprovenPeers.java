package chat.parlance.cluster;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Accepted connections whose peer has not proved itself yet, limited in number. Beyond the limit the oldest connection
 * of the address with the most is closed: a stranger that opens many connections loses its own, and a node that
 * connects from elsewhere loses none. May be used from any thread.
 *
 * @param <C> connection
 */
final class UnprovenPeers<C> {

    private final int limit;
    private final Map<String, Deque<C>> byAddress = new HashMap<>();
    private int size;

    /** @param limit the most such connections */
    UnprovenPeers(int limit) {
        this.limit = limit;
    }

    /** @return the connection to close for this one, null while the limit is not reached */
    synchronized @Nullable C add(String address, C connection) {
        byAddress.computeIfAbsent(address, first -> new ArrayDeque<>()).add(connection);
        size++;
        if (size <= limit) {
            return null;
        }
        Map.Entry<String, Deque<C>> most = byAddress.entrySet().stream()
                .max(Comparator.comparingInt(entry -> entry.getValue().size()))
                .orElseThrow();
        C oldest = most.getValue().getFirst();
        remove(most.getKey(), oldest);
        return oldest;
    }

    /** Removes a connection that is closed, or whose peer has proved itself. */
    synchronized void remove(String address, C connection) {
        Deque<C> ofAddress = byAddress.get(address);
        if (ofAddress != null && ofAddress.remove(connection)) {
            size--;
            if (ofAddress.isEmpty()) {
                byAddress.remove(address);
            }
        }
    }

    synchronized int size() {
        return size;
    }
}
