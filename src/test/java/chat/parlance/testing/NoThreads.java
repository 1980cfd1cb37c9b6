package chat.parlance.testing;

import chat.parlance.model.RoomId;
import chat.parlance.model.Target;
import chat.parlance.model.ThreadMarker;
import chat.parlance.model.ThreadPage;
import chat.parlance.model.ThreadPlace;
import chat.parlance.model.UserId;
import chat.parlance.room.RoomService;
import chat.parlance.room.Signal;
import chat.parlance.room.SignalBus;
import chat.parlance.room.ThreadService;
import chat.parlance.room.ThreadStore;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rooms in which no user follows a thread. */
public final class NoThreads implements ThreadStore {

    /** Service for hubs without threads. */
    public static ThreadService of(RoomService rooms) {
        return new ThreadService(rooms, new NoThreads(), new Silence());
    }

    @Override
    public Future<Optional<ThreadMarker>> find(UserId user, RoomId room, long message) {
        return Future.succeededFuture(Optional.empty());
    }

    @Override
    public Future<Optional<ThreadMarker>> follow(UserId user, RoomId room, long message, boolean following) {
        return Future.succeededFuture(Optional.empty());
    }

    @Override
    public Future<Optional<ThreadMarker>> markRead(UserId user, RoomId room, long message, Target target) {
        return Future.succeededFuture(Optional.empty());
    }

    @Override
    public Future<ThreadPage> list(UserId user, @Nullable ThreadPlace after, int limit) {
        return Future.succeededFuture(new ThreadPage(List.of(), 0, 0, null));
    }

    private static final class Silence implements SignalBus {

        @Override
        public void publish(Signal signal) {}

        @Override
        public Registration listen(Consumer<Signal> listener) {
            return () -> {};
        }
    }
}
