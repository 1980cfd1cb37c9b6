package chat.parlance.room;

import chat.parlance.model.Cursor;
import chat.parlance.model.Event;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.RoomId;
import chat.parlance.model.Since;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection's place in one live room. It begins with what the connection missed and becomes live at the very event
 * where the catch-up meets the room, so nothing is lost or doubled at the seam:
 *
 * <pre>
 *   opened ──start──▶ catching up ──position is the room's head──▶ live ──leave, removal──▶ closed
 *                       │      ▲                                     │
 *                       └─read─┘◀───────── another history ──────────┘
 * </pre>
 *
 * Its position is an event, not only a seq. Each page that it reads has to have that event; when the store has another one
 * there, what the client holds is not the room's history, and the client is told to load it again.
 */
public final class Subscription {

    /** Start of a client that has to load all of a room again. */
    private static final long FROM_THE_BEGINNING = 0;

    private final RoomHub hub;
    private final LiveRoom room;
    private final Subscriber subscriber;
    private final EventPage opened;
    private final @Nullable Long resetFrom;
    private Cursor position;

    /** Up to here is known what happened to the user's membership. */
    private Cursor known;

    private boolean muted;
    private boolean closed;
    private boolean present;
    private long typedAtMs = Long.MIN_VALUE / 2;

    Subscription(
            RoomHub hub, LiveRoom room, Subscriber subscriber, Access access, @Nullable Since since, int catchUpLimit) {
        this.hub = hub;
        this.room = room;
        this.subscriber = subscriber;
        this.opened = access.page();
        this.known = opened.head();
        setMuted(access);
        Cursor after = opened.after();
        if (after == null || (since != null && !since.isAt(after))) {
            resetFrom = FROM_THE_BEGINNING;
            position = opened.head();
        } else if (since != null && opened.head().seq() - since.seq() > catchUpLimit) {
            resetFrom = since.seq();
            position = opened.head();
        } else {
            resetFrom = null;
            position = after;
        }
    }

    public RoomId room() {
        return room.id();
    }

    /** The seq of the room's newest event when the subscription was opened. */
    public long head() {
        return opened.head().seq();
    }

    /** The seq of the last event that the subscriber was given or is known to have. */
    public long position() {
        return position.seq();
    }

    /** The last event that the subscriber was given or is known to have. */
    public Cursor cursor() {
        return position;
    }

    /** Delivers what was missed, then the live events. To be called once, after the answer to the join went out. */
    public void start() {
        if (resetFrom != null && !closed) {
            subscriber.reset(room.id(), resetFrom, position.seq());
        }
        advance(resetFrom == null ? opened.events() : List.of());
    }

    /** Ends the subscription; nothing is delivered any more. */
    public void close() {
        if (!closed) {
            closed = true;
            hub.closed(room, this);
        }
    }

    boolean isClosed() {
        return closed;
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

    void setMuted(Access access) {
        muted = access.viewer() != null && access.viewer().muted();
    }

    /** Takes in what became of the user's membership. */
    void change(MembershipChange change) {
        if (change == MembershipChange.MUTED || change == MembershipChange.UNMUTED) {
            muted = change == MembershipChange.MUTED;
        }
    }

    /** Whether what happened to the user at {@code seq} was not known when the subscription was opened. */
    boolean isNews(long seq) {
        return seq > known.seq();
    }

    /** Takes a page that was read after {@link #position()}. */
    void take(EventPage page) {
        if (closed) {
            return;
        }
        if (page.continuity(position) == Continuity.BROKEN) {
            restart(page.head());
            advance(List.of());
        } else {
            if (page.head().seq() < known.seq()) {
                know(page.head());
            }
            advance(page.events());
        }
    }

    /** @param page events that follow {@link #position()} */
    void advance(List<Event> page) {
        give(page);
        if (closed) {
            return;
        }
        // The room takes what it does not have yet; what has come since the page was read need not be read.
        hub.accept(room, page);
        give(room.passedAfter(position));
        if (closed) {
            return;
        }
        Cursor head = room.sequence().head();
        if (position.equals(head)) {
            room.addLive(this);
        } else if (position.seq() < head.seq()) {
            hub.readOn(room, this);
        } else {
            hub.await(room, this);
        }
    }

    private void give(List<Event> missed) {
        for (EventBatch batch : EventBatch.cutAtDepartures(room.id(), missed)) {
            if (!closed) {
                deliver(batch);
                batch.events().stream()
                        .map(Event::cursor)
                        .filter(event -> event.seq() == known.seq() && !event.equals(known))
                        .findFirst()
                        .ifPresent(this::know);
                hub.applyMemberships(List.of(this), batch.events());
            }
        }
    }

    /** Takes the next batch of the live room. */
    void offer(EventBatch batch) {
        if (closed) {
            return;
        }
        if (!batch.events().getFirst().before().equals(position)) {
            throw new IllegalStateException("seq " + batch.events().getFirst().seq() + " after " + position);
        }
        deliver(batch);
    }

    /**
     * Goes on after another event, for the store does not have what the subscriber was given. Nothing that the client holds
     * of the room is sure, and neither is its user's membership.
     */
    void restart(Cursor head) {
        position = head;
        subscriber.reset(room.id(), FROM_THE_BEGINNING, head.seq());
        know(head);
    }

    /** Notes where the room is now, and asks for the user's membership again, which was known from another history. */
    private void know(Cursor now) {
        known = now;
        hub.reconsider(room, this);
    }

    private void deliver(EventBatch batch) {
        position = batch.last();
        subscriber.deliver(batch);
    }
}
