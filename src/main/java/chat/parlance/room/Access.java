package chat.parlance.room;

import chat.parlance.model.Standing;
import chat.parlance.model.Visibility;
import org.jspecify.annotations.Nullable;

/**
 * What one user is in a room, and the events asked for, read in one snapshot. Whether the user may see them is for {@link
 * RoomRules} to say.
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
