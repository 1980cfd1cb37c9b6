package chat.parlance.limit;

/** What the limits count. May be called from any thread. */
@FunctionalInterface
public interface LimitMeters {

    /** Something was refused. */
    void limited(Limit limit);
}
