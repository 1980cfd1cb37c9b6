package chat.parlance.persistence;

import chat.parlance.model.RoomId;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shares a few connections among rooms whose work needs the lock of the room's row. A room has one transaction at a
 * time at most, since the lock would make a second one wait anyway. A transaction waits for the lock only for a turn; a
 * room whose turn ended without the lock is <em>stuck</em> and gets its next turn after the others.
 *
 * <p>Rooms that are not stuck go first, and the stuck ones leave them one connection: a room whose lock is held for
 * milliseconds never waits for one whose lock is held for minutes. The more rooms wait, the shorter the turns, so that
 * each room gets one about every two seconds.
 *
 * <p>Belongs to one event loop.
 */
final class RoomTurns {

    private static final int ROUND_MS = 2000;

    /** Longest turn: a statement may take that much longer than others. */
    static final int LONGEST_TURN_MS = 1000;

    /** Shortest turn; longer than the commits of other nodes that a room may have to wait for on a busy Postgres. */
    private static final int SHORTEST_TURN_MS = 50;

    private static final int SWEEP_MS = 100;

    /** Time and number of remembered rooms that were stuck and have no work now. */
    private static final long REMEMBERED_NS = TimeUnit.SECONDS.toNanos(10);

    private static final int MOST_REMEMBERED = 1000;

    /** Queued work of one room. */
    interface Work {

        /** Drops work that has waited too long. */
        void dropLate();

        boolean isEmpty();

        /**
         * Runs the first of the work in one transaction. Never fails.
         *
         * @param waitMs the longest wait for a lock
         * @return true when the locks were free
         */
        Future<Boolean> turn(int waitMs);
    }

    private static final class Room {

        private final RoomId id;
        private final Work work;
        private boolean stuck;

        Room(RoomId id, Work work, boolean stuck) {
            this.id = id;
            this.work = work;
            this.stuck = stuck;
        }
    }

    private final int connections;
    private final LongSupplier nanoTime;
    private final Map<RoomId, Room> rooms = new HashMap<>();
    private final ArrayDeque<Room> fresh = new ArrayDeque<>();
    private final ArrayDeque<Room> stuck = new ArrayDeque<>();
    private final LinkedHashMap<RoomId, Long> remembered = new LinkedHashMap<>();
    private int underWay;
    private int stuckUnderWay;
    private long sweptNs;

    RoomTurns(int connections, LongSupplier nanoTime) {
        this.connections = connections;
        this.nanoTime = nanoTime;
        this.sweptNs = nanoTime.getAsLong();
    }

    /** Work of a room that has a turn or waits for one; null when the room has none. */
    @Nullable
    Work work(RoomId id) {
        Room room = rooms.get(id);
        return room == null ? null : room.work;
    }

    /** True when the room was stuck recently, so that it should not be tried together with others. */
    boolean wasStuck(RoomId id) {
        Long sinceNs = remembered.get(id);
        return sinceNs != null && nanoTime.getAsLong() - sinceNs < REMEMBERED_NS;
    }

    /** Adds the first work of a room that has none; it gets turns until it is empty. */
    void add(RoomId id, Work work) {
        Room room = new Room(id, work, wasStuck(id));
        rooms.put(id, room);
        line(room).add(room);
        next();
    }

    private ArrayDeque<Room> line(Room room) {
        return room.stuck ? stuck : fresh;
    }

    private void next() {
        while (underWay < connections) {
            Room room = fresh.poll();
            if (room == null && stuckUnderWay < forStuckRooms()) {
                room = stuck.poll();
            }
            if (room == null) {
                return;
            }
            begin(room);
        }
    }

    private void begin(Room room) {
        room.work.dropLate();
        if (room.work.isEmpty()) {
            rooms.remove(room.id);
            return;
        }
        boolean wasStuck = room.stuck;
        underWay++;
        stuckUnderWay += wasStuck ? 1 : 0;
        room.work.turn(turnMs()).onComplete(turn -> {
            underWay--;
            stuckUnderWay -= wasStuck ? 1 : 0;
            end(room, Boolean.TRUE.equals(turn.result()));
            sweep();
            next();
        });
    }

    private void end(Room room, boolean wasUnlocked) {
        room.stuck = !wasUnlocked;
        remembered.remove(room.id);
        if (room.stuck) {
            remember(room.id);
        }
        if (room.work.isEmpty()) {
            rooms.remove(room.id);
        } else {
            line(room).add(room);
        }
    }

    private void remember(RoomId id) {
        remembered.put(id, nanoTime.getAsLong());
        if (remembered.size() > MOST_REMEMBERED) {
            remembered.pollFirstEntry();
        }
    }

    /** Drops late work of all rooms, so that none waits long after its time when very many rooms are stuck. */
    private void sweep() {
        long nowNs = nanoTime.getAsLong();
        if (nowNs - sweptNs >= TimeUnit.MILLISECONDS.toNanos(SWEEP_MS)) {
            sweptNs = nowNs;
            // Copies, because an answer may add work.
            List.copyOf(stuck).forEach(room -> room.work.dropLate());
            List.copyOf(fresh).forEach(room -> room.work.dropLate());
            while (!remembered.isEmpty() && nowNs - remembered.firstEntry().getValue() >= REMEMBERED_NS) {
                remembered.pollFirstEntry();
            }
        }
    }

    private int turnMs() {
        int waiting = fresh.size() + stuck.size() + underWay;
        return Math.clamp((long) ROUND_MS * forStuckRooms() / waiting, SHORTEST_TURN_MS, LONGEST_TURN_MS);
    }

    private int forStuckRooms() {
        return Math.max(1, connections - 1);
    }
}
