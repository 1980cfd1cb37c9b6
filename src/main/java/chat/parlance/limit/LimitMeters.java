package chat.parlance.limit;

/** Counters of the limits. May be called from any thread. */
@FunctionalInterface
public interface LimitMeters {

    /** A request or connection was refused. */
    void limited(Limit limit);
}
