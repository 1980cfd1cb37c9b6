package chat.parlance.room;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.PageSize;
import chat.parlance.model.RoomId;
import chat.parlance.model.SavedMark;
import chat.parlance.model.SavedPage;
import chat.parlance.model.SavedPlace;
import chat.parlance.model.Target;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Saved messages of users. Each change is sent to all connections of the user. May be called from any event loop. */
public final class SavedService {

    private final RoomService rooms;
    private final SavedStore saved;
    private final SignalBus bus;

    public SavedService(RoomService rooms, SavedStore saved, SignalBus bus) {
        this.rooms = rooms;
        this.saved = saved;
        this.bus = bus;
    }

    /**
     * Saves a message of a room that the user has joined. Fails with {@code room.not_found}, {@code room.forbidden},
     * {@code message.not_found}, {@code history.changed}, or {@code room.full} when the list is full.
     */
    public Future<Void> save(UserId user, RoomId room, Target message) {
        return saved.save(user, room, message)
                .compose(found -> found.map(Future::succeededFuture).orElseGet(() -> refuse(user, room)))
                .map(outcome -> {
                    check(outcome);
                    return tell(new SavedMark(room, user, message.seq(), true));
                });
    }

    /** See {@link SavedStore#remove}. */
    public Future<Void> remove(UserId user, RoomId room, long seq) {
        return saved.remove(user, room, seq).map(removed -> tell(new SavedMark(room, user, seq, false)));
    }

    /** See {@link SavedStore#list}. */
    public Future<SavedPage> list(UserId user, @Nullable SavedPlace after, int limit) {
        PageSize.require(limit);
        return saved.list(user, after, limit);
    }

    private static void check(SavedStore.Outcome outcome) {
        switch (outcome) {
            case SAVED -> {}
            case FULL ->
                throw new ChatException(
                        ErrorCode.ROOM_FULL,
                        "You have saved " + SavedStore.MAX_SAVED + " messages already, remove one first");
            case OTHER_STAMP -> throw new ChatException(ErrorCode.HISTORY_CHANGED);
        }
    }

    private @Nullable Void tell(SavedMark mark) {
        bus.publish(new Signal.Saved(mark));
        return null;
    }

    private <T> Future<T> refuse(UserId user, RoomId room) {
        return rooms.find(user, room).map(visible -> {
            if (visible.viewer() == null || !visible.viewer().isJoined()) {
                throw new ChatException(ErrorCode.ROOM_FORBIDDEN, "Join the room first");
            }
            throw new ChatException(ErrorCode.MESSAGE_NOT_FOUND);
        });
    }
}
