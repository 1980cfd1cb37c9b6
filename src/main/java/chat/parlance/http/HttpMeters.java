package chat.parlance.http;

/** Counters of the requests of the public port. May be called from any event loop. */
@FunctionalInterface
public interface HttpMeters {

    /**
     * A request was answered.
     *
     * @param route one of a fixed set, see {@link RequestRoute}
     */
    void answered(String route, int status, long nanoseconds);
}
