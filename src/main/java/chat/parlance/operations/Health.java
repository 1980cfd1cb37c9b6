package chat.parlance.operations;

/** What a node can do for clients now. */
public enum Health {
    UP,
    /** It finishes what it has accepted and sends its clients away by itself. */
    DRAINING,
    DOWN
}
