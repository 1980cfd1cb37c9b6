package chat.parlance.room;

import chat.parlance.model.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Puts the events of one room in order: takes them as the bus brings them, doubled, late or early, and gives each out
 * once, in rising seq without a hole. What comes early waits, within a bound.
 */
final class EventSequence {

    /** Early events kept; beyond it the latest are dropped, for the store has them. */
    static final int MAX_EARLY = 4096;

    private static final long UNKNOWN = -1;

    private final TreeMap<Long, Event> early = new TreeMap<>();
    private long head = UNKNOWN;

    boolean started() {
        return head != UNKNOWN;
    }

    /** Begins after {@code head}: the next event to come out is {@code head + 1}. */
    List<Event> start(long head) {
        assert !started();
        this.head = head;
        return drain();
    }

    /** The seq of the last event that came out. */
    long head() {
        return head;
    }

    /** Whether an event is known that cannot come out yet. */
    boolean hasHole() {
        return started() && !early.isEmpty();
    }

    /** @return the events that are next in order, none when all of these are old or early */
    List<Event> accept(List<Event> events) {
        if (started() && early.isEmpty() && isNext(events)) {
            head = events.getLast().seq();
            return events;
        }
        for (Event event : events) {
            if (event.seq() > head) {
                early.put(event.seq(), event);
                if (early.size() > MAX_EARLY) {
                    early.pollLastEntry();
                }
            }
        }
        return started() ? drain() : List.of();
    }

    /** Takes back what came out after {@code storeHead}: the store does not have it. */
    void rewind(long storeHead) {
        head = storeHead;
        early.clear();
    }

    private boolean isNext(List<Event> events) {
        long next = head;
        for (Event event : events) {
            if (event.seq() != ++next) {
                return false;
            }
        }
        return !events.isEmpty();
    }

    private List<Event> drain() {
        early.headMap(head, true).clear();
        List<Event> ready = new ArrayList<>();
        while (!early.isEmpty() && early.firstKey() == head + 1) {
            ready.add(early.pollFirstEntry().getValue());
            head++;
        }
        return ready;
    }
}
