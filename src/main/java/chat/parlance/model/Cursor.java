package chat.parlance.model;

import java.util.Objects;

/**
 * A place in one history of a room: an event by its seq and its stamp. Events are a chain, each names the stamp of the one
 * before it, so two that hold the same cursor hold the same history up to there.
 *
 * @param seq of the event, 0 before the first one
 * @param stamp of the event, {@link Stamp#NONE} before the first one and of no other place
 */
public record Cursor(long seq, Stamp stamp) {

    /** Before the first event of any room. */
    public static final Cursor START = new Cursor(0, Stamp.NONE);

    public Cursor {
        Objects.requireNonNull(stamp);
        if (seq < 0 || (seq == 0) != stamp.equals(Stamp.NONE)) {
            throw new IllegalArgumentException("seq " + seq + " with the stamp " + stamp);
        }
    }
}
