package chat.parlance.room;

import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import org.jspecify.annotations.Nullable;

/** One connection, as {@link UserHub} sees it. All calls come on the connection's event loop. */
public interface UserConnection {

    /** Something for the user that is not of a room's sequence. */
    void signal(Signal.Shown signal);

    /**
     * The user's standing in a room has changed.
     *
     * @param seen the room as the user sees it now, null when it is none that the user may know of or enter
     */
    void standingChanged(RoomId room, @Nullable Room seen);

    /** Changes may have been missed and cannot be determined: the client must reconnect. */
    void outdated();
}
