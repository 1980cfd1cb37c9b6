package chat.parlance.model;

/**
 * How far a member has read a room.
 *
 * @param readSeq the last event that was read
 * @param messages others' messages after it, counted up to {@link #MAX_COUNT}
 * @param mentions those of them that name the member, counted alike
 * @param turn how often the member has marked something unread again, which orders markers before {@code readSeq} does
 */
public record Unread(long readSeq, int messages, int mentions, int turn) {

    /** Counting ends here, so that a room that was left alone for years costs no more than one of yesterday. */
    public static final int MAX_COUNT = 1000;

    /** In the first turn. */
    public Unread(long readSeq, int messages, int mentions) {
        this(readSeq, messages, mentions, 0);
    }

    /** True also when an edit of a message that was read mentions the user. */
    public boolean isSomething() {
        return messages > 0 || mentions > 0;
    }
}
