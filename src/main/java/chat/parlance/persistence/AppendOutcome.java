package chat.parlance.persistence;

import chat.parlance.error.ErrorCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of one event of a batch. */
sealed interface AppendOutcome {

    /**
     * It was appended now.
     *
     * @param thread the first message of the thread that a reply became part of, null for all else
     */
    record Stored(long seq, Instant at, @Nullable Long thread) implements AppendOutcome {}

    /** It had been appended before, at {@code seq}. */
    record Duplicate(long seq) implements AppendOutcome {}

    /** It was not appended, or, when the code is retryable, may have been. */
    record Refused(ErrorCode code) implements AppendOutcome {}
}
