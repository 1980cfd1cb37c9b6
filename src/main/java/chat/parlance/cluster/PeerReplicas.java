package chat.parlance.cluster;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Elements of each other node, as far as known. Changed on one event loop. */
final class PeerReplicas<T> {

    /** Observer of every change, on that event loop. */
    interface Observer<T> {

        void added(String node, T element);

        void removed(String node, T element);
    }

    /** Known elements of one node. */
    private static final class Peer<T> {
        private final Set<T> elements = new HashSet<>();
        private long version;
        private long heardAtMs;
    }

    private final Observer<T> observer;
    private final Map<String, Peer<T>> peers = new ConcurrentHashMap<>();

    PeerReplicas(Observer<T> observer) {
        this.observer = observer;
    }

    /** Version of a node's known elements; null when nothing is known. */
    @Nullable
    Long version(String node) {
        Peer<T> peer = peers.get(node);
        return peer == null ? null : peer.version;
    }

    void heard(String node, long nowMs) {
        Peer<T> peer = peers.get(node);
        if (peer != null) {
            peer.heardAtMs = nowMs;
        }
    }

    /** Replaces all known elements of a node. */
    void replace(String node, long version, Collection<T> elements, long nowMs) {
        Peer<T> peer = peers.computeIfAbsent(node, first -> new Peer<>());
        peer.heardAtMs = nowMs;
        Set<T> removed = new HashSet<>(peer.elements);
        removed.removeAll(new HashSet<>(elements));
        change(node, version, elements, removed);
    }

    /** Number of elements of a node. */
    int size(String node) {
        Peer<T> peer = peers.get(node);
        return peer == null ? 0 : peer.elements.size();
    }

    /** Applies a change to a known node. */
    void change(String node, long version, Collection<T> added, Collection<T> removed) {
        Peer<T> peer = peers.get(node);
        if (peer == null) {
            return;
        }
        peer.version = version;
        for (T element : removed) {
            if (peer.elements.remove(element)) {
                observer.removed(node, element);
            }
        }
        for (T element : added) {
            if (peer.elements.add(element)) {
                observer.added(node, element);
            }
        }
    }

    void remove(String node) {
        Peer<T> peer = peers.remove(node);
        if (peer != null) {
            peer.elements.forEach(element -> observer.removed(node, element));
        }
    }

    /** Forgets the nodes without a digest since then. */
    void removeSilent(long sinceMs) {
        peers.entrySet().stream()
                .filter(peer -> peer.getValue().heardAtMs < sinceMs)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::remove);
    }

    /** Number of known nodes. May be called from any thread. */
    int count() {
        return peers.size();
    }

    /** The known nodes. May be called from any thread. */
    Set<String> known() {
        return Set.copyOf(peers.keySet());
    }
}
