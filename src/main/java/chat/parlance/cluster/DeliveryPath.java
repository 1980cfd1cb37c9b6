package chat.parlance.cluster;

/** Way of an event to the event loops of a node. */
public enum DeliveryPath {
    /** This node has committed it. */
    THIS_NODE,
    /** Another node has committed it, and the bus has delivered it. */
    OTHER_NODE
}
