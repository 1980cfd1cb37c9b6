package chat.parlance.room;

import chat.parlance.model.Event;
import chat.parlance.model.EventBody.Membership;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.RoomId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live rooms of one event loop: takes committed events from the bus, puts each room's in order, reads what the bus
 * lost from the store, and hands every event to every subscriber once. All state belongs to the event loop that
 * {@link #start} was called on, and every method is called there.
 *
 * <p>The bus is a hint. Two things make the order whole whatever it does: a hole in the sequence is read from the store
 * after a short grace, and the heads of all live rooms are compared with the store on a short period.
 */
public final class RoomHub {

    private static final Logger LOG = LoggerFactory.getLogger(RoomHub.class);

    /** How long to wait before a failed read is tried again. */
    private static final int READ_RETRY_MS = 250;

    private final RoomService service;
    private final EventStore store;
    private final Timers timers;
    private final RoomLimits limits;
    private final RoomMeters meters;
    private final NodeBus.Listener listener;
    private final Map<RoomId, LiveRoom> rooms = new HashMap<>();
    private boolean closed;

    private RoomHub(
            RoomService service, EventStore store, NodeBus bus, Timers timers, RoomLimits limits, RoomMeters meters) {
        this.service = service;
        this.store = store;
        this.timers = timers;
        this.limits = limits;
        this.meters = meters;
        this.listener = bus.listen(this::accept);
    }

    /** Makes a hub on the calling event loop and begins its head checks. */
    public static RoomHub start(
            RoomService service, EventStore store, NodeBus bus, Timers timers, RoomLimits limits, RoomMeters meters) {
        RoomHub hub = new RoomHub(service, store, bus, timers, limits, meters);
        hub.scheduleHeadCheck();
        return hub;
    }

    /**
     * Opens a subscription, for which the user becomes a member of a public room when it is not one yet. The caller
     * answers the join and then calls {@link Subscription#start}.
     *
     * @param since the seq of the last event the client has, or null to be shown the newest
     */
    public Future<Subscription> join(Subscriber subscriber, RoomId id, @Nullable Long since) {
        LiveRoom room = enter(id);
        Range range = since == null
                ? Range.newest(limits.replayOnJoin())
                : new Range.After(since, limits.catchUpLimit(), limits.catchUpLimit());
        return service.open(subscriber.user(), id, range)
                .map(page -> {
                    if (!room.sequence().started()) {
                        fanOut(room, room.sequence().start(page.head()));
                    }
                    return new Subscription(this, room, subscriber, page, since, limits.catchUpLimit());
                })
                .onFailure(failure -> {
                    if (room.release()) {
                        exit(room);
                    }
                });
    }

    /** Stops listening and checking. The subscribers are left as they are. */
    public void close() {
        closed = true;
        listener.close();
    }

    /** How many rooms are live here. */
    public int liveRooms() {
        return rooms.size();
    }

    void closed(LiveRoom room, Subscription subscription) {
        if (room.release(subscription)) {
            exit(room);
        }
    }

    /** Takes events of one room from wherever they come. */
    void accept(LiveRoom room, List<Event> events) {
        fanOut(room, room.sequence().accept(events));
        if (room.sequence().hasHole() && room.beginGrace()) {
            timers.after(limits.gapGraceMs(), () -> {
                room.endGrace();
                if (room.sequence().hasHole()) {
                    readGap(room);
                }
            });
        }
    }

    /** Reads the next page for a subscription that has not met the room's head yet. */
    void readOn(LiveRoom room, Subscription subscription) {
        long headBefore = room.sequence().head();
        store.read(room.id(), subscription.position(), limits.catchUpLimit())
                .onSuccess(page -> {
                    if (page.head() < headBefore) {
                        rewind(room, page.head());
                    }
                    subscription.advance(page.events());
                })
                .onFailure(failure -> timers.after(READ_RETRY_MS, () -> subscription.advance(List.of())));
    }

    /** Ends the subscriptions whose user left the room in one of the events. */
    void endMemberships(List<Subscription> subscriptions, List<Event> events) {
        for (Event event : events) {
            if (event.body() instanceof Membership membership && membership.change() == MembershipChange.LEFT) {
                List.copyOf(subscriptions).stream()
                        .filter(subscription -> subscription.subscriber().user().equals(membership.user()))
                        .filter(subscription -> subscription.isEndedAt(event.seq()))
                        .forEach(subscription -> {
                            subscription.close();
                            subscription.subscriber().removed(event.room());
                        });
            }
        }
    }

    private void accept(List<Event> events) {
        Map<RoomId, List<Event>> byRoom = new LinkedHashMap<>();
        for (Event event : events) {
            byRoom.computeIfAbsent(event.room(), id -> new ArrayList<>()).add(event);
        }
        byRoom.forEach((id, ofRoom) -> {
            LiveRoom room = rooms.get(id);
            if (room != null) {
                accept(room, ofRoom);
            }
        });
    }

    private void fanOut(LiveRoom room, List<Event> ready) {
        if (ready.isEmpty() || room.live().isEmpty()) {
            return;
        }
        EventBatch batch = new EventBatch(room.id(), ready);
        // A subscriber that is cut for being slow leaves the list while it is walked.
        List<Subscription> live = List.copyOf(room.live());
        live.forEach(subscription -> subscription.offer(batch));
        meters.delivered(ready.size(), live.size());
        endMemberships(live, ready);
    }

    private void readGap(LiveRoom room) {
        if (!room.beginRead()) {
            return;
        }
        long from = room.sequence().head();
        store.read(room.id(), from, limits.catchUpLimit())
                .onSuccess(page -> {
                    room.endRead();
                    meters.gapRead(page.events().size());
                    accept(room, page.events());
                    if (room.sequence().head() < page.head()) {
                        readGap(room);
                    }
                })
                .onFailure(failure -> {
                    LOG.atWarn()
                            .addKeyValue("room", room.id())
                            .addKeyValue("after", from)
                            .addKeyValue("cause", failure.toString())
                            .log("Gap not read");
                    timers.after(READ_RETRY_MS, () -> {
                        room.endRead();
                        if (!closed && rooms.get(room.id()) == room) {
                            readGap(room);
                        }
                    });
                });
    }

    private void scheduleHeadCheck() {
        timers.after(limits.headCheckIntervalMs(), () -> {
            if (!closed) {
                checkHeads().onComplete(done -> scheduleHeadCheck());
            }
        });
    }

    private Future<?> checkHeads() {
        Map<RoomId, Long> known = new HashMap<>();
        for (LiveRoom room : rooms.values()) {
            if (room.sequence().started()) {
                known.put(room.id(), room.sequence().head());
            }
        }
        if (known.isEmpty()) {
            return Future.succeededFuture();
        }
        return store.heads(known.keySet())
                .onSuccess(heads -> known.forEach((id, head) -> compareHead(id, head, heads.getOrDefault(id, 0L))))
                .onFailure(failure ->
                        LOG.atWarn().addKeyValue("cause", failure.toString()).log("Heads not checked"));
    }

    private void compareHead(RoomId id, long headBefore, long storeHead) {
        LiveRoom room = rooms.get(id);
        if (room == null || !room.sequence().started()) {
            return;
        }
        if (storeHead > room.sequence().head()) {
            readGap(room);
        } else if (storeHead < headBefore) {
            rewind(room, storeHead);
        }
    }

    /** The bus brought events that the store does not have: forged, or lost with the database. The store is right. */
    private void rewind(LiveRoom room, long storeHead) {
        LOG.atError()
                .addKeyValue("room", room.id())
                .addKeyValue("head", room.sequence().head())
                .addKeyValue("storeHead", storeHead)
                .log("Events were ahead of the store");
        meters.rewound();
        room.sequence().rewind(storeHead);
        List.copyOf(room.live()).forEach(subscription -> subscription.rewind(storeHead));
    }

    private LiveRoom enter(RoomId id) {
        LiveRoom room = rooms.computeIfAbsent(id, absent -> {
            listener.enter(absent);
            return new LiveRoom(absent);
        });
        room.hold();
        return room;
    }

    private void exit(LiveRoom room) {
        rooms.remove(room.id(), room);
        listener.exit(room.id());
    }
}
