package chat.parlance.cluster;

/** What one node sends another within a bound of its own. */
public enum PeerTraffic {
    /** Committed events of rooms that the other node has. */
    EVENTS,
    /** Which rooms this node has. */
    ROOMS,
    /** Who is in which room. */
    PRESENCE,
    /** Who types, what was read, and who was invited or removed. */
    SIGNALS,
    /** What users have spent of their limits. */
    SPENDING
}
