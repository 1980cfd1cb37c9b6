package chat.parlance.websocket;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.RoomId;
import chat.parlance.room.Subscriber;
import chat.parlance.room.Subscription;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The rooms whose events one connection is given. Belongs to one event loop. */
final class FollowedRooms {

    private final EventLoop loop;
    private final Subscriber subscriber;
    private final BooleanSupplier open;
    private final Map<RoomId, Subscription> subscriptions = new HashMap<>();
    private int joining;
    private boolean present = true;

    /** @param open whether the connection is there still */
    FollowedRooms(EventLoop loop, Subscriber subscriber, BooleanSupplier open) {
        this.loop = loop;
        this.subscriber = subscriber;
        this.open = open;
    }

    /**
     * The answer to the join is to be sent before the subscription is started. No room may be joined again before its join
     * is answered.
     *
     * @throws ChatException with {@code room.limit}
     */
    Future<Subscription> join(RoomId room, @Nullable Long since) {
        stop(room);
        if (subscriptions.size() + joining >= loop.limits().maxRooms()) {
            throw new ChatException(ErrorCode.ROOM_LIMIT);
        }
        joining++;
        return loop.hub()
                .join(subscriber, room, since)
                .onComplete(joined -> joining--)
                .onSuccess(this::add);
    }

    private void add(Subscription subscription) {
        if (open.getAsBoolean()) {
            subscriptions.put(subscription.room(), subscription);
            loop.signals().enter(subscription);
            loop.signals().setPresent(subscription, present);
        } else {
            subscription.close();
        }
    }

    boolean contains(RoomId room) {
        return subscriptions.containsKey(room);
    }

    /** Follows a room no more; its user stays a member. */
    void stop(RoomId room) {
        Subscription subscription = subscriptions.remove(room);
        if (subscription != null) {
            subscription.close();
            loop.signals().exit(subscription);
        }
    }

    void stopAll() {
        List.copyOf(subscriptions.keySet()).forEach(this::stop);
    }

    /**
     * Tells the others in a room that the user is typing.
     *
     * @param nowMs of a clock that nobody sets
     * @throws ChatException with {@code room.not_found}, when the connection does not follow the room
     */
    void typing(RoomId room, long nowMs) {
        Subscription subscription = subscriptions.get(room);
        if (subscription == null) {
            throw new ChatException(ErrorCode.ROOM_NOT_FOUND);
        }
        loop.signals().typing(subscription, nowMs);
    }

    /** Whether the user is seen in the rooms. */
    void setPresent(boolean now) {
        if (present != now) {
            present = now;
            subscriptions.values().forEach(subscription -> loop.signals().setPresent(subscription, now));
        }
    }

    /** The seq of the last event of each room that the connection was given. */
    Map<RoomId, Long> positions() {
        Map<RoomId, Long> positions = new TreeMap<>();
        subscriptions.forEach((room, subscription) -> positions.put(room, subscription.position()));
        return positions;
    }
}
