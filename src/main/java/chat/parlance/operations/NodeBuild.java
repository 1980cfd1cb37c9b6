package chat.parlance.operations;

/**
 * Build of a node, for the metric {@code parlance_build_info}.
 *
 * @param node the node's name
 * @param commit empty when it is not known
 * @param schema version of the schema
 */
public record NodeBuild(String node, String version, String commit, int schema) {}
