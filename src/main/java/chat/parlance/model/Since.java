package chat.parlance.model;

import org.jspecify.annotations.Nullable;

/**
 * Last event of a room that a client has.
 *
 * @param seq of the event, 0 when the client has none
 * @param stamp of the event; null from a person who typed the seq alone
 */
public record Since(long seq, @Nullable Stamp stamp) {

    /** True when the client may mean this event: its seq is the same, and its stamp is the same or missing. */
    public boolean isAt(Cursor stored) {
        return seq == stored.seq() && (seq == 0 || stamp == null || stamp.equals(stored.stamp()));
    }
}
