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
