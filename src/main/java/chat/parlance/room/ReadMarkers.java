package chat.parlance.room;

import chat.parlance.model.ReadMarker;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Moves read markers. A user who scrolls moves one many times a second: the first move is written at once, and of those
 * that come while it is on its way or within an interval after it, only the furthest. Belongs to one event loop.
 */
public final class ReadMarkers {

    private record Key(UserId user, RoomId room) {}

    /** What is to be written next of one marker, null when nothing is. */
    private static final class Marker {
        private @Nullable Promise<ReadMarker> next;
        private long seq;
    }

    private final RoomService rooms;
    private final SignalBus bus;
    private final Scheduler scheduler;
    private final SignalLimits limits;
    private final Map<Key, Marker> moving = new HashMap<>();

    public ReadMarkers(RoomService rooms, SignalBus bus, Scheduler scheduler, SignalLimits limits) {
        this.rooms = rooms;
        this.bus = bus;
        this.scheduler = scheduler;
        this.limits = limits;
    }

    /**
     * Moves the user's marker to {@code seq}, never back and never past the room's head, and tells all connections of
     * the user. Completes when it is written.
     *
     * <p>Fails with {@code room.not_found} or {@code room.forbidden} for who is no member.
     */
    public Future<ReadMarker> move(UserId user, RoomId room, long seq) {
        Key key = new Key(user, room);
        Marker marker = moving.get(key);
        if (marker == null) {
            moving.put(key, new Marker());
            return write(key, seq);
        }
        if (marker.next == null) {
            marker.next = Promise.promise();
        }
        marker.seq = Math.max(marker.seq, seq);
        return marker.next.future();
    }

    private Future<ReadMarker> write(Key key, long seq) {
        return rooms.markRead(key.user(), key.room(), seq)
                .onSuccess(stored -> bus.publish(new Signal.Read(stored)))
                .onComplete(written -> scheduler.after(limits.readIntervalMs(), () -> writeNext(key)));
    }

    private void writeNext(Key key) {
        Marker marker = moving.remove(key);
        if (marker != null && marker.next != null) {
            moving.put(key, new Marker());
            write(key, marker.seq).onComplete(marker.next);
        }
    }
}
