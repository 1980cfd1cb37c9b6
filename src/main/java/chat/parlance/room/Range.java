package chat.parlance.room;

import chat.parlance.model.Since;
import java.time.Instant;

/** Range of a room's events to read; always at most {@code limit}, rising in seq. */
public sealed interface Range {

    int limit();

    /**
     * The first events after a given one; none when more than {@code maxBehind} have come since. The page also has the
     * store's event at that seq, so that the caller can compare the two.
     */
    record After(Since since, int limit, long maxBehind) implements Range {
        public After(Since since, int limit) {
            this(since, limit, Long.MAX_VALUE);
        }

        public long seq() {
            return since.seq();
        }
    }

    /** The last events before {@code seq}. */
    record Before(long seq, int limit) implements Range {}

    /** The event with this seq and its neighbours on both sides; history only. */
    record Around(long seq, int limit) implements Range {}

    /** The first events from a time on; history only. */
    record From(Instant at, int limit) implements Range {}

    /** The newest events. */
    static Range newest(int limit) {
        return new Before(Long.MAX_VALUE, limit);
    }
}
