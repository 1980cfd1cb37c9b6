package chat.parlance.room;

import chat.parlance.model.RoomId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares the live rooms of one hub with the store: the last event that each room has released with the store's event
 * of that seq, because a seq alone proves nothing once the database has gone back. A complete poll costs nothing for
 * unchanged rooms; after an incomplete one, or after an outage, all rooms are compared. Belongs to the hub's event
 * loop.
 */
final class HeadComparison {

    private final RoomHub hub;
    private final EventStore store;
    private final Scheduler scheduler;
    private final GapReader gaps;
    private final Set<LiveRoom> ahead = new LinkedHashSet<>();

    HeadComparison(RoomHub hub, EventStore store, Scheduler scheduler, GapReader gaps) {
        this.hub = hub;
        this.store = store;
        this.scheduler = scheduler;
        this.gaps = gaps;
    }

    /** Remembers a room that has released more than the store has reported. */
    void note(LiveRoom room) {
        if (room.isAheadOfStore()) {
            ahead.add(room);
        }
    }

    void forget(LiveRoom room) {
        ahead.remove(room);
    }

    /** Processes the answer of a poll. */
    void take(ChangeSet changes) {
        if (!changes.complete() || changes.interrupted()) {
            hub.live().stream().filter(room -> !room.sequence().started()).forEach(LiveRoom::setUnchecked);
            compare(hub.live().stream()
                    .filter(room -> room.sequence().started())
                    .toList());
        }
        if (!changes.complete()) {
            return;
        }
        List<LiveRoom> suspects = new ArrayList<>();
        changes.heads().forEach((id, head) -> {
            LiveRoom room = hub.room(id);
            if (room != null) {
                // The poll began before the hub received more, or the database has gone back.
                boolean behind =
                        head.seq() < room.storeHead() && room.sequence().started();
                room.heardFromStore(head.seq());
                if (behind || room.isContradictedBy(head)) {
                    suspects.add(room);
                }
                gaps.readUnlessItComes(room);
            }
        });
        ahead.removeIf(room -> !room.isAheadOfStore());
        ahead.stream().filter(LiveRoom::isSuspect).forEach(suspects::add);
        compare(suspects);
    }

    /** Queries the store's events at the heads of these rooms, all of which have started. */
    void compare(Collection<LiveRoom> suspects) {
        if (suspects.isEmpty()) {
            return;
        }
        Map<LiveRoom, LiveRoom.Given> known = new LinkedHashMap<>();
        Map<RoomId, Long> seqs = new HashMap<>();
        suspects.forEach(room -> {
            LiveRoom.Given given = room.given();
            known.put(room, given);
            seqs.put(room.id(), given.head().seq());
        });
        hub.ask(() -> store.compare(seqs))
                .onSuccess(pages -> known.forEach((room, before) -> take(room, before, pages)))
                .onFailure(failure -> {
                    GapReader.noteFailure("heads of " + suspects.size() + " rooms", failure);
                    scheduler.after(
                            GapReader.RETRY_MS,
                            () -> compare(suspects.stream().filter(hub::isLive).toList()));
                });
    }

    private void take(LiveRoom room, LiveRoom.Given before, Map<RoomId, EventPage> pages) {
        EventPage page = pages.get(room.id());
        if (page == null || !hub.isLive(room) || !gaps.prove(room, before, page)) {
            return;
        }
        if (page.head().seq() < before.stored()) {
            room.storeWentBack(before.stored(), page.head().seq());
        }
        room.heardFromStore(page.head().seq());
        gaps.readUnlessItComes(room);
    }
}
