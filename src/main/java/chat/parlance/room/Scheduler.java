package chat.parlance.room;

import java.util.concurrent.Executor;

/** One event loop, as what belongs to it sees it. May be called from any thread. */
public interface Scheduler extends Executor {

    /**
     * Calls back on the event loop, later.
     *
     * @param delayMs at least 1
     */
    void after(long delayMs, Runnable action);
}
