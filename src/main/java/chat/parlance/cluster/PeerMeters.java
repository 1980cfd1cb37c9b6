package chat.parlance.cluster;

/** What is counted of the messages to other nodes. May be called from any event loop. */
public interface PeerMeters {

    void sent(int bytes);

    /** Too much was under way to the node already; it will read the events from the store. */
    void dropped(int bytes);
}
