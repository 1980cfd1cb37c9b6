package chat.parlance.persistence;

import chat.parlance.error.ErrorCode;
import chat.parlance.model.Cursor;
import chat.parlance.model.Stamp;
import chat.parlance.model.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Final outcome of one event. */
sealed interface AppendOutcome extends WriteOutcome {

    /**
     * The event was appended now.
     *
     * @param cursor its place in the room
     * @param previous the stamp of the event before it in the room
     * @param thread the first message of the thread that a reply joined, null for all other events
     * @param mentions the members that its text names
     */
    record Stored(
            Cursor cursor,
            Stamp previous,
            Instant at,
            @Nullable Long thread,
            List<UserId> mentions) implements AppendOutcome {

        public Stored {
            mentions = List.copyOf(mentions);
        }
    }

    /** The event had been appended before, at {@code cursor}. */
    record Duplicate(Cursor cursor) implements AppendOutcome {}

    /** The event was not appended, or, with {@code storage.unavailable}, may have been. */
    record Refused(ErrorCode code) implements AppendOutcome {}
}
