package chat.parlance.connection;

import chat.parlance.auth.ScopedOperation;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Cursor;
import chat.parlance.model.Membership;
import chat.parlance.model.PostRequest;
import chat.parlance.model.Principal;
import chat.parlance.model.ReadMarker;
import chat.parlance.model.RoomId;
import chat.parlance.model.Scope;
import chat.parlance.model.Since;
import chat.parlance.model.Target;
import chat.parlance.model.UserId;
import chat.parlance.room.Appended;
import chat.parlance.room.ReadMarkers;
import chat.parlance.room.RoomHub;
import chat.parlance.room.RoomService;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Requests of one client that concern its connection: they change its subscriptions, or count among its unanswered
 * requests. All languages have them. Belongs to one event loop.
 */
public final class RoomRequests {

    private final RoomService rooms;
    private final RoomHub hub;
    private final ReadMarkers readMarkers;
    private final ConnectionMeters meters;
    private final Identity identity;
    private final Subscriptions subscriptions;
    private final RequestQueue queue;

    RoomRequests(
            RoomService rooms,
            RoomHub hub,
            ReadMarkers readMarkers,
            ConnectionMeters meters,
            Identity identity,
            Subscriptions subscriptions,
            RequestQueue queue) {
        this.rooms = rooms;
        this.hub = hub;
        this.readMarkers = readMarkers;
        this.meters = meters;
        this.identity = identity;
        this.subscriptions = subscriptions;
        this.queue = queue;
    }

    /**
     * See {@link Subscriptions#join}. A client whose token cannot post follows only rooms of which its user is a member,
     * because a join to another one would make it a member. Fails with {@code token.scope}.
     */
    public Future<Void> join(RoomId room, @Nullable Since since, LongConsumer onJoined) {
        Principal principal = identity.require();
        ScopedOperation.LIST_EVENTS.require(principal, room);
        if (principal.grant().has(Scope.POST)) {
            return queue.underWay(subscriptions.join(room, since, onJoined));
        }
        return queue.underWay(rooms.find(principal.user(), room).compose(seen -> {
            Membership membership = seen.viewer();
            if (membership == null || !membership.isJoined()) {
                ScopedOperation.JOIN_ROOM.require(principal, room);
            }
            return subscriptions.join(room, since, onJoined);
        }));
    }

    /** The last event that the client was given of a followed room. */
    public Optional<Cursor> cursor(RoomId room) {
        return subscriptions.cursor(room);
    }

    /** True when the client receives the room's events. */
    public boolean follows(RoomId room) {
        return subscriptions.contains(room);
    }

    /** Stops following a room without leaving it. */
    public void unsubscribe(RoomId room) {
        subscriptions.stop(room);
    }

    /** Ends the membership. */
    public Future<Void> leave(RoomId room) {
        return rooms.leave(user(), room)
                .onSuccess(left -> subscriptions.end(room))
                .mapEmpty();
    }

    public Future<Appended> post(RoomId room, PostRequest request) {
        UserId user = user();
        if (!hub.isCurrent()) {
            return Future.failedFuture(new ChatException(ErrorCode.STORAGE_UNAVAILABLE));
        }
        long begin = System.nanoTime();
        return queue.underWay(rooms.post(user, room, request))
                .onSuccess(stored -> meters.acknowledged(System.nanoTime() - begin));
    }

    /** Moves the user's read marker. */
    public Future<ReadMarker> markRead(RoomId room, Target target) {
        return queue.underWay(readMarkers.move(user(), room, target));
    }

    /** Moves the user's read marker back, to before a message. */
    public Future<ReadMarker> markUnread(RoomId room, Target target) {
        return queue.underWay(readMarkers.moveBack(user(), room, target));
    }

    /** Sends a typing notice of the user to the others in a followed room. */
    public void typing(RoomId room) {
        identity.require();
        subscriptions.typing(room, MonotonicClock.nowMs());
    }

    /** True when the limit of unanswered requests is reached. */
    public boolean isFull() {
        return queue.isFull();
    }

    private UserId user() {
        return identity.require().user();
    }
}
