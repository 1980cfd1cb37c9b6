package chat.parlance.persistence;

/** Counters of the work for Postgres. May be called from any thread. */
public interface StoreMeters {

    /** A statement or a transaction was sent to Postgres. */
    void asked(Workload workload);

    /** A statement or a transaction was answered, this long after it was sent. */
    void answered(Workload workload, long nanoseconds);

    /** A search was answered, this long after it was received. */
    void searched(long nanoseconds);

    /** The clock of Postgres is this far ahead of the node's, as far as one poll can tell. */
    void clockAhead(long milliseconds);

    /** A statement or a transaction failed, or had no answer in time. */
    void failed(Workload workload);

    /** A statement or a transaction was cancelled because another transaction held a lock for too long. */
    void lockTimedOut(Workload workload);

    /** A statement or a transaction was refused because too many were waiting. */
    void readRefused(Workload workload);

    /** The number of accepted, unanswered messages changed by {@code messages}. */
    void waiting(int messages);

    /** A batch was committed, this long after it was sent. */
    void committed(int messages, long nanoseconds);

    /** Messages were skipped by their batch, because another transaction held the rows of their rooms. */
    void passedOver(int messages);

    /** The outcome of a batch is unknown. */
    void unknown(int messages);

    /** A message was refused. */
    void refused(AppendRejection refusal);

    /** Messages had no timely answer from the node that was to append them. */
    void unanswered(int messages);

    /** A message of another node, or a malformed request, broke the rules and was not stored. */
    void rejected();
}
