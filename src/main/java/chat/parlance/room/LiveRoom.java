package chat.parlance.room;

import chat.parlance.model.Cursor;
import chat.parlance.model.Event;
import chat.parlance.model.RoomId;
import java.util.ArrayList;
import java.util.List;

/** A room with open or opening subscriptions on this event loop. */
final class LiveRoom {

    /** Limit of released events that are kept for subscriptions that catch up. */
    private static final int MAX_PASSED = 256;

    /**
     * State of the room when the store was asked; the answer is compared with it.
     *
     * @param rewinds number of rewinds of the room; an answer to a query from before a rewind proves nothing
     * @param head the last released event
     * @param stored the newest head that the store had reported
     * @param lastEarly the latest early event
     */
    record Given(int rewinds, Cursor head, long stored, long lastEarly) {}

    private final RoomId id;
    private final EventSequence sequence = new EventSequence();
    private final List<Subscription> live = new ArrayList<>();
    private final List<Subscription> waiting = new ArrayList<>();
    private final List<Event> passed = new ArrayList<>();
    private int holds;
    private int rewinds;
    private long storeHead;
    private long headAtLastLook;
    private boolean unchecked;
    private boolean reading;
    private boolean graceRunning;

    LiveRoom(RoomId id) {
        this.id = id;
    }

    RoomId id() {
        return id;
    }

    EventSequence sequence() {
        return sequence;
    }

    /** Newest head that the store itself has reported. */
    long storeHead() {
        return storeHead;
    }

    void heardFromStore(long head) {
        storeHead = Math.max(storeHead, head);
    }

    /** State of a started room, to compare an answer of the store with. */
    Given given() {
        return new Given(rewinds, sequence.head(), storeHead, sequence.lastEarly());
    }

    /** True when no rewind came between that state and now, so that an answer requested then still counts. */
    boolean isStill(Given before) {
        return before.rewinds() == rewinds;
    }

    /**
     * Lowers the store's head, because the database went back before those events were released; does nothing when the
     * store has reported more since.
     */
    void storeWentBack(long before, long now) {
        if (storeHead == before) {
            storeHead = now;
        }
    }

    /** Notes that an incomplete poll came before the room started. */
    void setUnchecked() {
        unchecked = true;
    }

    boolean isUnchecked() {
        return unchecked;
    }

    /** True when the room knows of events that it has not released. */
    boolean isBehind() {
        return sequence.started()
                && (sequence.hasHole() || storeHead > sequence.head().seq());
    }

    /** True when the room has released events that the store has not reported yet: the bus is faster, or it lies. */
    boolean isAheadOfStore() {
        return sequence.started() && sequence.head().seq() > storeHead;
    }

    /** True when the store may have another event at the seq that the room has reached. */
    boolean isContradictedBy(Cursor stored) {
        return sequence.started()
                && sequence.head().seq() == stored.seq()
                && !sequence.head().equals(stored);
    }

    /**
     * Checks the room after each poll of the store.
     *
     * @return true when the room was ahead of the store at the poll before already: this poll should have reported
     *     those events
     */
    boolean isSuspect() {
        boolean suspect = headAtLastLook > storeHead;
        headAtLastLook = sequence.head().seq();
        return suspect;
    }

    /** Restarts after {@code head}, because the store does not have the released events. */
    void rewind(Cursor head) {
        rewinds++;
        storeHead = head.seq();
        headAtLastLook = head.seq();
        sequence.rewind(head);
        passed.clear();
    }

    /** Keeps released events for subscriptions that are catching up, whose last page may be older. */
    void passed(List<Event> events) {
        if (holds > live.size()) {
            if (passed.size() + events.size() > MAX_PASSED) {
                passed.clear();
            } else {
                passed.addAll(events);
            }
        }
    }

    /** Kept events after {@code place}; none when the first of them is no longer kept. */
    List<Event> passedAfter(Cursor place) {
        List<Event> after =
                passed.stream().filter(event -> event.seq() > place.seq()).toList();
        return after.isEmpty() || !after.getFirst().before().equals(place) ? List.of() : after;
    }

    /** Live subscriptions, which receive the room's events as they are released. Each is at the room's head. */
    List<Subscription> live() {
        return live;
    }

    void addLive(Subscription subscription) {
        live.add(subscription);
        forgetPassed();
    }

    /** Adds a subscription that is not at the room's head, but has nothing more to read. */
    void addWaiting(Subscription subscription) {
        waiting.add(subscription);
    }

    /** @return true when it was waiting */
    boolean removeWaiting(Subscription subscription) {
        return waiting.remove(subscription);
    }

    /** Removes and returns the waiting subscriptions whose position the room has reached. */
    List<Subscription> takeReached() {
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<Subscription> reached = waiting.stream()
                .filter(subscription ->
                        subscription.position() <= sequence.head().seq())
                .toList();
        waiting.removeAll(reached);
        return reached;
    }

    /** Counts a subscription, open or opening. */
    void hold() {
        holds++;
    }

    /**
     * Releases a closed subscription.
     *
     * @return true when it was the last one
     */
    boolean release(Subscription subscription) {
        live.remove(subscription);
        waiting.remove(subscription);
        return release();
    }

    boolean release() {
        holds--;
        forgetPassed();
        return holds == 0;
    }

    private void forgetPassed() {
        if (holds == live.size()) {
            passed.clear();
        }
    }

    /** @return false when a read is under way already */
    boolean beginRead() {
        boolean begins = !reading;
        reading = true;
        return begins;
    }

    void endRead() {
        reading = false;
    }

    /** @return false when the grace period runs already */
    boolean beginGrace() {
        boolean begins = !graceRunning;
        graceRunning = true;
        return begins;
    }

    void endGrace() {
        graceRunning = false;
    }
}
