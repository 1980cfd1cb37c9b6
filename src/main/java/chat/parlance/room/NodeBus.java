package chat.parlance.room;

import chat.parlance.model.Event;
import chat.parlance.model.RoomId;
import java.util.List;
import java.util.function.Consumer;

/**
 * Carries committed events to the nodes, and on each node to the event loops, that have members of their rooms. It is a
 * hint and no more: it may lose, delay, double and reorder.
 */
public interface NodeBus {

    /** Sends events that are committed to wherever their rooms are live. Returns at once; may drop. */
    void publish(List<Event> events);

    /**
     * Makes a listener that {@link #publish} reaches.
     *
     * @param listener called on the event loop this method is called on, with events in no particular order
     */
    Listener listen(Consumer<List<Event>> listener);

    /** One event loop's interest in rooms. */
    interface Listener {

        /** From now on events of {@code room} are handed over. Takes effect on this node at once, on others soon. */
        void enter(RoomId room);

        /** No longer. */
        void exit(RoomId room);

        void close();
    }
}
