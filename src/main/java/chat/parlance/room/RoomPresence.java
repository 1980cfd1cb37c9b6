package chat.parlance.room;

import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Users present in a room, over all nodes: each once, however many connections it has.
 *
 * @param count number of users
 * @param users all of them by id; null when they are omitted, because they are too many or because only the changes are
 *     sent
 * @param arrived users who arrived since the last report
 * @param departed users who left since the last report
 */
public record RoomPresence(
        RoomId room, int count, @Nullable List<UserId> users, List<UserId> arrived, List<UserId> departed) {

    public RoomPresence {
        users = users == null ? null : List.copyOf(users);
        arrived = List.copyOf(arrived);
        departed = List.copyOf(departed);
    }

    /** Presence for a connection without an earlier report. */
    RoomPresence whole() {
        return new RoomPresence(room, count, users, List.of(), List.of());
    }

    /** Presence for a connection that received the last report. */
    RoomPresence changes() {
        return new RoomPresence(room, count, null, arrived, departed);
    }

    boolean hasChanges() {
        return !arrived.isEmpty() || !departed.isEmpty();
    }
}
