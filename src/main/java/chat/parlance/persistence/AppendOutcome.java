package chat.parlance.persistence;

import chat.parlance.error.ErrorCode;
import java.time.Instant;

/** What became of one message of a batch. */
sealed interface AppendOutcome {

    /** It was appended now. */
    record Stored(long seq, Instant at) implements AppendOutcome {}

    /** It had been appended before, at {@code seq}. */
    record Duplicate(long seq) implements AppendOutcome {}

    /** It was not appended, or, when the code is retryable, may have been. */
    record Refused(ErrorCode code) implements AppendOutcome {}
}
