package chat.parlance.room;

import chat.parlance.model.UserId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Hands signals to the connections of one event loop that they are for. All methods are called on that event loop. */
public final class SignalHub {

    private final RoomHub rooms;
    private final SignalBus bus;
    private final SignalLimits limits;
    private final SignalBus.Registration registration;
    private final Map<UserId, Set<Subscriber>> connections = new HashMap<>();

    /** Makes a hub on the calling event loop. */
    public SignalHub(RoomHub rooms, SignalBus bus, SignalLimits limits) {
        this.rooms = rooms;
        this.bus = bus;
        this.limits = limits;
        this.registration = bus.listen(this::hand);
    }

    /** From now on the connection gets the signals for its user. */
    public void add(UserId user, Subscriber connection) {
        connections.computeIfAbsent(user, first -> new HashSet<>()).add(connection);
    }

    public void remove(UserId user, Subscriber connection) {
        Set<Subscriber> all = connections.get(user);
        if (all != null && all.remove(connection) && all.isEmpty()) {
            connections.remove(user);
        }
    }

    /** Tells the others in the room that the user is typing, unless the same connection has told it just now. */
    public void typing(Subscription subscription, long nowMs) {
        if (subscription.beginTyping(nowMs, limits.typingIntervalMs())) {
            bus.publish(new Signal.Typing(
                    subscription.room(), subscription.subscriber().user()));
        }
    }

    /** Stops listening. */
    public void close() {
        registration.close();
    }

    private void hand(Signal signal) {
        switch (signal) {
            case Signal.Typing typing ->
                rooms.subscribers(typing.room()).stream()
                        .filter(subscriber -> !subscriber.user().equals(typing.user()))
                        .forEach(subscriber -> subscriber.signal(typing));
            case Signal.Read read ->
                connections.getOrDefault(read.marker().user(), Set.of()).forEach(connection -> connection.signal(read));
        }
    }
}
