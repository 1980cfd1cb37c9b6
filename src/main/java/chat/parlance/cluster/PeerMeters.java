package chat.parlance.cluster;

/** Counters of messages from and to other nodes. May be called from any event loop. */
public interface PeerMeters {

    void sent(PeerTraffic traffic, int bytes);

    /** A message was dropped, because too many bytes were in flight to the node. */
    void dropped(PeerTraffic traffic, int bytes);

    /**
     * An event loop has written events to its connections.
     *
     * @param lagMs time since the commit, by this node's clock and that of Postgres
     */
    void delivered(DeliveryPath path, long lagMs);

    /** A peer, or a stranger, sent a message that no node sends. */
    void refused(PeerRefusal of);
}
