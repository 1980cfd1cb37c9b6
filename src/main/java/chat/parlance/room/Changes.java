package chat.parlance.room;

import chat.parlance.model.RoomId;
import chat.parlance.model.SessionId;
import chat.parlance.model.Standing;
import chat.parlance.model.UserId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What changed since an earlier look.
 *
 * @param mark where the next look goes on
 * @param complete false when the log no longer goes back to the mark asked for, so that anything may have changed
 * @param heads the seq of the newest event of each room that changed
 * @param places where a user's standing in a room changed, as it is now
 * @param markers how far read markers have moved
 * @param revoked the sessions that were ended; all of the last hour when the log does not go back so far
 */
public record Changes(
        long mark,
        boolean complete,
        Map<RoomId, Long> heads,
        List<Place> places,
        List<Marker> markers,
        Set<SessionId> revoked) {

    /** @param standing null for a stranger */
    public record Place(RoomId room, UserId user, @Nullable Standing standing) {}

    /** @param seq what the user has read up to */
    public record Marker(RoomId room, UserId user, long seq) {}

    public Changes {
        heads = Map.copyOf(heads);
        places = List.copyOf(places);
        markers = List.copyOf(markers);
        revoked = Set.copyOf(revoked);
    }

    /** The same, and these sessions were ended. */
    public Changes withRevoked(Set<SessionId> all) {
        return new Changes(mark, complete, heads, places, markers, all);
    }

    /** The same, when more may have changed. */
    Changes incomplete() {
        return new Changes(mark, false, heads, places, markers, revoked);
    }
}
