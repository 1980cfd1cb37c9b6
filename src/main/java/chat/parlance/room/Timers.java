package chat.parlance.room;

/** Calls back on the caller's event loop, later. */
@FunctionalInterface
public interface Timers {

    /** @param delayMs at least 1 */
    void after(long delayMs, Runnable action);
}
