package chat.parlance.persistence;

/** What connections to Postgres are for. */
public enum Purpose {
    /** Everything but the following: what clients ask for, and who they are. */
    READS,
    /** Commits of messages. */
    COMMITS,
    /** Commits of messages to rooms whose row another transaction holds. */
    LOCKED_COMMITS,
    /** Joins, changes of members and settings, and other writes that need the lock of a room or a member. */
    CHANGES,
    /** The look at what has changed. */
    WATCH,
    SEARCHES,
    /** Filling the index of searches. */
    INDEX
}
