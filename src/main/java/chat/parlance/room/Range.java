package chat.parlance.room;

import chat.parlance.model.Since;
import java.time.Instant;

/** Which events of a room to read; always at most {@code limit}, rising in seq. */
public sealed interface Range {

    int limit();

    /**
     * The first ones after an event; none when more than {@code maxBehind} have come since. The page tells how the store
     * has that event, whether or not it is the one that is meant.
     */
    record After(Since since, int limit, long maxBehind) implements Range {
        public After(Since since, int limit) {
            this(since, limit, Long.MAX_VALUE);
        }

        public long seq() {
            return since.seq();
        }
    }

    /** The last ones before {@code seq}. */
    record Before(long seq, int limit) implements Range {}

    /** That of {@code seq} and those on both sides of it, of history alone. */
    record Around(long seq, int limit) implements Range {}

    /** The first ones from a time on, of history alone. */
    record From(Instant at, int limit) implements Range {}

    /** The newest ones. */
    static Range newest(int limit) {
        return new Before(Long.MAX_VALUE, limit);
    }
}
