package chat.parlance.room;

import chat.parlance.model.Event;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.RoomId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection's place in one live room. It begins with what the connection missed and becomes live at the very event
 * where the catch-up meets the room, so nothing is lost or doubled at the seam:
 *
 * <pre>
 *   opened ──start──▶ catching up ──position reaches the room's head──▶ live ──leave, removal──▶ closed
 *                       │      ▲
 *                       └─read─┘
 * </pre>
 */
public final class Subscription {

    private final RoomHub hub;
    private final LiveRoom room;
    private final Subscriber subscriber;
    private final EventPage opened;
    private long position;
    private boolean muted;
    private boolean reset;
    private boolean closed;
    private boolean present;
    private long typedAtMs = Long.MIN_VALUE / 2;

    Subscription(
            RoomHub hub, LiveRoom room, Subscriber subscriber, Access access, @Nullable Long since, int catchUpLimit) {
        this.hub = hub;
        this.room = room;
        this.subscriber = subscriber;
        this.opened = access.page();
        this.muted = access.viewer() != null && access.viewer().muted();
        if (since == null) {
            position = opened.head() - opened.events().size();
        } else {
            reset = since > opened.head() || opened.head() - since > catchUpLimit;
            position = since;
        }
    }

    public RoomId room() {
        return room.id();
    }

    /** The seq of the room's newest event when the subscription was opened. */
    public long head() {
        return opened.head();
    }

    /** The seq of the last event that the subscriber was given or is known to have. */
    public long position() {
        return position;
    }

    /** Delivers what was missed, then the live events. To be called once, after the answer to the join went out. */
    public void start() {
        if (reset && !closed) {
            long from = Math.min(position, opened.head());
            position = opened.head();
            subscriber.reset(room.id(), from, position);
        }
        advance(opened.events());
    }

    /** Ends the subscription; nothing is delivered any more. */
    public void close() {
        if (!closed) {
            closed = true;
            hub.closed(room, this);
        }
    }

    Subscriber subscriber() {
        return subscriber;
    }

    /** @return whether that is another than before */
    boolean setPresent(boolean now) {
        boolean changes = present != now;
        present = now;
        return changes;
    }

    /** @return false when it typed within the interval before */
    boolean beginTyping(long nowMs, int intervalMs) {
        boolean begins = nowMs - typedAtMs >= intervalMs;
        if (begins) {
            typedAtMs = nowMs;
        }
        return begins;
    }

    /** Whether the user may not speak in the room, as its events say. */
    boolean isMuted() {
        return muted;
    }

    /** Takes in what became of the user's membership. */
    void change(MembershipChange change) {
        if (change == MembershipChange.MUTED || change == MembershipChange.UNMUTED) {
            muted = change == MembershipChange.MUTED;
        }
    }

    /** Whether what happened to the user at {@code seq} was not known when the subscription was opened. */
    boolean isNews(long seq) {
        return seq > opened.head();
    }

    /** @param page events that follow {@link #position()} */
    void advance(List<Event> page) {
        if (closed) {
            return;
        }
        give(page);
        // What has come since the page was read need not be read.
        give(room.passedAfter(position));
        if (closed) {
            return;
        }
        if (position >= room.sequence().head()) {
            room.addLive(this);
            hub.accept(room, page);
        } else {
            hub.readOn(room, this);
        }
    }

    private void give(List<Event> missed) {
        for (EventBatch batch : EventBatch.cutAtDepartures(room.id(), missed)) {
            if (!closed) {
                deliver(batch);
                hub.applyMemberships(List.of(this), batch.events());
            }
        }
    }

    /** Takes a batch of the live room: whole when it is next, the rest of it when part of it is known already. */
    void offer(EventBatch batch) {
        if (closed) {
            return;
        }
        long first = batch.events().getFirst().seq();
        if (first == position + 1) {
            deliver(batch);
        } else if (first <= position && batch.lastSeq() > position) {
            int known = (int) (position + 1 - first);
            deliver(new EventBatch(
                    room.id(), batch.events().subList(known, batch.events().size())));
        } else if (first > position + 1) {
            throw new IllegalStateException("seq " + first + " after " + position);
        }
    }

    /** The room turned out to end at {@code storeHead}; the subscriber was shown more than the store has. */
    void rewind(long storeHead) {
        if (position > storeHead) {
            position = storeHead;
            subscriber.reset(room.id(), storeHead, storeHead);
        }
    }

    private void deliver(EventBatch batch) {
        position = batch.lastSeq();
        subscriber.deliver(batch);
    }
}
