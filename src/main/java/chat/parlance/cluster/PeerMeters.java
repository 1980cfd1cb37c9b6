package chat.parlance.cluster;

/** Counters of messages from and to other nodes. May be called from any event loop. */
public interface PeerMeters {

    void sent(PeerTraffic traffic, int bytes);

    /** A message was dropped, because too many bytes were in flight to the node. */
    void dropped(PeerTraffic traffic, int bytes);

    /** A peer, or a stranger, sent a message that no node sends. */
    void refused(PeerRefusal of);
}
