package chat.parlance.persistence;

/** What is counted of the batches of a group commit. */
public interface CommitMeters {

    /** A batch was committed, so long after it was sent. */
    void committed(int messages, long nanoseconds);

    /** A batch's outcome is not known. */
    void failed(int messages);

    /** A message was refused because too many waited. */
    void refused();
}
