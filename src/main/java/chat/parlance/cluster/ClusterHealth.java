package chat.parlance.cluster;

/**
 * A node's view of its cluster.
 *
 * @param peers other nodes whose digests arrive
 * @param knownAddresses addresses of other nodes according to {@code cluster.members}
 * @param alone true when the node has had known addresses for a while, but no digest arrives
 */
public record ClusterHealth(int peers, int knownAddresses, boolean alone) {}
