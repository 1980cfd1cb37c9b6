package chat.parlance.room;

import chat.parlance.model.Cursor;
import chat.parlance.model.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the events of one room in order: takes them as the bus brings them, doubled, late or early, and gives each out
 * once, in rising seq without a hole. What comes early waits, within a bound.
 *
 * <p>An event comes out only when its {@code previous} is the stamp of the last one that came out. One that does not fit is
 * dropped, and the sequence counts as doubtful until the store has said which history is the room's: the bus may have
 * brought an event that does not exist, or the database may have gone back under what came out.
 */
final class EventSequence {

    /** Early events kept; beyond it the latest are dropped, for the store has them. */
    static final int MAX_EARLY = 4096;

    private final TreeMap<Long, Event> early = new TreeMap<>();
    private @Nullable Cursor head;
    private boolean doubtful;

    boolean started() {
        return head != null;
    }

    /** Begins after {@code place}: the next event to come out follows it. */
    List<Event> start(Cursor place) {
        assert !started();
        head = place;
        return drain(place);
    }

    /** The last event that came out; where the sequence began, before the first. */
    Cursor head() {
        if (head == null) {
            throw new IllegalStateException("not started");
        }
        return head;
    }

    /** True when an event waits for an earlier one, or one came that does not fit. */
    boolean hasHole() {
        return started() && (doubtful || !early.isEmpty());
    }

    /** The seq of the latest event that waits, 0 when none does. */
    long lastEarly() {
        return early.isEmpty() ? 0 : early.lastKey();
    }

    /** @return the events that are next in order, none when all of these are old or early, or do not fit */
    List<Event> accept(List<Event> events) {
        Cursor from = head;
        if (from != null && early.isEmpty() && follow(from, events)) {
            head = events.getLast().cursor();
            return events;
        }
        for (Event event : events) {
            if (from == null || event.seq() >= from.seq()) {
                early.put(event.seq(), event);
                if (early.size() > MAX_EARLY) {
                    early.pollLastEntry();
                }
            }
        }
        return from == null ? List.of() : drain(from);
    }

    /**
     * The store has what came out, and ended at {@code storeHead} when it was asked. Early events that were there by then
     * and lie beyond it do not exist, for the bus brings none before it is committed.
     *
     * @param lastEarly the latest event that was early when the store was asked
     */
    void prove(long storeHead, long lastEarly) {
        doubtful = false;
        if (lastEarly > storeHead) {
            early.subMap(storeHead, false, lastEarly, true).clear();
        }
    }

    /** Goes on after another event: the store does not have what came out. */
    void rewind(Cursor storeHead) {
        head = storeHead;
        early.clear();
        doubtful = false;
    }

    private static boolean follow(Cursor from, List<Event> events) {
        Cursor last = from;
        for (Event event : events) {
            if (!event.before().equals(last)) {
                return false;
            }
            last = event.cursor();
        }
        return !events.isEmpty();
    }

    private List<Event> drain(Cursor from) {
        Event known = early.get(from.seq());
        if (known != null && !known.cursor().equals(from)) {
            doubtful = true;
        }
        early.headMap(from.seq(), true).clear();
        List<Event> ready = new ArrayList<>();
        Cursor last = from;
        while (!early.isEmpty() && early.firstKey() == last.seq() + 1) {
            Event next = early.pollFirstEntry().getValue();
            if (next.before().equals(last)) {
                ready.add(next);
                last = next.cursor();
            } else {
                doubtful = true;
            }
        }
        head = last;
        return ready;
    }
}
