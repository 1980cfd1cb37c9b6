package chat.parlance.room;

import chat.parlance.model.Event;
import chat.parlance.model.RoomId;
import java.util.ArrayList;
import java.util.List;

/** A room that has connections on this event loop, or is about to. */
final class LiveRoom {

    /** The most events that are kept for who is catching up. */
    private static final int MAX_PASSED = 256;

    /**
     * How far the room has got.
     *
     * @param given the seq of the last event that came out
     * @param stored the newest head that the store has told
     */
    record Heads(long given, long stored) {}

    private final RoomId id;
    private final EventSequence sequence = new EventSequence();
    private final List<Subscription> live = new ArrayList<>();
    private final List<Event> passed = new ArrayList<>();
    private int holds;
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

    Heads heads() {
        return new Heads(sequence.head(), storeHead);
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
        return sequence.hasHole() || (sequence.started() && storeHead > sequence.head());
    }

    /** Whether events came out that the store has not told of yet; the bus is ahead of it, or lies. */
    boolean isAheadOfStore() {
        return sequence.head() > storeHead;
    }

    /**
     * To be called after each look at the store.
     *
     * @return whether the room was ahead at the look before already, which that look would have explained
     */
    boolean isSuspect() {
        boolean suspect = headAtLastLook > storeHead;
        headAtLastLook = sequence.head();
        return suspect;
    }

    /** Takes back what came out after {@code head}. */
    void rewind(long head) {
        storeHead = head;
        headAtLastLook = head;
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

    /** What has come out after {@code seq}, as far as it is kept: nothing, when the first of it is not. */
    List<Event> passedAfter(long seq) {
        return passed.isEmpty() || passed.getFirst().seq() > seq + 1
                ? List.of()
                : passed.stream().filter(event -> event.seq() > seq).toList();
    }

    /** The subscriptions that take the room's events as they come. */
    List<Subscription> live() {
        return live;
    }

    void addLive(Subscription subscription) {
        live.add(subscription);
        forgetPassed();
    }

    /** Counts a subscription, open or opening. */
    void hold() {
        holds++;
    }

    /** @return whether that was the last one */
    boolean release(Subscription subscription) {
        live.remove(subscription);
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
