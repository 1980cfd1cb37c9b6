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

/**
 * Moves read markers. A user who scrolls moves one many times a second: the first move is written at once, and those that
 * come while it is on its way or within an interval after it are written together, as one move to the furthest. Belongs to
 * one event loop.
 *
 * <p>Markers go forward, until their user marks a message unread: then a new turn begins, further back.
 */
public final class ReadMarkers {

    private record Key(UserId user, RoomId room) {}

    private final RoomService rooms;
    private final SignalBus bus;
    private final Scheduler scheduler;
    private final SignalLimits limits;

    /**
     * The moves that are written next, of each marker that is being moved. They are requests without an answer, which the
     * connections and the rate limits bound.
     */
    private final Map<Key, Map<Target, Promise<ReadMarker>>> moving = new HashMap<>();

    /** The write of each marker that is on its way. */
    private final Map<Key, Future<?>> underWay = new HashMap<>();

    public ReadMarkers(RoomService rooms, SignalBus bus, Scheduler scheduler, SignalLimits limits) {
        this.rooms = rooms;
        this.bus = bus;
        this.scheduler = scheduler;
        this.limits = limits;
    }

    /**
     * Moves the user's marker to {@code target}, never back and never past the room's head, and tells all connections of
     * the user. Completes when it is written.
     *
     * <p>Fails with {@code room.not_found} or {@code room.forbidden} for who is no member, and with {@code history.changed}
     * when the event has another stamp than the target; other moves that are written with this one go on.
     */
    public Future<ReadMarker> move(UserId user, RoomId room, Target target) {
        Key key = new Key(user, room);
        Map<Target, Promise<ReadMarker>> waiting = moving.get(key);
        if (waiting != null) {
            return waiting.computeIfAbsent(target, first -> Promise.promise()).future();
        }
        Promise<ReadMarker> answer = Promise.promise();
        write(key, Map.of(target, answer));
        return answer.future();
    }

    /**
     * Moves the user's marker back to just before a message, so that it is unread again, and tells all connections of the user.
     * Moves that were asked for before and are not written are given up, and answered with this one.
     *
     * <p>Fails as {@link #move} does.
     */
    public Future<ReadMarker> moveBack(UserId user, RoomId room, Target target) {
        Key key = new Key(user, room);
        Map<Target, Promise<ReadMarker>> waiting = moving.replace(key, new LinkedHashMap<>());
        Future<?> before = underWay.getOrDefault(key, Future.succeededFuture());
        Future<ReadMarker> moved = before.transform(written -> rooms.markUnread(user, room, target))
                .onSuccess(marker -> bus.publish(new Signal.Read(marker)));
        if (waiting != null) {
            waiting.values().forEach(moved::onComplete);
        }
        return moved;
    }

    private void write(Key key, Map<Target, Promise<ReadMarker>> moves) {
        moving.put(key, new LinkedHashMap<>());
        Future<MovedMarker> written = rooms.markRead(key.user(), key.room(), moves.keySet());
        underWay.put(key, written);
        written.onComplete(done -> underWay.remove(key))
                .onSuccess(moved -> {
                    if (!moved.refused().containsAll(moves.keySet())) {
                        bus.publish(new Signal.Read(moved.marker()));
                    }
                })
                .onComplete(done -> scheduler.after(limits.readIntervalMs(), () -> writeNext(key)))
                .onSuccess(moved -> moves.forEach((target, answer) -> settle(target, answer, moved)))
                .onFailure(failure -> moves.values().forEach(answer -> answer.fail(failure)));
    }

    private static void settle(Target target, Promise<ReadMarker> answer, MovedMarker moved) {
        if (moved.refused().contains(target)) {
            answer.fail(new ChatException(ErrorCode.HISTORY_CHANGED));
        } else {
            answer.complete(moved.marker());
        }
    }

    private void writeNext(Key key) {
        Map<Target, Promise<ReadMarker>> waiting = moving.remove(key);
        if (waiting != null && !waiting.isEmpty()) {
            write(key, waiting);
        }
    }
}
