package chat.parlance.room;

import chat.parlance.model.Membership;
import chat.parlance.model.Visibility;
import org.jspecify.annotations.Nullable;

/**
 * Membership of one user in a room and the requested events, read in one snapshot. {@link RoomRules} decides if the user
 * may see the events.
 *
 * @param viewer null for a stranger
 */
public record RoomAccess(
        Visibility visibility, boolean archived, @Nullable Membership viewer, EventPage page) {

    RoomRules.Situation situation() {
        return new RoomRules.Situation(visibility, archived, viewer);
    }

    boolean isJoined() {
        return viewer != null && viewer.isJoined();
    }
}
