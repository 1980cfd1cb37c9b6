package chat.parlance.simulation;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.RoomId;
import chat.parlance.model.Since;
import chat.parlance.model.UserId;
import chat.parlance.room.EventBatch;
import chat.parlance.room.RoomPresence;
import chat.parlance.room.Signal;
import chat.parlance.room.Subscriber;
import chat.parlance.room.Subscription;
import chat.parlance.websocket.SimulatedOutbound;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Both ends of one connection, with their ordered messages: at the server the subscriptions, behind the real outbound
 * queue, at the client its state of the rooms. It is slow at times, and is cut when the queue is too long.
 */
final class SimulatedSession implements Subscriber {

    /** Time for an answer, after which a client tries another node. */
    static final int ANSWER_TIMEOUT_MS = 2500;

    private static final int EVENT_BYTES = 100;
    private static final int COME_BACK_WITHIN_MS = 1000;

    /** State of one room in the client, from its request to join to its leave. */
    private static final class Place {

        private final List<Event> held = new ArrayList<>();
        private long joinedAt;
        private boolean asked = true;
        private boolean joined;

        /** True while no events may arrive: the room is not joined yet, or the membership has ended. */
        private boolean outside = true;

        private boolean paging;

        /** Last seq to which the client has to page by itself. */
        private long pageTo;
    }

    private final Simulation simulation;
    private final Clockwork clockwork;
    private final SimulatedClient client;
    private final SimulatedNode node;
    private final SimulatedOutbound outbound;
    private final int slowMs;
    private final Map<RoomId, Subscription> subscriptions = new HashMap<>();
    private final Map<RoomId, Place> places = new HashMap<>();
    private long freeAtMs;
    private boolean open = true;

    SimulatedSession(Simulation simulation, Clockwork clockwork, SimulatedClient client, SimulatedNode node) {
        this.simulation = simulation;
        this.clockwork = clockwork;
        this.client = client;
        this.node = node;
        this.outbound = new SimulatedOutbound(node);
        this.slowMs = clockwork.chance(0.15) ? 30 : 1;
    }

    SimulatedNode node() {
        return node;
    }

    // The client's part

    void join(RoomId room) {
        Place place = new Place();
        places.put(room, place);
        toServer(
                simulation.variant() == Variant.NO_OVERLAP_AT_THE_SEAM
                        ? () -> readThenListen(room)
                        : () -> open(room, notes(room).since()));
        clockwork.after(ANSWER_TIMEOUT_MS, () -> {
            if (place.asked && place.equals(places.get(room))) {
                client.cut(this);
            }
        });
    }

    /** True while a join is pending. */
    boolean isJoining(RoomId room) {
        return place(room).asked;
    }

    /** True when the client is in the room and loads nothing more. */
    boolean isUpToDate(RoomId room) {
        return place(room).joined && !place(room).paging;
    }

    void leave(RoomId room) {
        toServer(() -> node.change(client.user(), room, client.user(), MembershipChange.LEFT)
                .onSuccess(left -> {
                    stop(room);
                    toClient(0, () -> left(room));
                }));
    }

    void close() {
        open = false;
        node.execute(() -> List.copyOf(subscriptions.keySet()).forEach(this::stop));
    }

    void toServer(Runnable request) {
        clockwork.after(
                clockwork.dice(5),
                () -> node.execute(() -> {
                    if (open) {
                        request.run();
                    }
                }));
    }

    private void joined(RoomId room, long head) {
        Place place = place(room);
        place.asked = false;
        place.joined = true;
        place.outside = false;
        place.joinedAt = head;
    }

    private void refused(RoomId room, ChatException failure) {
        // A retryable error is not retried, so that the client tries another node after a while.
        if (!failure.code().retryable()) {
            comeBack(room, place(room));
        }
    }

    private void left(RoomId room) {
        Place place = place(room);
        if (!place.asked) {
            comeBack(room, place);
        }
    }

    /** Joins a room again after a while. */
    private void comeBack(RoomId room, Place place) {
        place.asked = false;
        place.joined = false;
        place.outside = true;
        clockwork.after(clockwork.dice(COME_BACK_WITHIN_MS), () -> {
            if (open && place.equals(places.get(room))) {
                join(room);
            }
        });
    }

