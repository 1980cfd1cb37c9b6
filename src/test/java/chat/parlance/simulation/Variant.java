package chat.parlance.simulation;

/** Servers that break the contract on purpose, to verify that the simulation and its checker notice. */
enum Variant {
    /** The server unchanged. */
    NONE,
    PUBLISH_BEFORE_COMMIT,
    ACK_BEFORE_COMMIT,
    /** Seqs from a sequence, so that commits become visible out of order. */
    SEQUENCE_INSTEAD_OF_ROW_LOCK,
    NO_DEDUPLICATION,
    /** Holes and missed heads are not read from the store. */
    NO_GAP_READ,
    /** First the history is read, then the live stream begins. */
    NO_OVERLAP_AT_THE_SEAM,
    /** The sender gets a refusal, but the event is stored. */
    STORES_WHAT_IT_REFUSES,
    /** The stamp of an event is its seq, which a database that went back allocates again. */
    PROVES_BY_NUMBER_ALONE,
    /** The event with the next seq is accepted whatever the node's last event is. */
    TRUSTS_THE_NEXT_OF_THE_BUS,
    /** A fenced node answers from its tails without the store. */
    SERVES_TAILS_WHILE_FENCED,
    /** A tail is kept when nothing but a delete follows it. */
    KEEPS_A_DELETED_TEXT,
    /** The membership of a reader is kept with the tail. */
    KEEPS_THE_MEMBERSHIP,
    /** A tail is recognised by the seq of its head alone. */
    KNOWS_A_TAIL_BY_NUMBER
}
