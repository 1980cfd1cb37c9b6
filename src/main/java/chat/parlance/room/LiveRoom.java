package chat.parlance.room;

import chat.parlance.model.RoomId;
import java.util.ArrayList;
import java.util.List;

/** A room that has connections on this event loop, or is about to. */
final class LiveRoom {

    private final RoomId id;
    private final EventSequence sequence = new EventSequence();
    private final List<Subscription> live = new ArrayList<>();
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

    /** A look that could not say what changed came before the room began. */
    void setUnchecked() {
        unchecked = true;
    }

    boolean isUnchecked() {
        return unchecked;
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
    }

    /** The subscriptions that take the room's events as they come. */
    List<Subscription> live() {
        return live;
    }

    void addLive(Subscription subscription) {
        live.add(subscription);
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
        return --holds == 0;
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
