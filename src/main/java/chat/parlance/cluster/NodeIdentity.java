package chat.parlance.cluster;

/**
 * Identity of a node.
 *
 * @param id unique among the nodes, and another one after a restart
 * @param name for operators and clients; nothing depends on it
 */
public record NodeIdentity(String id, String name) {}
