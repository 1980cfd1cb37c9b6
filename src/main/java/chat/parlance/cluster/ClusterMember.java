package chat.parlance.cluster;

import com.hazelcast.cluster.Member;
import java.util.Objects;

/**
 * A member of the cluster, as this node sees it.
 *
 * @param name its {@code node.name}, or the name made at its start
 * @param address of its Hazelcast
 * @param self true for this node
 * @param heard true when its digests arrive, or it is this node
 */
public record ClusterMember(String name, String address, boolean self, boolean heard) {

    static ClusterMember of(Member member, ClusterNodeBus bus) {
        String id = Objects.requireNonNullElse(member.getAttribute(HazelcastConfiguration.NODE_ID), "");
        String name = Objects.requireNonNullElse(member.getAttribute(HazelcastConfiguration.NODE_NAME), id);
        return new ClusterMember(
                name,
                member.getAddress().getHost() + ":" + member.getAddress().getPort(),
                member.localMember(),
                member.localMember() || bus.hears(id));
    }
}
