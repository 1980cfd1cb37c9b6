package chat.parlance.room;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.ReadMarker;
import chat.parlance.model.RoomId;
import chat.parlance.model.Target;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Moves read markers. A user who scrolls moves one many times a second: the first move is written at once; moves that
 * arrive during the write or within an interval after it are written together, as one move to the furthest. Belongs to
 * one event loop.
 *
 * <p>Markers move forward until their user marks a message unread: then a new turn begins, further back.
 */
public final class ReadMarkers {

    private record Key(UserId user, RoomId room) {}

    private final RoomService rooms;
    private final SignalBus bus;
    private final Scheduler scheduler;
    private final SignalLimits limits;

    /**
     * Moves for the next write, of each marker that is being moved. Each belongs to an unanswered request, so the
     * connections and the rate limits bound them.
     */
    private final Map<Key, Map<Target, Promise<ReadMarker>>> moving = new HashMap<>();

    /** Current write of each marker. */
    private final Map<Key, Future<?>> underWay = new HashMap<>();

    public ReadMarkers(RoomService rooms, SignalBus bus, Scheduler scheduler, SignalLimits limits) {
        this.rooms = rooms;
        this.bus = bus;
        this.scheduler = scheduler;
        this.limits = limits;
    }

    /**
     * Moves the user's marker to {@code target}, never back and never past the room's head, and sends it to all
     * connections of the user. Completes after the write.
     *
     * <p>Fails with {@code room.not_found} or {@code room.forbidden} for a user who is not a member, and with {@code
     * history.changed} when the event has another stamp than the target; other moves in the same write proceed.
     */
    public Future<ReadMarker> move(UserId user, RoomId room, Target target) {
        Key key = new Key(user, room);
        Map<Target, Promise<ReadMarker>> waiting = moving.get(key);
        if (waiting != null) {
            return waiting.computeIfAbsent(target, first -> Promise.promise()).future();
        }
        Promise<ReadMarker> answer = Promise.promise();
        begin(key, Map.of(target, answer));
        return answer.future();
    }

    /**
     * Moves the user's marker back to just before a message, so that the message is unread again, and sends it to all
     * connections of the user. Earlier moves are written first, so that messages read before this one stay read.
     *
     * <p>Fails as {@link #move} does.
     */
    public Future<ReadMarker> moveBack(UserId user, RoomId room, Target target) {
        Key key = new Key(user, room);
        Map<Target, Promise<ReadMarker>> waiting =
                Objects.requireNonNullElse(moving.replace(key, new LinkedHashMap<>()), Map.of());
        return underWay.getOrDefault(key, Future.succeededFuture())
                .transform(written -> waiting.isEmpty() ? Future.succeededFuture() : write(key, waiting))
                .transform(written -> rooms.markUnread(user, room, target))
                .onSuccess(marker -> bus.publish(new Signal.Read(marker)));
    }

    /** Writes moves, and then those that arrive until an interval after the write, together. */
    private void begin(Key key, Map<Target, Promise<ReadMarker>> moves) {
        moving.put(key, new LinkedHashMap<>());
        Future<MovedMarker> written = write(key, moves);
        underWay.put(key, written);
        written.onComplete(done -> {
            underWay.remove(key);
            scheduler.after(limits.readIntervalMs(), () -> beginNext(key));
        });
    }

    private Future<MovedMarker> write(Key key, Map<Target, Promise<ReadMarker>> moves) {
        return rooms.markRead(key.user(), key.room(), moves.keySet())
                .onSuccess(moved -> {
                    if (!moved.refused().containsAll(moves.keySet())) {
                        bus.publish(new Signal.Read(moved.marker()));
                    }
                    moves.forEach((target, answer) -> settle(target, answer, moved));
                })
                .onFailure(failure -> moves.values().forEach(answer -> answer.fail(failure)));
    }

    private static void settle(Target target, Promise<ReadMarker> answer, MovedMarker moved) {
        if (moved.refused().contains(target)) {
            answer.fail(new ChatException(ErrorCode.HISTORY_CHANGED));
        } else {
            answer.complete(moved.marker());
        }
    }

    private void beginNext(Key key) {
        Map<Target, Promise<ReadMarker>> waiting = moving.remove(key);
        if (waiting != null && !waiting.isEmpty()) {
            begin(key, waiting);
        }
    }
}
