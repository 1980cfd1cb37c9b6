package chat.parlance.room;

import io.vertx.core.Future;

/** What was committed lately, over all rooms; asking costs as much as has changed, however many rooms there are. */
@FunctionalInterface
public interface ChangeLog {

    /** @param mark that an earlier answer gave, empty at first */
    Future<Changes> since(String mark);
}
