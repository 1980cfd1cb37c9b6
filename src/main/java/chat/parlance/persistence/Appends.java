package chat.parlance.persistence;

import chat.parlance.room.NewEvent;
import io.vertx.core.Future;

/** The way of an event from an event loop to a group commit, of this node or of another. */
@FunctionalInterface
interface Appends {

    /** Completes after the commit, on the caller's context, each event by itself; never fails. */
    Future<AppendOutcome> append(NewEvent event);
}
