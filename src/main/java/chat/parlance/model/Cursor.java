package chat.parlance.model;

import java.util.Objects;

/**
 * A place in one history of a room: an event by its seq and its stamp. Events are a chain in which each names the stamp
 * of the one before, so two copies with the same cursor have the same history up to it.
 *
 * @param seq of the event, 0 before the first one
 * @param stamp of the event, {@link Stamp#NONE} only before the first one
 */
public record Cursor(long seq, Stamp stamp) {

    /** Cursor before the first event of any room. */
    public static final Cursor START = new Cursor(0, Stamp.NONE);

    public Cursor {
        Objects.requireNonNull(stamp);
        if (seq < 0 || (seq == 0) != stamp.equals(Stamp.NONE)) {
            throw new IllegalArgumentException("seq " + seq + " with the stamp " + stamp);
        }
    }
}
