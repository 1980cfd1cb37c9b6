package chat.parlance.room;

/** Which events of a room to read; always at most {@code limit}, rising in seq. */
public sealed interface Range {

    int limit();

    /** The first ones after {@code seq}; none when more than {@code maxBehind} have come since. */
    record After(long seq, int limit, long maxBehind) implements Range {
        public After(long seq, int limit) {
            this(seq, limit, Long.MAX_VALUE);
        }
    }

    /** The last ones before {@code seq}. */
    record Before(long seq, int limit) implements Range {}

    /** That of {@code seq} and those on both sides of it, of history alone. */
    record Around(long seq, int limit) implements Range {}

    /** The newest ones. */
    static Range newest(int limit) {
        return new Before(Long.MAX_VALUE, limit);
    }
}
