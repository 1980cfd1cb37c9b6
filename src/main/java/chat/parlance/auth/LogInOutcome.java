package chat.parlance.auth;

import chat.parlance.error.ChatException;

/** Outcome of an attempt to log in whose address is within its rate limit. */
public enum LogInOutcome {
    SUCCESS,
    /** The password was wrong, or there is no such user. */
    WRONG,
    /** Too many attempts have failed before. */
    LOCKED,
    /** Too many hashes were waiting, or the requester has disconnected. */
    OVERLOADED,
    /** Postgres did not answer, or the program failed. */
    FAILED;

    static LogInOutcome of(Throwable failure) {
        if (!(failure instanceof ChatException known)) {
            return FAILED;
        }
        return switch (known.code()) {
            case AUTH_INVALID_CREDENTIALS -> WRONG;
            case AUTH_TOO_MANY_FAILURES -> LOCKED;
            case SERVER_OVERLOADED -> OVERLOADED;
            default -> FAILED;
        };
    }
}
