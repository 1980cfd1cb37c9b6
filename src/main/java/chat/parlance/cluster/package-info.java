/**
 * The nodes of a cluster: how they find each other, who has members of which room, and how committed events travel
 * between them. {@link chat.parlance.cluster.ClusterNodeBus} implements the port of room; {@link
 * chat.parlance.cluster.Cluster} is the only user of Hazelcast. Nothing here is trusted with the truth, which is in
 * Postgres: what gets lost costs a read, never an event.
 */
@NullMarked
package chat.parlance.cluster;

import org.jspecify.annotations.NullMarked;
