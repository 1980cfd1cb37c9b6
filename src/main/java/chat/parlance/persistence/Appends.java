package chat.parlance.persistence;

import chat.parlance.room.NewEvent;
import io.vertx.core.Future;

/** Path of an event from an event loop to a group commit, of this node or of another. */
@FunctionalInterface
interface Appends {

    /** Completes after the commit, on the caller's context, for each event on its own; never fails. */
    Future<AppendOutcome> append(NewEvent event);
}
