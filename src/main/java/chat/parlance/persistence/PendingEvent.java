package chat.parlance.persistence;

import chat.parlance.room.NewEvent;
import io.vertx.core.Promise;

/**
 * An event that was accepted and is not answered yet.
 *
 * @param sinceNs the time it was accepted at
 */
record PendingEvent(NewEvent event, Promise<AppendOutcome> outcome, long sinceNs) {}
