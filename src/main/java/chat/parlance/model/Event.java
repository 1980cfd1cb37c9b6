package chat.parlance.model;

import java.time.Instant;
import java.util.Objects;

/**
 * One change of a room, at its place in the room's one sequence. Immutable once committed.
 *
 * @param room the room that changed
 * @param seq 1 for the room's first event, then one more each, without a hole
 * @param at when it was committed, by the database's clock, in milliseconds
 * @param sender who did it
 * @param body what it was
 */
public record Event(RoomId room, long seq, Instant at, UserId sender, EventBody body) {

    public Event {
        Objects.requireNonNull(room);
        Objects.requireNonNull(at);
        Objects.requireNonNull(sender);
        Objects.requireNonNull(body);
        if (seq < 1) {
            throw new IllegalArgumentException("seq " + seq);
        }
    }
}
