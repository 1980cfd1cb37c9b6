package chat.parlance.cluster;

import com.hazelcast.cluster.InitialMembershipEvent;
import com.hazelcast.cluster.InitialMembershipListener;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Ids of the nodes that are members of the Hazelcast cluster now: messages of others on the bus are ignored. */
final class ClusterMembers implements InitialMembershipListener {

    private final String attribute;
    private final Set<String> nodes = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ClusterNodeBus bus;

    /** @param attribute the members' attribute with the node's id */
    ClusterMembers(String attribute) {
        this.attribute = attribute;
    }

    boolean contains(String node) {
        return nodes.contains(node);
    }

    /** Notifies this bus of members that join and leave. */
    void tell(ClusterNodeBus started) {
        bus = started;
    }

    @Override
    public void init(InitialMembershipEvent event) {
        event.getMembers().forEach(this::add);
    }

    @Override
    public void memberAdded(MembershipEvent event) {
        add(event.getMember());
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
        String node = event.getMember().getAttribute(attribute);
        ClusterNodeBus told = bus;
        if (node != null && nodes.remove(node) && told != null) {
            told.left(node);
        }
    }

    private void add(Member member) {
        String node = member.getAttribute(attribute);
        ClusterNodeBus told = bus;
        if (node != null && nodes.add(node) && told != null) {
            told.joined();
        }
    }
}
