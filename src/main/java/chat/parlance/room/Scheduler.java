package chat.parlance.room;

import java.util.concurrent.Executor;

/** One event loop, as its components see it. May be called from any thread. */
public interface Scheduler extends Executor {

    /**
     * Runs an action on the event loop, later.
     *
     * @param delayMs at least 1
     */
    void after(long delayMs, Runnable action);
}
