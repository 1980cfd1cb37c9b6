package chat.parlance.cluster;

/** Kinds of traffic from one node to another, each with a limit of its own. */
public enum PeerTraffic {
    /** Committed events of rooms that the other node has. */
    EVENTS,
    /** Rooms that this node has. */
    ROOMS,
    /** Users in rooms. */
    PRESENCE,
    /** Typing notices, read markers, invitations and removals. */
    SIGNALS,
    /** Token usage of rate limits. */
    SPENDING
}
