package chat.parlance.room;

import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import org.jspecify.annotations.Nullable;

/** One connection, as {@link UserHub} sees it. All calls are made on the connection's event loop. */
public interface UserConnection {

    /** A signal for the user, outside the sequence of a room. */
    void signal(Signal.Shown signal);

    /**
     * The user's membership in a room changed.
     *
     * @param seen the room as the user sees it now; null when it is hidden from the user or the user is banned
     */
    void membershipChanged(RoomId room, @Nullable Room seen);

    /** Changes may have been missed and cannot be determined: the client must reconnect. */
    void outdated();
}
