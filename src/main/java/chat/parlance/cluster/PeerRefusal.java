package chat.parlance.cluster;

/** Kinds of refused connections, frames and messages of other nodes. */
public enum PeerRefusal {
    /** Connections to Hazelcast's port whose peer did not prove itself, or not in time. */
    JOINS,
    /** Connections to the event bus whose peer did not prove itself in time. */
    CONNECTIONS,
    /** Frames of the event bus that are too long, or that no node sends. */
    FRAMES,
    /** Messages with committed events. */
    EVENTS,
    /** Messages about rooms. */
    ROOMS,
    /** Messages about presence. */
    PRESENCE,
    /** Messages with signals. */
    SIGNALS,
    /** Messages about token usage of rate limits. */
    SPENDING
}
