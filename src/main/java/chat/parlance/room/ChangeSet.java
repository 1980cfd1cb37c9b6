package chat.parlance.room;

import chat.parlance.model.Cursor;
import chat.parlance.model.Membership;
import chat.parlance.model.RoomId;
import chat.parlance.model.SavedMark;
import chat.parlance.model.SessionId;
import chat.parlance.model.UserId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes since an earlier poll.
 *
 * @param cursor for the next poll; opaque to all but the log
 * @param complete false when the log no longer reaches back to the cursor of the poll, or the database may have gone
 *     back, so that anything may have changed
 * @param failedOver true when the only reason for an incomplete answer is a failover to another server, which may lack
 *     the last commits of the one before
 * @param interrupted true when the node had no answer for longer than its lease; only the poll itself knows
 * @param heads the newest event of each changed room, in the order given
 * @param memberships the present memberships of users whose membership in a room changed
 * @param markers the read markers that moved
 * @param preferred the present state of changed preferences
 * @param threads the threads whose state changed for a user
 * @param saved the present state of messages that users saved or removed from their lists
 * @param revoked the revoked sessions; all of the last hour when the log does not reach back to the cursor
 */
public record ChangeSet(
        String cursor,
        boolean complete,
        boolean failedOver,
        boolean interrupted,
        Map<RoomId, Cursor> heads,
        List<MembershipChanged> memberships,
        List<Marker> markers,
        List<Signal.Preferred> preferred,
        List<ThreadOf> threads,
        List<SavedMark> saved,
        Set<SessionId> revoked) {

    /** @param membership null for a stranger */
    public record MembershipChanged(
            RoomId room, UserId user, @Nullable Membership membership) {}

    /**
     * Position of a read marker.
     *
     * @param turn number of times that the marker was moved back
     * @param seq the last event that the user has read
     */
    public record Marker(RoomId room, UserId user, int turn, long seq) {}

    /**
     * Thread of a user.
     *
     * @param thread the seq of the message that began it
     */
    public record ThreadOf(RoomId room, UserId user, long thread) {}

    public ChangeSet {
        heads = Collections.unmodifiableMap(new LinkedHashMap<>(heads));
        memberships = List.copyOf(memberships);
        markers = List.copyOf(markers);
        preferred = List.copyOf(preferred);
        threads = List.copyOf(threads);
        saved = List.copyOf(saved);
        revoked = Set.copyOf(revoked);
    }

    /** The same changes, marked as the first after an outage. */
    ChangeSet afterInterruption() {
        return new ChangeSet(
                cursor, complete, failedOver, true, heads, memberships, markers, preferred, threads, saved, revoked);
    }

    /** The same changes with these revoked sessions. */
    public ChangeSet withRevoked(Set<SessionId> all) {
        return new ChangeSet(
                cursor, complete, failedOver, interrupted, heads, memberships, markers, preferred, threads, saved, all);
    }
}
