package chat.parlance.error;

import java.util.stream.Stream;

/**
 * A node cannot start, for a reason that its operator can mend. The message is one line, or one a problem; it is
 * printed without a stack trace and the process exits with a code other than 0.
 */
public final class StartupException extends RuntimeException {

    public StartupException(String message) {
        super(message);
    }

    public StartupException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The problems, a line each. */
    public Stream<String> lines() {
        return String.valueOf(getMessage()).lines();
    }
}
