package chat.parlance.persistence;

/** What is counted of the work for Postgres. May be called from any thread. */
public interface StoreMeters {

    /** A statement or a transaction was handed to Postgres. */
    void asked(Purpose purpose);

    /** A statement or a transaction failed, or had no answer in time. */
    void failed(Purpose purpose);

    /** A statement or a transaction was given up because another transaction held a lock for too long. */
    void lockTimedOut(Purpose purpose);

    /** A statement or a transaction was refused because too many waited. */
    void readRefused(Purpose purpose);

    /** So many more messages are accepted and not yet answered; fewer, when it is negative. */
    void waiting(int messages);

    /** A batch was committed, so long after it was sent. */
    void committed(int messages, long nanoseconds);

    /** Messages were not stored with their batch, because another transaction held the rows of their rooms. */
    void passedOver(int messages);

    /** A batch's outcome is not known. */
    void unknown(int messages);

    /** A message was refused. */
    void refused(Refusal refusal);

    /** Messages had no answer in time from the node that was to append them. */
    void unanswered(int messages);

    /** A message of another node, or a request of which none could be read, broke the rules and was not stored. */
    void rejected();
}
