package chat.parlance.room;

import io.vertx.core.Future;

/**
 * Log of recent commits in all rooms. The cost of a query grows with the number of changes, not with the number of
 * rooms.
 */
@FunctionalInterface
public interface ChangeLog {

    /** @param cursor from an earlier answer, empty at first */
    Future<ChangeSet> since(String cursor);

    /**
     * Gives up the connection of the newest query, which was not answered in time: that query fails, and the next one
     * uses another connection. The default is for a log without connections, which answers or fails by itself.
     */
    default void giveUp() {}
}
