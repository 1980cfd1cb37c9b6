package chat.parlance.model;

import org.jspecify.annotations.Nullable;

/**
 * The event that a client names as the last one it has of a room.
 *
 * @param seq of the event, 0 when it has none
 * @param stamp of the event; null from a person who typed the seq alone
 */
public record Since(long seq, @Nullable Stamp stamp) {

    /** True when the client may mean this event: its seq is the same, and its stamp is, or none was given. */
    public boolean isAt(Cursor stored) {
        return seq == stored.seq() && (seq == 0 || stamp == null || stamp.equals(stored.stamp()));
    }
}
