package chat.parlance.room;

import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import io.vertx.core.Future;

/** One connection, as the hub sees it. All calls come on the connection's event loop. */
public interface Subscriber {

    UserId user();

    /** The next events of a room: on one subscription each comes once, in rising seq. */
    void deliver(EventBatch batch);

    /** The user is no longer a member of the room; nothing more of it follows. */
    void removed(RoomId room);

    /**
     * The subscription cannot go on where it was: from 0, for what the client has is not what the room has, so that nothing
     * of it is sure; from where it resumed, for what came since is more than a catch-up may read. The client pages {@code
     * from + 1} to {@code head} itself; live events go on after {@code head}.
     */
    void reset(RoomId room, long from, long head);

    /** Something for the user that is not of a room's sequence. */
    void signal(Signal.Shown signal);

    /** Who is in a room: all of them, what has changed, or only how many. */
    void presence(RoomPresence presence);

    /** Completes when the connection has taken in most of what it was given; never when it is gone. */
    Future<Void> writable();
}
