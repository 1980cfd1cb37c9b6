package chat.parlance.error;

import java.util.stream.Stream;

/**
 * A node cannot start, for a reason that its operator can mend. The message is one line, or one a problem; it is printed without a stack trace and the process exits with {@link #exitCode()}.
 */
public final class StartupException extends RuntimeException {

    private final ExitCode exitCode;

    public StartupException(String message) {
        super(message);
        this.exitCode = ExitCode.FAILED;
    }

    public StartupException(String message, Throwable cause) {
        super(message, cause);
        this.exitCode = ExitCode.FAILED;
    }

    private StartupException(String message, ExitCode exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /** A command line or a configuration that no new start makes right. */
    public static StartupException usage(String message) {
        return new StartupException(message, ExitCode.USAGE);
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    /** The problems, a line each. */
    public Stream<String> lines() {
        return String.valueOf(getMessage()).lines();
    }
}
