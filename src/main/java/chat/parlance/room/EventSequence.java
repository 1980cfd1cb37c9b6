package chat.parlance.room;

import chat.parlance.model.Cursor;
import chat.parlance.model.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the events of one room in order: accepts them in any order and more than once, as the bus delivers them, and
 * releases each once, in rising seq without a hole. Early events wait, within a bound.
 *
 * <p>An event is released only when its {@code previous} is the stamp of the last released one. An event that does not
 * fit is dropped, and the sequence stays doubtful until the store has confirmed the room's history: the bus may have
 * delivered an event that does not exist, or the database may have gone back behind what was released.
 */
final class EventSequence {

    /** Limit of early events; beyond it the latest are dropped, for the store has them. */
    static final int MAX_EARLY = 4096;

    private final TreeMap<Long, Event> early = new TreeMap<>();
    private @Nullable Cursor head;
    private boolean doubtful;

    boolean started() {
        return head != null;
    }

    /** Starts after {@code place}: the next released event follows it. */
    List<Event> start(Cursor place) {
        assert !started();
        head = place;
        return drain(place);
    }

    /** The last released event; before the first release, the event after which the sequence started. */
    Cursor head() {
        if (head == null) {
            throw new IllegalStateException("not started");
        }
        return head;
    }

    /** True when an event waits for an earlier one, or an event arrived that does not fit. */
    boolean hasHole() {
        return started() && (doubtful || !early.isEmpty());
    }

    /** Seq of the latest early event, 0 when none waits. */
    long lastEarly() {
        return early.isEmpty() ? 0 : early.lastKey();
    }

    /**
     * Accepts events from the bus or the store.
     *
     * @return the events that are next in order; none when all of these are old or early, or do not fit
     */
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
     * Confirms the sequence: the store has the last released event, and its head was {@code storeHead} when it was
     * asked. Early events that waited by then and lie beyond that head do not exist, for the bus delivers no event
     * before its commit.
     *
     * @param lastEarly the latest early event when the store was asked
     */
    void prove(long storeHead, long lastEarly) {
        doubtful = false;
        if (lastEarly > storeHead) {
            early.subMap(storeHead, false, lastEarly, true).clear();
        }
    }

    /** Restarts after another event, because the store does not have the released ones. */
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
