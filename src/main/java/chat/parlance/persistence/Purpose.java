package chat.parlance.persistence;

/** What connections to Postgres are for. */
public enum Purpose {
    /** Everything but the following: what clients ask for, and who they are. */
    READS,
    /** Commits of messages. */
    COMMITS,
    /** The look at what has changed. */
    WATCH,
    SEARCHES,
    /** Filling the index of searches. */
    INDEX
}
