package chat.parlance.persistence;

/**
 * Value of {@code lock_timeout} for a transaction that may wait for a row. Postgres applies it to each lock anew, and a
 * contended row takes two: the place at the head of its queue, then the holder's lock.
 */
final class LockWait {

    private static final int LOCKS_OF_A_ROW = 2;

    private LockWait() {}

    /**
     * @param waitMs the longest wait for the row, more than 0
     * @return the value of {@code lock_timeout} in milliseconds
     */
    static int timeoutMs(int waitMs) {
        // 0 would wait without a limit.
        return Math.max(1, waitMs / LOCKS_OF_A_ROW);
    }
}
