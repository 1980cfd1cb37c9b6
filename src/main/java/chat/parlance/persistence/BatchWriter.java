package chat.parlance.persistence;

import chat.parlance.room.NewEvent;
import io.vertx.core.Future;
import java.util.List;

/** Appends a batch in one transaction. */
@FunctionalInterface
interface BatchWriter {

    /** Value of {@code lockWaitMs} that skips locked rooms. */
    int NO_WAIT = 0;

    /**
     * Writes a batch.
     *
     * @param batch events in which no sender uses one client id twice in a room, and no message is changed twice
     * @param lockWaitMs the longest wait for a lock that another transaction holds
     * @return an outcome for each event, in order, after the commit; fails when the outcome is not known
     */
    Future<List<WriteOutcome>> write(List<NewEvent> batch, int lockWaitMs);
}
