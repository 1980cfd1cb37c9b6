package chat.parlance.room;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomPreferenceChanges;
import chat.parlance.model.RoomPreferences;
import chat.parlance.model.UserId;
import chat.parlance.model.UserPreferenceChanges;
import chat.parlance.model.UserPreferences;
import io.vertx.core.Future;

/**
 * Preferences of users for their rooms. Each change is sent to all connections of the user. Stateless; may be called
 * from any event loop.
 */
public final class PreferenceService {

    private final RoomService rooms;
    private final PreferenceStore store;
    private final SignalBus bus;

    public PreferenceService(RoomService rooms, PreferenceStore store, SignalBus bus) {
        this.rooms = rooms;
        this.store = store;
        this.bus = bus;
    }

    public Future<UserPreferences> find(UserId user) {
        return store.find(user);
    }

    /** @throws ChatException with {@code bad_request} when there is nothing to change */
    public Future<UserPreferences> change(UserId user, UserPreferenceChanges changes) {
        requireSome(changes.isEmpty());
        return store.change(user, changes).onSuccess(changed -> bus.publish(new Signal.UserPreferred(user, changed)));
    }

    /**
     * Changes a member's preferences for a room, also for an archived one. Fails with {@code room.not_found}, {@code
     * room.banned} or {@code room.forbidden} for a user who is not a member.
     *
     * @throws ChatException with {@code bad_request} when there is nothing to change
     */
    public Future<RoomPreferences> change(UserId user, RoomId room, RoomPreferenceChanges changes) {
        requireSome(changes.isEmpty());
        return store.change(user, room, changes)
                .compose(changed -> changed.map(Future::succeededFuture).orElseGet(() -> refuse(user, room)))
                .onSuccess(changed -> bus.publish(new Signal.RoomPreferred(room, user, changed)));
    }

    private Future<RoomPreferences> refuse(UserId user, RoomId room) {
        return rooms.find(user, room).map(visible -> {
            throw new ChatException(ErrorCode.ROOM_FORBIDDEN, "Join the room first");
        });
    }

    private static void requireSome(boolean empty) {
        if (empty) {
            throw ChatException.badRequest("There is nothing to change");
        }
    }
}
