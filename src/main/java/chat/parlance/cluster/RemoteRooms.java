package chat.parlance.cluster;

import chat.parlance.model.RoomId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which other nodes have members of which rooms, as far as this node has heard. Changed on one event loop, read from
 * any.
 */
final class RemoteRooms {

    /** What is known of one node. */
    private static final class Peer {
        private final Set<RoomId> rooms = new HashSet<>();
        private long version;
        private long heardAtMs;
    }

    private final Map<RoomId, Set<String>> nodesByRoom = new ConcurrentHashMap<>();
    private final Map<String, Peer> peers = new ConcurrentHashMap<>();

    /** The other nodes with members of the room. */
    Set<String> nodes(RoomId room) {
        return nodesByRoom.getOrDefault(room, Set.of());
    }

    /** The version of what is known of a node, or null when nothing is. */
    @Nullable
    Long version(String node) {
        Peer peer = peers.get(node);
        return peer == null ? null : peer.version;
    }

    void heard(String node, long nowMs) {
        Peer peer = peers.get(node);
        if (peer != null) {
            peer.heardAtMs = nowMs;
        }
    }

    /** Replaces all that is known of a node. */
    void replace(String node, long version, Collection<RoomId> rooms, long nowMs) {
        remove(node);
        Peer peer = new Peer();
        peer.heardAtMs = nowMs;
        peers.put(node, peer);
        change(node, version, rooms, Set.of());
    }

    /** Applies a change to a node that is known. */
    void change(String node, long version, Collection<RoomId> added, Collection<RoomId> removed) {
        Peer peer = peers.get(node);
        if (peer == null) {
            return;
        }
        peer.version = version;
        removed.forEach(room -> remove(node, peer, room));
        for (RoomId room : added) {
            if (peer.rooms.add(room)) {
                nodesByRoom.merge(room, Set.of(node), RemoteRooms::union);
            }
        }
    }

    void remove(String node) {
        Peer peer = peers.remove(node);
        if (peer != null) {
            Set.copyOf(peer.rooms).forEach(room -> remove(node, peer, room));
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

    Set<String> known() {
        return Set.copyOf(peers.keySet());
    }

    private void remove(String node, Peer peer, RoomId room) {
        if (peer.rooms.remove(room)) {
            nodesByRoom.computeIfPresent(room, (id, nodes) -> without(nodes, node));
        }
    }

    private static Set<String> union(Set<String> some, Set<String> more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(more);
        return Set.copyOf(all);
    }

    private static @Nullable Set<String> without(Set<String> nodes, String node) {
        Set<String> rest = new HashSet<>(nodes);
        rest.remove(node);
        return rest.isEmpty() ? null : Set.copyOf(rest);
    }
}
