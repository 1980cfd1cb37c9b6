package chat.parlance.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Parts of all elements of other nodes, collected for each node until the last one arrives. A part that does not follow
 * the one before discards the collected ones; after the next digest they are requested again. Belongs to one event
 * loop.
 */
final class PartsReceived<T> {

    private static final class Parts<T> {
        private final long version;
        private final List<T> elements = new ArrayList<>();
        private int next;

        Parts(long version) {
            this.version = version;
        }
    }

    private final Map<String, Parts<T>> byNode = new HashMap<>();

    /** @return all elements of the node, when this is the last part; null until then */
    @Nullable
    List<T> add(ReplicationMessage.Part<T> part) {
        Parts<T> parts = part.index() == 0 ? new Parts<>(part.version()) : byNode.get(part.node());
        if (parts == null || parts.version != part.version() || parts.next != part.index()) {
            byNode.remove(part.node());
            return null;
        }
        parts.next++;
        parts.elements.addAll(part.elements());
        if (part.last()) {
            byNode.remove(part.node());
            return parts.elements;
        }
        byNode.put(part.node(), parts);
        return null;
    }

    /** Drops the parts of all other nodes. */
    void keep(Predicate<String> wanted) {
        byNode.keySet().removeIf(wanted.negate());
    }
}
