package chat.parlance.connection;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Cursor;
import chat.parlance.model.RoomId;
import chat.parlance.model.Since;
import chat.parlance.room.RoomHub;
import chat.parlance.room.SignalHub;
import chat.parlance.room.Subscriber;
import chat.parlance.room.Subscription;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Subscriptions of one connection, each to a room whose events it receives. Belongs to one event loop. */
final class Subscriptions {

    private final RoomHub hub;
    private final SignalHub signals;
    private final Subscriber subscriber;
    private final int maxRooms;
    private final Map<RoomId, Subscription> subscriptions = new HashMap<>();

    /** Last unanswered join of each room. */
    private final Map<RoomId, Object> joins = new HashMap<>();

    /** Rooms that the user is no longer a member of, as the client was told already. */
    private final Set<RoomId> toldLeft = new HashSet<>();

    private boolean present = true;

    /** True when the position in some room may have changed since {@link #takeMoved}. */
    private boolean moved;

    Subscriptions(RoomHub hub, SignalHub signals, Subscriber subscriber, int maxRooms) {
        this.hub = hub;
        this.signals = signals;
        this.subscriber = subscriber;
        this.maxRooms = maxRooms;
    }

    /**
     * Follows a room. A room that is followed already gets a new subscription, and the old one delivers nothing more.
     *
     * <p>Fails when the room is joined again or given up before the store has answered: only one subscription of a room
     * may deliver, or the events of two would be mixed in one stream.
     *
     * @param onJoined sends the answer to the join, with the room's head; the events that the client missed follow
     * @throws ChatException with {@code room.limit}
     */
    Future<Void> join(RoomId room, @Nullable Since since, LongConsumer onJoined) {
        stop(room);
        if (subscriptions.size() + joins.size() >= maxRooms) {
            throw new ChatException(ErrorCode.ROOM_LIMIT);
        }
        Object join = new Object();
        joins.put(room, join);
        return hub.join(subscriber, room, since)
                .onFailure(refused -> joins.remove(room, join))
                .compose(opened -> take(opened, join, onJoined));
    }

    private Future<Void> take(Subscription opened, Object join, LongConsumer onJoined) {
        if (!joins.remove(opened.room(), join)) {
            opened.close();
            return Future.failedFuture(
                    ChatException.badRequest("The join was replaced or cancelled before its answer"));
        }
        subscriptions.put(opened.room(), opened);
        moved = true;
        signals.enter(opened);
        signals.setPresent(opened, present);
        onJoined.accept(opened.head());
        opened.start();
        return Future.succeededFuture();
    }

    boolean contains(RoomId room) {
        return subscriptions.containsKey(room);
    }

    /** The last event that the connection was given of a followed room. */
    Optional<Cursor> cursor(RoomId room) {
        return Optional.ofNullable(subscriptions.get(room)).map(Subscription::cursor);
    }

    /** Stops following a room; the user stays a member. */
    void stop(RoomId room) {
        joins.remove(room);
        Subscription subscription = subscriptions.remove(room);
        if (subscription != null) {
            subscription.close();
            signals.exit(subscription);
        }
    }

    /** Stops following a room whose membership has ended, which the client is told now. */
    void end(RoomId room) {
        toldLeft.add(room);
        stop(room);
    }

    /** True when the client knows already that a membership has ended: it was told, or will be by the room's events. */
    boolean isTold(RoomId room) {
        return toldLeft.remove(room) || contains(room);
    }

    void stopAll() {
        joins.clear();
        List.copyOf(subscriptions.keySet()).forEach(this::stop);
    }

    /**
     * Sends a typing notice of the user to the others in a room.
     *
     * @param nowMs time of a monotonic clock
     * @throws ChatException with {@code room.not_found}, when the connection does not follow the room
     */
    void typing(RoomId room, long nowMs) {
        Subscription subscription = subscriptions.get(room);
        if (subscription == null) {
            throw new ChatException(ErrorCode.ROOM_NOT_FOUND);
        }
        signals.typing(subscription, nowMs);
    }

    /** Sets if the user counts as present in the followed rooms. */
    void setPresent(boolean now) {
        if (present != now) {
            present = now;
            subscriptions.values().forEach(subscription -> signals.setPresent(subscription, now));
        }
    }

    /** The connection was given events, or a reset. */
    void moved() {
        moved = true;
    }

    /**
     * Seq of the last event that the connection was given, of each room in which it has changed since the last call. A
     * connection without changes costs nothing, however many rooms it follows.
     */
    Map<RoomId, Long> takeMoved() {
        if (!moved) {
            return Map.of();
        }
        moved = false;
        Map<RoomId, Long> positions = new TreeMap<>();
        subscriptions.forEach((room, subscription) -> {
            if (subscription.takeMoved()) {
                positions.put(room, subscription.position());
            }
        });
        return positions;
    }
}
