package chat.parlance.websocket;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rooms whose events one connection receives. Belongs to one event loop. */
final class FollowedRooms {

    private final RoomHub hub;
    private final SignalHub signals;
    private final Subscriber subscriber;
    private final int maxRooms;
    private final Map<RoomId, Subscription> subscriptions = new HashMap<>();

    /** Last unanswered join of each room. */
    private final Map<RoomId, Object> joins = new HashMap<>();

    private boolean present = true;

    FollowedRooms(RoomHub hub, SignalHub signals, Subscriber subscriber, int maxRooms) {
        this.hub = hub;
        this.signals = signals;
        this.subscriber = subscriber;
        this.maxRooms = maxRooms;
    }

    /**
     * Follows a room. A room that is followed already gets a new subscription, and the old one delivers nothing more.
     * The answer to the join must be sent before the subscription is started.
     *
     * <p>Fails when the room is joined again or given up before the store has answered: only one subscription of a room
     * may deliver, or the events of two would be mixed in one stream.
     *
     * @throws ChatException with {@code room.limit}
     */
    Future<Subscription> join(RoomId room, @Nullable Since since) {
        stop(room);
        if (subscriptions.size() + joins.size() >= maxRooms) {
            throw new ChatException(ErrorCode.ROOM_LIMIT);
        }
        Object join = new Object();
        joins.put(room, join);
        return hub.join(subscriber, room, since)
                .onFailure(refused -> joins.remove(room, join))
                .compose(opened -> take(opened, join));
    }

    private Future<Subscription> take(Subscription opened, Object join) {
        if (!joins.remove(opened.room(), join)) {
            opened.close();
            return Future.failedFuture(
                    ChatException.badRequest("The join was replaced or cancelled before its answer"));
        }
        subscriptions.put(opened.room(), opened);
        signals.enter(opened);
        signals.setPresent(opened, present);
        return Future.succeededFuture(opened);
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

    /** Seq of the last event of each room that the connection was given. */
    Map<RoomId, Long> positions() {
        Map<RoomId, Long> positions = new TreeMap<>();
        subscriptions.forEach((room, subscription) -> positions.put(room, subscription.position()));
        return positions;
    }
}
