package chat.parlance.persistence;

/** Work that is sent to Postgres; each kind has a pool of connections. */
public enum Workload {
    /** All other work: requests of clients, and their identities. */
    READS,
    /** Commits of messages. */
    COMMITS,
    /** Commits of messages to rooms whose row another transaction holds. */
    LOCKED_COMMITS,
    /** Joins, changes of members and settings, and other writes that need the lock of a room or a member. */
    CHANGES,
    /** The poll of changes. */
    WATCH,
    SEARCHES,
    /** The search indexer. */
    INDEX
}
