package chat.parlance.error;

/** Exit codes of the process; docs/OPERATIONS.md has them as one table. */
public enum ExitCode {
    DONE(0, "the command succeeded; of `verify`: the database is sound"),
    FAILED(1, "the node could not start; of `verify`, `doctor` and `bench`: something was found"),
    USAGE(2, "an unknown command or flag, or a configuration that is wrong: a new start needs a change first"),
    NOT_CHECKED(3, "of `verify`: the database could not be checked; of a node: the JVM ran out of memory"),
    HUNG_UP(129, "stopped by SIGHUP, in order"),
    INTERRUPTED(130, "stopped by SIGINT (Ctrl+C), in order"),
    TERMINATED(143, "stopped by SIGTERM, in order");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    /** Text for the documents. */
    public String meaning() {
        return meaning;
    }
}
