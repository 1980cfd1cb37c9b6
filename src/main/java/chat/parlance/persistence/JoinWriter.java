package chat.parlance.persistence;

import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import java.util.List;

/** Writer of batches of joins. */
interface JoinWriter {

    /** Wait of a batch that skips locked rows. */
    int NO_WAIT = 0;

    /** A user who joins a room. */
    record Join(RoomId room, UserId user) {}

    /**
     * Stores the joins that the rules allow, in one transaction.
     *
     * <p>Fails with a {@link LockTimeoutException} when a lock was not free in time; nothing is stored then.
     *
     * @param batch joins, each once
     * @param lockWaitMs the longest wait for a lock in milliseconds; {@link #NO_WAIT} leaves out joins whose rows are
     *     locked
     * @return the outcomes in the order of the batch
     */
    Future<List<JoinOutcome>> write(List<Join> batch, int lockWaitMs);
}
