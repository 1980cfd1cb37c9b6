package chat.parlance.model;

import java.time.Instant;
import java.util.Objects;

/**
 * One change of a room, at its place in the room's one sequence. Immutable once committed.
 *
 * @param room the room that changed
 * @param seq 1 for the room's first event, then one more each, without a hole
 * @param stamp the event's own mark, which no other event has
 * @param previous the stamp of the event before it in the room, {@link Stamp#NONE} of the first
 * @param at when it was committed, by the database's clock, in milliseconds
 * @param sender who did it
 * @param body what it was
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

    /** The place of this event. */
    public Cursor cursor() {
        return new Cursor(seq, stamp);
    }

    /** The place of the event before it. */
    public Cursor before() {
        return new Cursor(seq - 1, previous);
    }
}
