package chat.parlance.room;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.PageSize;
import chat.parlance.model.RoomId;
import chat.parlance.model.Target;
import chat.parlance.model.ThreadMarker;
import chat.parlance.model.ThreadPage;
import chat.parlance.model.ThreadPlace;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Threads as a user can use them. All methods are for members; a room that is hidden from the user is answered as one
 * that does not exist. Each change is sent to all connections of the user. May be called from any event loop.
 */
public final class ThreadService {

    private final RoomService rooms;
    private final ThreadStore threads;
    private final SignalBus bus;

    public ThreadService(RoomService rooms, ThreadStore threads, SignalBus bus) {
        this.rooms = rooms;
        this.threads = threads;
        this.bus = bus;
    }

    /** State for the user of the thread that a message belongs to, or would begin. */
    public Future<ThreadMarker> find(UserId user, RoomId room, long message) {
        return threads.find(user, room, message).compose(found -> required(found, user, room));
    }

    /** See {@link ThreadStore#follow}. */
    public Future<ThreadMarker> follow(UserId user, RoomId room, long message, boolean following) {
        return threads.follow(user, room, message, following)
                .compose(found -> required(found, user, room))
                .onSuccess(this::tell);
    }

    /** See {@link ThreadStore#markRead}. */
    public Future<ThreadMarker> markRead(UserId user, RoomId room, long message, Target target) {
        return threads.markRead(user, room, message, target)
                .compose(found -> required(found, user, room))
                .onSuccess(this::tell);
    }

    /** See {@link ThreadStore#list}. */
    public Future<ThreadPage> list(UserId user, @Nullable ThreadPlace after, int limit) {
        PageSize.require(limit);
        return threads.list(user, after, limit);
    }

    private void tell(ThreadMarker marker) {
        bus.publish(new Signal.ThreadState(marker));
    }

    private Future<ThreadMarker> required(Optional<ThreadMarker> found, UserId user, RoomId room) {
        return found.map(Future::succeededFuture)
                .orElseGet(() -> rooms.find(user, room).map(visible -> {
                    if (visible.viewer() == null || !visible.viewer().isJoined()) {
                        throw new ChatException(ErrorCode.ROOM_FORBIDDEN, "Join the room first");
                    }
                    throw new ChatException(ErrorCode.MESSAGE_NOT_FOUND);
                }));
    }
}
