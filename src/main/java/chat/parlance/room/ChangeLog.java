package chat.parlance.room;

import io.vertx.core.Future;

/** What was committed lately, over all rooms; asking costs as much as has changed, however many rooms there are. */
@FunctionalInterface
public interface ChangeLog {

    /** @param mark that an earlier answer gave, empty at first */
    Future<Changes> since(String mark);

    /**
     * The newest question was not answered in time: its connection is given up, so that the question fails and the next
     * one goes another way. A log without connections has nothing to give up, and answers or fails by itself.
     */
    default void giveUp() {}
}
