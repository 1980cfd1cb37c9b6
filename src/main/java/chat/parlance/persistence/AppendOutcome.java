package chat.parlance.persistence;

import chat.parlance.error.ErrorCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Final outcome of one event. */
sealed interface AppendOutcome extends WriteOutcome {

    /**
     * It was appended now.
     *
     * @param thread the first message of the thread that a reply became part of, null for all else
     */
    record Stored(long seq, Instant at, @Nullable Long thread) implements AppendOutcome {}

    /** It had been appended before, at {@code seq}. */
    record Duplicate(long seq) implements AppendOutcome {}

    /** It was not appended, or, with {@code storage.unavailable}, may have been. */
    record Refused(ErrorCode code) implements AppendOutcome {}
}
