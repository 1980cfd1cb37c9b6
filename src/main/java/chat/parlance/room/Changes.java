package chat.parlance.room;

import chat.parlance.model.Cursor;
import chat.parlance.model.RoomId;
import chat.parlance.model.SavedMark;
import chat.parlance.model.SessionId;
import chat.parlance.model.Standing;
import chat.parlance.model.UserId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What changed since an earlier look.
 *
 * @param mark where the next look goes on; only the log knows what it says
 * @param complete false when the log no longer goes back to the mark asked for, or the database may have gone back, so
 *     that anything may have changed
 * @param failedOver not complete for no other reason than that another server has taken over, which may lack the last
 *     commits of the one before
 * @param interrupted whether the node has had no answer for longer than its lease, as only the poll itself knows
 * @param heads the newest event of each room that changed; keeps the order that it was given
 * @param places where a user's standing in a room changed, as it is now
 * @param markers how far read markers have moved
 * @param preferred preferences that changed, as they are now
 * @param threads those whose state for a user changed
 * @param saved the messages that users saved, or removed from their lists, as it is now
 * @param revoked the sessions that were ended; all of the last hour when the log does not go back so far
 */
public record Changes(
        String mark,
        boolean complete,
        boolean failedOver,
        boolean interrupted,
        Map<RoomId, Cursor> heads,
        List<Place> places,
        List<Marker> markers,
        List<Signal.Preferred> preferred,
        List<ThreadOf> threads,
        List<SavedMark> saved,
        Set<SessionId> revoked) {

    /** @param standing null for a stranger */
    public record Place(RoomId room, UserId user, @Nullable Standing standing) {}

    /**
     * @param turn how often it went back
     * @param seq what the user has read up to
     */
    public record Marker(RoomId room, UserId user, int turn, long seq) {}

    /** @param thread the seq of the message that began it */
    public record ThreadOf(RoomId room, UserId user, long thread) {}

    public Changes {
        heads = Collections.unmodifiableMap(new LinkedHashMap<>(heads));
        places = List.copyOf(places);
        markers = List.copyOf(markers);
        preferred = List.copyOf(preferred);
        threads = List.copyOf(threads);
        saved = List.copyOf(saved);
        revoked = Set.copyOf(revoked);
    }

    /** The same, after an outage. */
    Changes afterInterruption() {
        return new Changes(
                mark, complete, failedOver, true, heads, places, markers, preferred, threads, saved, revoked);
    }

    /** The same, and these sessions were ended. */
    public Changes withRevoked(Set<SessionId> all) {
        return new Changes(
                mark, complete, failedOver, interrupted, heads, places, markers, preferred, threads, saved, all);
    }
}
