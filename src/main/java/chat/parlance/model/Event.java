package chat.parlance.model;

import java.time.Instant;
import java.util.Objects;

/**
 * One change of a room, at its place in the room's one sequence. Immutable once committed.
 *
 * @param room the room that changed
 * @param seq 1 for the room's first event, then one more each, without a hole
 * @param stamp random mark that identifies this event
 * @param previous the stamp of the event before it in the room, {@link Stamp#NONE} of the first
 * @param at commit time by the database's clock, in milliseconds
 * @param sender user who caused it
 * @param body its content
 */
public record Event(RoomId room, long seq, Stamp stamp, Stamp previous, Instant at, UserId sender, EventBody body) {

    public Event {
        Objects.requireNonNull(room);
        Objects.requireNonNull(at);
        Objects.requireNonNull(sender);
        Objects.requireNonNull(body);
        if (seq < 1 || stamp.equals(Stamp.NONE) || (seq == 1) != previous.equals(Stamp.NONE)) {
            throw new IllegalArgumentException("seq " + seq + " with the stamp " + stamp + " after " + previous);
        }
    }

    /** Cursor of this event. */
    public Cursor cursor() {
        return new Cursor(seq, stamp);
    }

    /** Cursor of the event before this one. */
    public Cursor before() {
        return new Cursor(seq - 1, previous);
    }
}
