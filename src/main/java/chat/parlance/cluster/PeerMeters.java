package chat.parlance.cluster;

/** What is counted of the messages to other nodes. May be called from any event loop. */
public interface PeerMeters {

    void sent(PeerTraffic traffic, int bytes);

    /** Too much of it was under way to the node already. */
    void dropped(PeerTraffic traffic, int bytes);
}