    private void take(Event event) {
        Place place = place(event.room());
        RoomNotes notes = notes(event.room());
        if (place.outside) {
            notes.givenAfterRemoval(event);
        }
        if (endsOwnMembership(event) && event.seq() > place.joinedAt) {
            place.outside = true;
        }
        if (place.paging) {
            place.held.add(event);
        } else {
            show(event);
        }
    }

    /** Shows a live event. The client's own pages may be ahead of it, in an old history. */
    private void show(Event event) {
        if (open && !notes(event.room()).show(event)) {
            client.cut(this);
        }
    }

    private boolean endsOwnMembership(Event event) {
        return event.body() instanceof EventBody.MembershipChanged membership
                && membership.user().equals(client.user())
                && membership.change().endsMembership();
    }

    /** Pages the events that the reset skipped, and then shows those that arrived meanwhile. */
    private void page(RoomId room, Place place) {
        RoomNotes notes = notes(room);
        int drops = notes.drops();
        node.history(client.user(), room, notes.since())
                .onComplete(read -> toClient(EVENT_BYTES, () -> {
                    if (!place.equals(places.get(room))) {
                        return;
                    }
                    if (read.succeeded() && drops == notes.drops()) {
                        read.result().events().forEach(notes::show);
                    } else if (read.failed() && ChatException.of(read.cause()).code() == ErrorCode.HISTORY_CHANGED) {
                        notes.drop();
                    }
                    if (notes.last() < place.pageTo) {
                        toServer(() -> page(room, place));
                    } else {
                        place.paging = false;
                        place.held.forEach(this::show);
                        place.held.clear();
                    }
                }));
    }

    private Place place(RoomId room) {
        return Objects.requireNonNull(places.get(room));
    }

    private RoomNotes notes(RoomId room) {
        return client.notes(room);
    }

    // The server's part

    private void open(RoomId room, @Nullable Since since) {
        stop(room);
        node.hub()
                .join(this, room, since)
                .onSuccess(opened -> {
                    if (open) {
                        subscriptions.put(room, opened);
                        toClient(0, () -> joined(room, opened.head()));
                        opened.start();
                    } else {
                        opened.close();
                    }
                })
                .onFailure(failure -> toClient(0, () -> refused(room, ChatException.of(failure))));
    }

    /** Delivery by servers with a history and a live stream that are not connected. */
    private void readThenListen(RoomId room) {
        node.read(room, notes(room).last(), Integer.MAX_VALUE).onSuccess(page -> {
            toClient(EVENT_BYTES, () -> page.events().forEach(notes(room)::show));
            if (page.events().isEmpty()) {
                open(room, null);
            } else {
                toClient(0, () -> toServer(() -> readThenListen(room)));
            }
        });
    }

    private void stop(RoomId room) {
        Subscription subscription = subscriptions.remove(room);
        if (subscription != null) {
            subscription.close();
        }
    }

    /** Writes a frame that the client processes after the earlier ones. */
    void toClient(int bytes, Runnable frame) {
        if (!open) {
            return;
        }
        if (!outbound.write(bytes)) {
            simulation.noteSlowReader();
            client.cut(this);
            return;
        }
        freeAtMs = Math.max(freeAtMs, clockwork.nowMs());
        for (int sent = 0; sent <= bytes; sent += EVENT_BYTES) {
            freeAtMs += clockwork.dice(slowMs + 1);
        }
        clockwork.after(freeAtMs - clockwork.nowMs(), () -> {
            outbound.taken(bytes);
            if (open) {
                frame.run();
            }
        });
    }

    @Override
    public UserId user() {
        return client.user();
    }

    @Override
    public void deliver(EventBatch batch) {
        toClient(batch.events().size() * EVENT_BYTES, () -> batch.events().forEach(this::take));
    }

    @Override
    public void signal(Signal.Shown signal) {}

    @Override
    public void presence(RoomPresence presence) {}

    @Override
    public void removed(RoomId room) {
        stop(room);
        toClient(0, () -> left(room));
    }

    @Override
    public void reset(RoomId room, long from, long head) {
        toClient(0, () -> {
            Place place = place(room);
            if (from == 0) {
                if (notes(room).last() > 0) {
                    simulation.noteReset();
                }
                notes(room).drop();
                place.held.clear();
            }
            place.pageTo = head;
            if (!place.paging) {
                place.paging = true;
                toServer(() -> page(room, place));
            }
        });
    }

    @Override
    public Future<Void> writable() {
        return outbound.drained();
    }
}
