package chat.parlance.room;

/** The relation between what was given to clients and what the store has. */
enum Continuity {
    /** The store has the same event at the place. */
    PROVED,

    /** The store has another event at the place, or none. */
    BROKEN,

    /** The answer of the store does not reach the place. */
    UNKNOWN
}
