package chat.parlance.room;

import chat.parlance.model.Cursor;
import chat.parlance.model.Event;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.RoomId;
import chat.parlance.model.Since;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Subscription of one connection to one live room. It begins with the events that the connection missed and becomes
 * live at exactly the event where the catch-up meets the room, so nothing is lost or duplicated at the seam:
 *
 * <pre>
 *   opened ──start──▶ catching up ──position is the room's head──▶ live ──leave, removal──▶ closed
 *                       │      ▲                                     │
 *                       └─read─┘◀───────── another history ──────────┘
 * </pre>
 *
 * Its position is an event, not only a seq. Each page that it reads must contain that event; when the store has another
 * one at that seq, the client's copy is not the room's history, and the client is told to load the room again.
 */
public final class Subscription {

    /** Start of a reset for a client that must load the whole room again. */
    private static final long FROM_THE_BEGINNING = 0;

    private final RoomHub hub;
    private final LiveRoom room;
    private final Subscriber subscriber;
    private final long head;
    private final @Nullable Long resetFrom;
    private Cursor position;

    /** Position at the last {@link #takeMoved}. */
    private long takenPosition = -1;

    /** Events of the first page, until they are delivered: they are not kept as long as the subscription. */
    private List<Event> opening;

    /** Event up to which the user's membership is known. */
    private Cursor known;

    private boolean muted;
    private boolean closed;
    private boolean present;
    private long typedAtMs = Long.MIN_VALUE / 2;

    Subscription(
            RoomHub hub,
            LiveRoom room,
            Subscriber subscriber,
            RoomAccess access,
            @Nullable Since since,
            int catchUpLimit) {
        this.hub = hub;
        this.room = room;
        this.subscriber = subscriber;
        EventPage opened = access.page();
        this.head = opened.head().seq();
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
        opening = resetFrom == null ? opened.events() : List.of();
    }

    public RoomId room() {
        return room.id();
    }

    /** Seq of the room's newest event when the subscription was opened. */
    public long head() {
        return head;
    }

    /** Seq of the last event that the subscriber was given or is known to have. */
    public long position() {
        return position.seq();
    }

    /** The last event that the subscriber was given or is known to have. */
    public Cursor cursor() {
        return position;
    }

    /** Returns true when {@link #position()} has changed since the last call, or at the first one. */
    public boolean takeMoved() {
        boolean moved = takenPosition != position.seq();
        takenPosition = position.seq();
        return moved;
    }

    /** Delivers the missed events, then the live ones. Called once, after the answer to the join. */
    public void start() {
        if (resetFrom != null && !closed) {
            subscriber.reset(room.id(), resetFrom, position.seq());
        }
        List<Event> missed = opening;
        opening = List.of();
        advance(missed);
    }

    /** Ends the subscription; nothing is delivered after it. */
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

    /** @return true when the presence changed */
    boolean setPresent(boolean now) {
        boolean changes = present != now;
        present = now;
        return changes;
    }

    /** @return false when the last typing notice is younger than the interval */
    boolean beginTyping(long nowMs, int intervalMs) {
        boolean begins = nowMs - typedAtMs >= intervalMs;
        if (begins) {
            typedAtMs = nowMs;
        }
        return begins;
    }

    /** True when the user is muted in the room, according to its events. */
    boolean isMuted() {
        return muted;
    }

    void setMuted(RoomAccess access) {
        muted = access.viewer() != null && access.viewer().muted();
    }

    /** Applies a change of the user's membership. */
    void change(MembershipChange change) {
        if (change == MembershipChange.MUTED || change == MembershipChange.UNMUTED) {
            muted = change == MembershipChange.MUTED;
        }
    }

    /** True when the event at {@code seq} is newer than the membership that was read at the opening. */
    boolean isNews(long seq) {
        return seq > known.seq();
    }

    /** Processes a page that was read after {@link #position()}. */
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

    /**
     * Delivers a page.
     *
     * @param page events that follow {@link #position()}
     */
    void advance(List<Event> page) {
        give(page);
        if (closed) {
            return;
        }
        // The room accepts the events that it does not have yet; those released since the page was read need no read.
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

    /** Delivers the next batch of the live room. */
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
     * Restarts after another event, because the store does not have what the subscriber was given. Nothing that the
     * client holds of the room is certain, and neither is its user's membership.
     */
    void restart(Cursor head) {
        position = head;
        subscriber.reset(room.id(), FROM_THE_BEGINNING, head.seq());
        know(head);
    }

    /** Records the room's head, and looks up the user's membership again, which was known from another history. */
    private void know(Cursor now) {
        known = now;
        hub.reconsider(room, this);
    }

    private void deliver(EventBatch batch) {
        position = batch.last();
        subscriber.deliver(batch);
    }
}
