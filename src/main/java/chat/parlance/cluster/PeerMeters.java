package chat.parlance.cluster;

/** Counters of what comes from other nodes and goes to them. May be called from any event loop. */
public interface PeerMeters {

    void sent(PeerTraffic traffic, int bytes);

    /** Too much of it was under way to the node already. */
    void dropped(PeerTraffic traffic, int bytes);

    /** A peer, or a stranger, sent what no node sends. */
    void refused(PeerRefusal of);
}
