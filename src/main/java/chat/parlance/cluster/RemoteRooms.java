package chat.parlance.cluster;

import chat.parlance.model.RoomId;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Other nodes by the rooms whose members they have. Changed on one event loop, read from any. */
final class RemoteRooms implements PeerReplicas.Observer<RoomId> {

    private final Map<RoomId, Set<String>> nodesByRoom = new ConcurrentHashMap<>();

    /** The other nodes with members of the room. */
    Set<String> nodes(RoomId room) {
        return nodesByRoom.getOrDefault(room, Set.of());
    }

    @Override
    public void added(String node, RoomId room) {
        nodesByRoom.merge(room, Set.of(node), RemoteRooms::union);
    }

    @Override
    public void removed(String node, RoomId room) {
        nodesByRoom.computeIfPresent(room, (id, nodes) -> without(nodes, node));
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
