package chat.parlance.cluster;

/**
 * Sight that a node has of its cluster.
 *
 * @param peers other nodes whose digests arrive
 * @param knownAddresses addresses at which {@code cluster.members} says that there are other nodes
 * @param alone the node has known addresses for a while, and no digest arrives
 */
public record ClusterHealth(int peers, int knownAddresses, boolean alone) {}
