package chat.parlance.testing;

import chat.parlance.testing.ContractClient.Receipt;
import java.util.ArrayList;
import java.util.List;

/**
 * A client's copy of one room: events in rising seq. While a part of it is loaded page by page, live events wait. It is of
 * one history; when the client is told that it is not the room's, it begins anew.
 */
final class RoomCopy {

    private final List<Receipt> events = new ArrayList<>();
    private final List<Receipt> held = new ArrayList<>();
    private final List<Receipt> dropped = new ArrayList<>();
    private long loadTo;
    private boolean loading;
    private int drops;

    List<Receipt> events() {
        return events;
    }

    /** All that it had when it began anew. */
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

    /** Whether it has everything up to {@code head}, as far as it knows. */
    boolean isWholeTo(long head) {
        return !loading && last() >= head;
    }

    void live(Receipt event) {
        (loading ? held : events).add(event);
    }

    void drop() {
        dropped.addAll(events);
        events.clear();
        held.clear();
        drops++;
    }

    /** @return false when it is loading already, and goes on to {@code head} now */
    boolean beginLoading(long head) {
        boolean begins = !loading;
        loading = true;
        loadTo = head;
        return begins;
    }

    boolean isLoading() {
        return loading;
    }

    /** The connection is gone; the next one begins where the copy ends. */
    void stopLoading() {
        loading = false;
        held.clear();
    }

    void loaded(List<Receipt> page) {
        events.addAll(page);
        if (last() >= loadTo) {
            loading = false;
            held.stream().filter(event -> event.seq() > last()).toList().forEach(events::add);
            held.clear();
        }
    }
}
