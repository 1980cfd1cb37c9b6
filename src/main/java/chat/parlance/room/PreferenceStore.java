package chat.parlance.room;

import chat.parlance.model.RoomId;
import chat.parlance.model.RoomPreferenceChanges;
import chat.parlance.model.RoomPreferences;
import chat.parlance.model.UserId;
import chat.parlance.model.UserPreferenceChanges;
import chat.parlance.model.UserPreferences;
import io.vertx.core.Future;
import java.util.Optional;

/** Preferences of users. {@link RoomStore} returns those for one room with the room. */
public interface PreferenceStore {

    /** Preferences of the user, the defaults when none were set. */
    Future<UserPreferences> find(UserId user);

    Future<UserPreferences> change(UserId user, UserPreferenceChanges changes);

    /**
     * Changes a member's preferences for a room; empty when the user is not a member. A room is hidden no further than
     * to its head.
     *
     * <p>Fails with {@code server.overloaded} when another transaction holds the membership for too long.
     */
    Future<Optional<RoomPreferences>> change(UserId user, RoomId room, RoomPreferenceChanges changes);
}
