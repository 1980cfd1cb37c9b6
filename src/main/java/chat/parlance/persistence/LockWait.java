package chat.parlance.persistence;

/**
 * The {@code lock_timeout} of a transaction that may wait for a row. Postgres counts it anew for each lock, and a row for
 * which several transactions wait takes two: first the place at the head of their line, then that of the holder.
 */
final class LockWait {

    private static final int LOCKS_OF_A_ROW = 2;

    private LockWait() {}

    /**
     * @param waitMs the longest wait for the row, more than 0
     * @return the value of {@code lock_timeout} in milliseconds
     */
    static int timeoutMs(int waitMs) {
        // 0 would be a wait without end.
        return Math.max(1, waitMs / LOCKS_OF_A_ROW);
    }
}
