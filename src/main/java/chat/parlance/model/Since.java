package chat.parlance.model;

import org.jspecify.annotations.Nullable;

/**
 * The event that a client names as the last one it has of a room.
 *
 * @param seq of the event, 0 when it has none
 * @param stamp of the event; null from a person who typed the seq alone
 */
public record Since(long seq, @Nullable Stamp stamp) {

    /** Whether the client means this event, as far as it has said. */
    public boolean isAt(Cursor stored) {
        return seq == stored.seq() && (seq == 0 || stamp == null || stamp.equals(stored.stamp()));
    }
}
