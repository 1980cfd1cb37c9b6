package chat.parlance.persistence;

/** What is counted of the work for Postgres. May be called from any thread. */
public interface StoreMeters {

    /** A statement or a transaction was handed to Postgres. */
    void asked(Purpose purpose);

    /** A batch was committed, so long after it was sent. */
    void committed(int messages, long nanoseconds);

    /** A batch's outcome is not known. */
    void failed(int messages);

    /** A message was refused because too many waited. */
    void refused();

    /** A read or a search was refused because too many waited. */
    void readRefused();
}
