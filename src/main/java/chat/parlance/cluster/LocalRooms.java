package chat.parlance.cluster;

import chat.parlance.model.Event;
import chat.parlance.model.RoomId;
import chat.parlance.room.NodeBus;
import io.vertx.core.Context;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Event loops of this node by the rooms whose members they have. Read and changed from any event loop. */
final class LocalRooms {

    private final Map<RoomId, List<LoopListener>> listeners = new ConcurrentHashMap<>();
    private final Consumer<RoomId> changed;
    private final PeerMeters meters;
    private final InstantSource clock = InstantSource.system();

    /** @param changed called with each room that got its first listener or lost its last, on that listener's loop */
    LocalRooms(Consumer<RoomId> changed, PeerMeters meters) {
        this.changed = changed;
        this.meters = meters;
    }

    NodeBus.Listener listen(Context context, Consumer<List<Event>> handler) {
        return new LoopListener(context, handler);
    }

    boolean contains(RoomId room) {
        return listeners.containsKey(room);
    }

    Set<RoomId> rooms() {
        return Set.copyOf(listeners.keySet());
    }

    /** Passes events to the event loops that listen to their rooms, one task a loop. */
    void deliver(List<Event> events, DeliveryPath path) {
        Map<LoopListener, List<Event>> byListener = new HashMap<>();
        for (Event event : events) {
            for (LoopListener listener : listeners.getOrDefault(event.room(), List.of())) {
                byListener.computeIfAbsent(listener, first -> new ArrayList<>()).add(event);
            }
        }
        byListener.forEach((listener, own) -> listener.context.runOnContext(turn -> {
            listener.handler.accept(own);
            meters.delivered(path, clock.millis() - own.getFirst().at().toEpochMilli());
        }));
    }

    private final class LoopListener implements NodeBus.Listener {

        private final Context context;
        private final Consumer<List<Event>> handler;
        private final Set<RoomId> rooms = new HashSet<>();

        LoopListener(Context context, Consumer<List<Event>> handler) {
            this.context = context;
            this.handler = handler;
        }

        @Override
        public void enter(RoomId room) {
            rooms.add(room);
            List<LoopListener> now = listeners.merge(room, List.of(this), LocalRooms::plus);
            if (now.size() == 1) {
                changed.accept(room);
            }
        }

        @Override
        public void exit(RoomId room) {
            rooms.remove(room);
            List<LoopListener> now = listeners.computeIfPresent(room, (id, all) -> minus(all, this));
            if (now == null) {
                changed.accept(room);
            }
        }

        @Override
        public void close() {
            Set.copyOf(rooms).forEach(this::exit);
        }
    }

    private static List<LoopListener> plus(List<LoopListener> all, List<LoopListener> more) {
        List<LoopListener> sum = new ArrayList<>(all);
        sum.addAll(more);
        return List.copyOf(sum);
    }

    /** @return null when none is left, which takes the room out of the map */
    private static @Nullable List<LoopListener> minus(List<LoopListener> all, LoopListener one) {
        List<LoopListener> rest = all.stream().filter(other -> other != one).toList();
        return rest.isEmpty() ? null : rest;
    }
}
