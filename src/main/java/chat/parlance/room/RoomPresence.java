package chat.parlance.room;

import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a room at the moment, over all nodes: a user once, however many connections it has.
 *
 * @param count how many users
 * @param users all of them by id; null when they are not told, because they are too many or only the changes are
 * @param arrived who came since it was last told
 * @param departed who went since then
 */
public record RoomPresence(
        RoomId room, int count, @Nullable List<UserId> users, List<UserId> arrived, List<UserId> departed) {

    public RoomPresence {
        users = users == null ? null : List.copyOf(users);
        arrived = List.copyOf(arrived);
        departed = List.copyOf(departed);
    }

    /** For who knows nothing yet. */
    RoomPresence whole() {
        return new RoomPresence(room, count, users, List.of(), List.of());
    }

    /** For who knows what was told last. */
    RoomPresence changes() {
        return new RoomPresence(room, count, null, arrived, departed);
    }

    boolean hasChanges() {
        return !arrived.isEmpty() || !departed.isEmpty();
    }
}
