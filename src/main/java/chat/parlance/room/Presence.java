package chat.parlance.room;

import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import java.util.List;
import java.util.function.Consumer;

/**
 * Users present in each room, over all nodes. The users that a node reports are a lease: when the node dies or is cut
 * off, the other nodes drop them after a while, and restore them when it returns.
 */
public interface Presence {

    /**
     * Registers a listener for the rooms in which its event loop has users. It is called soon after a user arrives or
     * leaves on any node, once for all changes of a tick.
     *
     * @param listener called on the event loop this method is called on
     */
    Listener listen(Consumer<List<RoomPresence>> listener);

    /** Users of one event loop. */
    interface Listener {

        /**
         * Adds one more connection of the user to the room. The listener is called for the room even if the user was
         * present before.
         */
        void enter(RoomId room, UserId user);

        /** Removes one connection of the user from the room. */
        void exit(RoomId room, UserId user);

        void close();
    }
}
