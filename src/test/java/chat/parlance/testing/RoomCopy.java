package chat.parlance.testing;

import chat.parlance.testing.ContractClient.Receipt;
import java.util.ArrayList;
import java.util.List;

/**
 * A client's copy of one room: events in rising seq. While a part of it is loaded page by page, live events wait. It is
 * of one history; after a reset from 0 it starts anew.
 */
final class RoomCopy {

    private final List<Receipt> events = new ArrayList<>();
    private final List<Receipt> held = new ArrayList<>();
    private final List<Receipt> dropped = new ArrayList<>();
    private long loadTo;
    private long loadedTo;
    private boolean loading;
    private int drops;

    List<Receipt> events() {
        return events;
    }

    /** Events that it had before it started anew. */
    List<Receipt> dropped() {
        return dropped;
    }

    int drops() {
        return drops;
    }

    long last() {
        return events.isEmpty() ? 0 : events.getLast().seq();
    }

    String stamp() {
        return events.getLast().stamp();
    }

    /** True when it has every event up to {@code head}, as far as known. */
    boolean isWholeTo(long head) {
        return !loading && last() >= head;
    }

    /**
     * Adds a live event. A page may reach beyond the announced head, so later live events may be in it.
     *
     * @return false when it has another event with that seq, so that the history has changed since it was read
     */
    boolean live(Receipt event) {
        if (loading) {
            held.add(event);
        } else if (event.seq() > loadedTo) {
            events.add(event);
        } else {
            return event.seq() < last() || event.stamp().equals(stamp());
        }
        return true;
    }

    void drop() {
        dropped.addAll(events);
        events.clear();
        held.clear();
        loadedTo = 0;
        drops++;
    }

    /** @return false when it is loading already, and continues to {@code head} now */
    boolean beginLoading(long head) {
        boolean begins = !loading;
        loading = true;
        loadTo = head;
        return begins;
    }

    boolean isLoading() {
        return loading;
    }

    /** Handles a lost connection; the next one resumes at the end of the copy. */
    void stopLoading() {
        loading = false;
        held.clear();
    }

    /** @return false when a waiting event shows that the history has changed */
    boolean loaded(List<Receipt> page) {
        events.addAll(page);
        if (last() < loadTo) {
            return true;
        }
        loading = false;
        loadedTo = last();
        List<Receipt> waiting = List.copyOf(held);
        held.clear();
        return waiting.stream().allMatch(this::live);
    }
}
