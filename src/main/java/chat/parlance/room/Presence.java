package chat.parlance.room;

import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import java.util.List;
import java.util.function.Consumer;

/**
 * Who is in which room, over all nodes. What a node says of its users is a lease: when it dies or is cut off, they are
 * gone for the others after a while, and they are back when it is.
 */
public interface Presence {

    /**
     * Makes a listener, which hears of the rooms it has users in: soon after one came or went anywhere, once for all who
     * did meanwhile.
     *
     * @param listener called on the event loop this method is called on
     */
    Listener listen(Consumer<List<RoomPresence>> listener);

    /** One event loop's users. */
    interface Listener {

        /** One more connection of the user is in the room; the room is told of, also when the user was there before. */
        void enter(RoomId room, UserId user);

        /** One less. */
        void exit(RoomId room, UserId user);

        void close();
    }
}
