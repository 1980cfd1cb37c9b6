package chat.parlance.room;

import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import io.vertx.core.Future;

/** One connection, as the hub sees it. All calls are made on the connection's event loop. */
public interface Subscriber {

    UserId user();

    /** Delivers the next events of a room: on one subscription each event once, in rising seq. */
    void deliver(EventBatch batch);

    /** The user is no longer a member of the room; no more of its events are delivered. */
    void removed(RoomId room);

    /**
     * The subscription cannot continue from its position. The client loads {@code from + 1} to {@code head} by pages of
     * history; live events continue after {@code head}.
     *
     * @param from 0 when the client's copy is not the room's history, so that nothing of it is certain; else the
     *     position of a resume that is too far behind for a catch-up
     */
    void reset(RoomId room, long from, long head);

    /** A signal for the user, outside the sequence of a room. */
    void signal(Signal.Shown signal);

    /** Presence in a room: all users, the changes, or only the count. */
    void presence(RoomPresence presence);

    /** Completes when the client has received most of what was written; never when it is gone. */
    Future<Void> writable();
}
