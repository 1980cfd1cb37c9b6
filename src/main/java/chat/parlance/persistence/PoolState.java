package chat.parlance.persistence;

/**
 * State of one pool of connections to Postgres.
 *
 * @param connections open ones
 * @param maxConnections the most open ones
 * @param pending requests without an answer
 */
public record PoolState(int connections, int maxConnections, int pending) {}
