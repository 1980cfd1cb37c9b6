package chat.parlance.model;

/**
 * Read marker of a member in a room, with the counts of unread messages.
 *
 * @param readSeq the last event that was read
 * @param messages others' messages after it, counted up to {@link #MAX_COUNT}
 * @param mentions messages among them that mention the member, counted alike
 * @param turn number of times that the member marked something unread again, which orders markers before {@code
 *     readSeq} does
 */
public record Unread(long readSeq, int messages, int mentions, int turn) {

    /** Limit of the counts, so that a room that was not read for years costs no more than one since yesterday. */
    public static final int MAX_COUNT = 1000;

    /** Counts of the first turn. */
    public Unread(long readSeq, int messages, int mentions) {
        this(readSeq, messages, mentions, 0);
    }

    /** True when something is unread; also when an edit of a read message mentions the user. */
    public boolean isSomething() {
        return messages > 0 || mentions > 0;
    }
}
