package chat.parlance.persistence;

import chat.parlance.room.NewEvent;
import io.vertx.core.Promise;

/**
 * An accepted event without an answer yet.
 *
 * @param sinceNs time of acceptance
 */
record PendingEvent(NewEvent event, Promise<AppendOutcome> outcome, long sinceNs) {}
