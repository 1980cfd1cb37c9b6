package chat.parlance.room;

import chat.parlance.model.Role;
import chat.parlance.model.Visibility;
import org.jspecify.annotations.Nullable;

/**
 * What one user may see of a room, and the events asked for, read in one snapshot.
 *
 * @param role the user's role, or null when not a member
 */
public record Access(Visibility visibility, @Nullable Role role, EventPage page) {

    /** Whether the room exists as far as the user is concerned. */
    public boolean visible() {
        return role != null || visibility == Visibility.PUBLIC;
    }
}
