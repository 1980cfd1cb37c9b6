package chat.parlance.room;

import chat.parlance.model.Cursor;
import chat.parlance.model.Event;
import chat.parlance.model.RoomId;
import java.util.ArrayList;
import java.util.List;

/** A room that has connections on this event loop, or is about to. */
final class LiveRoom {

    /** The most events that are kept for subscriptions that are catching up. */
    private static final int MAX_PASSED = 256;

    /**
     * The state of the room when the store was asked, against which the answer is held.
     *
     * @param rewinds how often the room had been rewound; an answer to a question from before a rewind proves nothing
     * @param head the last event that had come out
     * @param stored the newest head that the store had told
     * @param lastEarly the latest event that waited for others
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

    /** The newest head that the store itself has told. */
    long storeHead() {
        return storeHead;
    }

    void heardFromStore(long head) {
        storeHead = Math.max(storeHead, head);
    }

    /** The state of a room that has started, for a question to the store. */
    Given given() {
        return new Given(rewinds, sequence.head(), storeHead, sequence.lastEarly());
    }

    /** True when an answer of the store that was asked for in that state still holds for the present one. */
    boolean isStill(Given before) {
        return before.rewinds() == rewinds;
    }

    /** The database has gone back before what was read of it came out; unless it has told of more since. */
    void storeWentBack(long before, long now) {
        if (storeHead == before) {
            storeHead = now;
        }
    }

    /** A look that could not say what changed came before the room began. */
    void setUnchecked() {
        unchecked = true;
    }

    boolean isUnchecked() {
        return unchecked;
    }

    /** Whether events are known of that have not come out. */
    boolean isBehind() {
        return sequence.started()
                && (sequence.hasHole() || storeHead > sequence.head().seq());
    }

    /** Whether events came out that the store has not told of yet; the bus is ahead of it, or lies. */
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
     * To be called after each look at the store.
     *
     * @return whether the room was ahead at the look before already, which that look would have explained
     */
    boolean isSuspect() {
        boolean suspect = headAtLastLook > storeHead;
        headAtLastLook = sequence.head().seq();
        return suspect;
    }

    /** Goes on after {@code head}, for the store does not have what came out. */
    void rewind(Cursor head) {
        rewinds++;
        storeHead = head.seq();
        headAtLastLook = head.seq();
        sequence.rewind(head);
        passed.clear();
    }

    /** Events have come out. They are kept while somebody is catching up, whose page is older than they are. */
    void passed(List<Event> events) {
        if (holds > live.size()) {
            if (passed.size() + events.size() > MAX_PASSED) {
                passed.clear();
            } else {
                passed.addAll(events);
            }
        }
    }

    /** The events that came out after {@code place}; none when the first of them is no longer kept. */
    List<Event> passedAfter(Cursor place) {
        List<Event> after =
                passed.stream().filter(event -> event.seq() > place.seq()).toList();
        return after.isEmpty() || !after.getFirst().before().equals(place) ? List.of() : after;
    }

    /** The subscriptions that take the room's events as they come. Each is where the room is. */
    List<Subscription> live() {
        return live;
    }

    void addLive(Subscription subscription) {
        live.add(subscription);
        forgetPassed();
    }

    /** A subscription is not where the room is, though it knows of nothing more to read. */
    void addWaiting(Subscription subscription) {
        waiting.add(subscription);
    }

    /** @return whether it was waiting */
    boolean removeWaiting(Subscription subscription) {
        return waiting.remove(subscription);
    }

    /** Takes out the waiting subscriptions that the room has come up to. */
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

    /** @return whether that was the last one */
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

    /** @return false when one is under way already */
    boolean beginRead() {
        boolean begins = !reading;
        reading = true;
        return begins;
    }

    void endRead() {
        reading = false;
    }

    /** @return false when it runs already */
    boolean beginGrace() {
        boolean begins = !graceRunning;
        graceRunning = true;
        return begins;
    }

    void endGrace() {
        graceRunning = false;
    }
}
