package chat.parlance.cluster;

import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.room.RoomPresence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Users in each room, and those who came and went since the last report. Each connection of a user here, and each other
 * node that has the user, is one reason; the user is present while there is a reason. Belongs to one event loop.
 */
final class PresenceTable {

    private static final class RoomEntry {
        private final Map<UserId, Integer> reasons = new HashMap<>();

        /** Presence at the last report of the users whose reasons have changed. */
        private final Map<UserId, Boolean> before = new HashMap<>();

        private long toldMs = Long.MIN_VALUE / 2;

        boolean hasDepartures() {
            return before.entrySet().stream().anyMatch(user -> user.getValue() && !reasons.containsKey(user.getKey()));
        }
    }

    private static final Comparator<UserId> BY_ID = Comparator.comparing(UserId::value);

    private final int maxListed;
    private final Map<RoomId, RoomEntry> rooms = new HashMap<>();
    private final Set<RoomId> changed = new HashSet<>();

    /** Rooms with arrivals that {@link #takeArrivals} has not returned. */
    private final Set<RoomId> arrivedIn = new HashSet<>();

    /** @param maxListed the most users whose names are reported */
    PresenceTable(int maxListed) {
        this.maxListed = maxListed;
    }

    /** Adds a reason for the user's presence. */
    void add(RoomId room, UserId user) {
        RoomEntry entry = rooms.computeIfAbsent(room, first -> new RoomEntry());
        int reasons = entry.reasons.merge(user, 1, Integer::sum);
        entry.before.putIfAbsent(user, reasons > 1);
        changed.add(room);
        arrivedIn.add(room);
    }

    /** Removes a reason for the user's presence. */
    void remove(RoomId room, UserId user) {
        RoomEntry entry = rooms.get(room);
        if (entry != null && entry.reasons.containsKey(user)) {
            entry.before.putIfAbsent(user, true);
            entry.reasons.computeIfPresent(user, (id, reasons) -> reasons == 1 ? null : reasons - 1);
            changed.add(room);
        }
    }

    boolean hasChanged() {
        return !changed.isEmpty();
    }

    boolean hasArrivals() {
        return !arrivedIn.isEmpty();
    }

    /**
     * Takes the changes of rooms in which users have only arrived, and whose last report is older than the interval. A
     * departure waits for {@link #takeChanges}, since most users who lose a connection are back at once.
     *
     * @param nowMs time of a monotonic clock
     */
    List<RoomPresence> takeArrivals(Predicate<RoomId> wanted, long nowMs, int intervalMs) {
        List<RoomPresence> changes = new ArrayList<>();
        for (RoomId room : arrivedIn) {
            RoomEntry entry = rooms.get(room);
            if (entry != null && nowMs - entry.toldMs >= intervalMs && !entry.hasDepartures()) {
                changed.remove(room);
                take(room, entry, wanted, nowMs, changes);
            }
        }
        arrivedIn.clear();
        return changes;
    }

    /** Takes the presence in all rooms that have changed. */
    List<RoomPresence> takeChanges(Predicate<RoomId> wanted, long nowMs) {
        List<RoomPresence> changes = new ArrayList<>();
        for (RoomId room : changed) {
            RoomEntry entry = rooms.get(room);
            if (entry != null) {
                take(room, entry, wanted, nowMs, changes);
            }
        }
        changed.clear();
        arrivedIn.clear();
        return changes;
    }

    private void take(RoomId room, RoomEntry entry, Predicate<RoomId> wanted, long nowMs, List<RoomPresence> changes) {
        if (wanted.test(room)) {
            changes.add(presence(room, entry));
        }
        entry.before.clear();
        entry.toldMs = nowMs;
        if (entry.reasons.isEmpty()) {
            rooms.remove(room);
        }
    }

    private RoomPresence presence(RoomId room, RoomEntry entry) {
        Set<UserId> present = entry.reasons.keySet();
        List<UserId> arrived = new ArrayList<>();
        List<UserId> departed = new ArrayList<>();
        entry.before.forEach((user, before) -> {
            boolean now = present.contains(user);
            if (now && !before) {
                arrived.add(user);
            } else if (!now && before) {
                departed.add(user);
            }
        });
        arrived.sort(BY_ID);
        departed.sort(BY_ID);
        List<UserId> users = present.size() > maxListed
                ? null
                : present.stream().sorted(BY_ID).toList();
        return new RoomPresence(room, present.size(), users, arrived, departed);
    }
}
