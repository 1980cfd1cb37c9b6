package chat.parlance.cluster;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What each other node has, as far as this node has heard. Changed on one event loop. */
final class PeerSets<T> {

    /** Is told every change, on that event loop. */
    interface Observer<T> {

        void added(String node, T element);

        void removed(String node, T element);
    }

    /** What is known of one node. */
    private static final class Peer<T> {
        private final Set<T> elements = new HashSet<>();
        private long version;
        private long heardAtMs;
    }

    private final Observer<T> observer;
    private final Map<String, Peer<T>> peers = new ConcurrentHashMap<>();

    PeerSets(Observer<T> observer) {
        this.observer = observer;
    }

    /** The version of what is known of a node, or null when nothing is. */
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

    /** Replaces all that is known of a node. */
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

    /** Applies a change to a node that is known. */
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

    /** Forgets the nodes that have not been heard of since. */
    void removeSilent(long sinceMs) {
        peers.entrySet().stream()
                .filter(peer -> peer.getValue().heardAtMs < sinceMs)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::remove);
    }

    /** How many nodes something is known of. May be called from any thread. */
    int count() {
        return peers.size();
    }

    /** Those nodes. May be called from any thread. */
    Set<String> known() {
        return Set.copyOf(peers.keySet());
    }
}
