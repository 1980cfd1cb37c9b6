package chat.parlance.room;

import chat.parlance.model.Event;
import chat.parlance.model.RoomId;
import java.util.List;
import java.util.function.Consumer;

/**
 * Carries committed events to the nodes, and on each node to the event loops, that have members of their rooms.
 * Delivery is only a hint: the bus may lose, delay, duplicate and reorder.
 */
public interface NodeBus {

    /** Sends committed events to the event loops where their rooms are live. Returns at once; may drop. */
    void publish(List<Event> events);

    /**
     * Registers a listener that {@link #publish} reaches.
     *
     * @param listener called on the event loop this method is called on, with events in no particular order
     */
    Listener listen(Consumer<List<Event>> listener);

    /** Subscription of one event loop to rooms. */
    interface Listener {

        /** Starts the delivery of events of {@code room}. Takes effect on this node at once, on others soon. */
        void enter(RoomId room);

        /** Ends the delivery of events of {@code room}. */
        void exit(RoomId room);

        void close();
    }
}
