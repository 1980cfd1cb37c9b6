package chat.parlance.persistence;

/**
 * A statement or a transaction was cancelled because another transaction holds a lock that it needs, or because of a
 * deadlock. Postgres has rolled it back: nothing was stored.
 */
final class LockTimeoutException extends RuntimeException {

    LockTimeoutException(Throwable cause) {
        super(cause.getMessage(), cause, false, false);
    }
}
