package chat.parlance.room;

import java.util.function.Consumer;

/** Carries signals to the event loops of all nodes that may have a recipient. May lose and reorder them. */
public interface SignalBus {

    /** Returns at once. May be called from any event loop. */
    void publish(Signal signal);

    /**
     * Registers a listener that {@link #publish} reaches, on this node and on others.
     *
     * @param listener called on the event loop this method is called on, also with signals that have no recipient there
     */
    Registration listen(Consumer<Signal> listener);

    /** Registration of one event loop. */
    @FunctionalInterface
    interface Registration {
        void close();
    }
}
