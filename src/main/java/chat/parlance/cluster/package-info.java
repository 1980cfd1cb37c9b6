/**
 * The cluster: discovery of nodes, the rooms of each node, and the transport of committed events between them. {@link
 * chat.parlance.cluster.ClusterNodeBus} implements the port of room; {@link chat.parlance.cluster.Cluster} is the only
 * user of Hazelcast. Nothing here is the source of truth, which is Postgres: a lost message costs a read, never an
 * event.
 */
@NullMarked
package chat.parlance.cluster;

import org.jspecify.annotations.NullMarked;
