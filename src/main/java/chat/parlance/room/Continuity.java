package chat.parlance.room;

/** Relation of an event that clients were given to the store's history. */
enum Continuity {
    /** The store has the same event at this seq. */
    PROVED,

    /** The store has another event at this seq, or none. */
    BROKEN,

    /** The store's answer does not cover this seq. */
    UNKNOWN
}
