package chat.parlance.room;

import chat.parlance.model.Standing;
import chat.parlance.model.Visibility;
import org.jspecify.annotations.Nullable;

/**
 * Standing of one user in a room and the requested events, read in one snapshot. {@link RoomRules} decides if the user
 * may see the events.
 *
 * @param viewer null for a stranger
 */
public record Access(
        Visibility visibility, boolean archived, @Nullable Standing viewer, EventPage page) {

    RoomRules.Situation situation() {
        return new RoomRules.Situation(visibility, archived, viewer);
    }

    boolean isJoined() {
        return viewer != null && viewer.isJoined();
    }
}
