package chat.parlance.room;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.log.Condition;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody.Membership;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.RoomId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live rooms of one event loop: takes committed events from the bus, puts each room's in order, reads what the bus
 * lost from the store, and hands every event to every subscriber once. All state belongs to the event loop that
 * it was made on, and every method is called there.
 *
 * <p>The bus is a hint. Two things make the order whole whatever it does: the sequence shows its holes, and the {@link
 * StoreWatch} tells which rooms have got how far. What is missing then is read from the store after a short grace. While
 * the node is not current the hub is fenced: it lets nobody in and hands nothing out, and reads what it passed over once
 * it is current again.
 */
public final class RoomHub {

    private static final Logger LOG = LoggerFactory.getLogger(RoomHub.class);

    /** Of all event loops of the process: what fails one of them fails them all. */
    private static final Condition UNREAD = Condition.of(
            LOG, "Rooms could not be read, for a reason that the store did not log", "Rooms can be read again");

    private static final Condition AHEAD =
            Condition.of(LOG, "Rooms were ahead of the store and are reset", "No room is ahead of the store any more");

    /** How long to wait before a failed read is tried again. */
    private static final int READ_RETRY_MS = 250;

    private final RoomService service;
    private final EventStore store;
    private final BooleanSupplier current;
    private final Scheduler scheduler;
    private final RoomLimits limits;
    private final RoomMeters meters;
    private final NodeBus.Listener listener;
    private final StoreWatch.Registration watching;
    private final Map<RoomId, LiveRoom> rooms = new HashMap<>();
    private final Set<LiveRoom> ahead = new HashSet<>();
    private boolean closed;

    /**
     * Makes a hub on the calling event loop.
     *
     * @param current whether what this node knows is fresh enough to be shown
     */
    public RoomHub(
            RoomService service,
            EventStore store,
            NodeBus bus,
            StoreWatch watch,
            BooleanSupplier current,
            Scheduler scheduler,
            RoomLimits limits,
            RoomMeters meters) {
        this.service = service;
        this.store = store;
        this.current = current;
        this.scheduler = scheduler;
        this.limits = limits;
        this.meters = meters;
        this.listener = bus.listen(this::accept);
        this.watching = watch.listen(scheduler, this::look);
    }

    /**
     * Opens a subscription, for which the user becomes a member of a public room when it is not one yet. The caller
     * answers the join and then calls {@link Subscription#start}. Fails with {@code storage.unavailable} while fenced.
     *
     * @param since the seq of the last event the client has, or null to be shown the newest
     */
    public Future<Subscription> join(Subscriber subscriber, RoomId id, @Nullable Long since) {
        if (!isCurrent()) {
            return Future.failedFuture(new ChatException(ErrorCode.STORAGE_UNAVAILABLE));
        }
        LiveRoom room = enter(id);
        Range range = since == null
                ? Range.newest(limits.replayOnJoin())
                : new Range.After(since, limits.catchUpLimit(), limits.catchUpLimit());
        return service.open(subscriber.user(), id, range)
                .compose(this::whileCurrent)
                .map(access -> {
                    long head = access.page().head();
                    room.heardFromStore(head);
                    if (!room.sequence().started()) {
                        begin(room, head);
                    }
                    return new Subscription(this, room, subscriber, access, since, limits.catchUpLimit());
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
        watching.close();
    }

    /** Whether the hub serves, and is not fenced. */
    public boolean isCurrent() {
        return current.getAsBoolean();
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

    /** The page may be older than what the watch has told meanwhile. */
    private void begin(LiveRoom room, long head) {
        fanOut(room, room.sequence().start(head));
        readUnlessItComes(room);
        if (room.isUnchecked()) {
            compareHeads(List.of(room));
        }
    }

    /** Takes events of one room from wherever they come. */
    void accept(LiveRoom room, List<Event> events) {
        fanOut(room, room.sequence().accept(events));
        if (room.sequence().started() && room.isAheadOfStore()) {
            ahead.add(room);
        }
        readUnlessItComes(room);
    }

    /** What a room lacks may be on its way over the bus, which is given a short time to bring it. */
    private void readUnlessItComes(LiveRoom room) {
        if (room.isBehind() && room.beginGrace()) {
            scheduler.after(limits.gapGraceMs(), () -> {
                room.endGrace();
                if (room.isBehind()) {
                    readGap(room);
                }
            });
        }
    }

    /** Reads the next page for a subscription that has not met the room's head yet, once it has taken in the last. */
    void readOn(LiveRoom room, Subscription subscription) {
        subscription.subscriber().writable().onSuccess(writable -> readPage(room, subscription));
    }

    private void readPage(LiveRoom room, Subscription subscription) {
        long headBefore = room.sequence().head();
        long from = subscription.position();
        readCurrent(room, from)
                .onSuccess(page -> {
                    if (page.head() < headBefore) {
                        rewind(room, page.head());
                    }
                    if (page.events().isEmpty() && page.head() > from) {
                        scheduler.after(READ_RETRY_MS, () -> subscription.advance(List.of()));
                    } else {
                        subscription.advance(page.events());
                    }
                })
                .onFailure(failure -> scheduler.after(READ_RETRY_MS, () -> subscription.advance(List.of())));
    }

    /** Reads while the hub may show what it reads. */
    private Future<EventPage> readCurrent(LiveRoom room, long after) {
        return store.read(room.id(), after, limits.catchUpLimit())
                .compose(this::whileCurrent)
                .onSuccess(page -> room.heardFromStore(page.head()));
    }

    /** The node may have been frozen since the store said it. */
    private <T> Future<T> whileCurrent(T answer) {
        return isCurrent()
                ? Future.succeededFuture(answer)
                : Future.failedFuture(new ChatException(ErrorCode.STORAGE_UNAVAILABLE));
    }

    /** Lets the subscriptions know what the events make of their users, and ends those of users who are out. */
    void applyMemberships(List<Subscription> subscriptions, List<Event> events) {
        for (Event event : events) {
            if (event.body() instanceof Membership membership) {
                List.copyOf(subscriptions).stream()
                        .filter(subscription -> subscription.subscriber().user().equals(membership.user()))
                        .filter(subscription -> subscription.isNews(event.seq()))
                        .forEach(subscription -> apply(membership.change(), subscription));
            }
        }
    }

    private static void apply(MembershipChange change, Subscription subscription) {
        if (change.endsMembership()) {
            subscription.close();
            subscription.subscriber().removed(subscription.room());
        } else {
            subscription.change(change);
        }
    }

    private void accept(List<Event> events) {
        if (!isCurrent()) {
            meters.fenced(events.size());
            return;
        }
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
        if (ready.isEmpty()) {
            return;
        }
        room.passed(ready);
        if (room.live().isEmpty()) {
            return;
        }
        for (EventBatch batch : EventBatch.cutAtDepartures(room.id(), ready)) {
            // A subscriber that is cut for being slow leaves the list while it is walked.
            List<Subscription> live = List.copyOf(room.live());
            live.forEach(subscription -> subscription.offer(batch));
            meters.delivered(batch.events().size(), live.size());
            applyMemberships(live, batch.events());
        }
    }

    private void readGap(LiveRoom room) {
        if (!room.beginRead()) {
            return;
        }
        long from = room.sequence().head();
        readCurrent(room, from)
                .onSuccess(page -> {
                    meters.gapRead(page.events().size());
                    accept(room, page.events());
                    // More may have been heard of since this page was read.
                    if (room.sequence().head() >= room.storeHead()) {
                        room.endRead();
                    } else if (page.events().isEmpty()) {
                        retryGap(room);
                    } else {
                        room.endRead();
                        readGap(room);
                    }
                })
                .onFailure(failure -> {
                    note(room.id() + " after " + from, failure);
                    retryGap(room);
                });
    }

    /** The store logs its own failures, and the watch the fence. */
    private static void note(String work, Throwable failure) {
        if (!(failure instanceof ChatException)) {
            UNREAD.occurred(work + ": " + failure, failure);
        }
    }

    private void retryGap(LiveRoom room) {
        scheduler.after(READ_RETRY_MS, () -> {
            room.endRead();
            if (!closed && rooms.get(room.id()) == room) {
                readGap(room);
            }
        });
    }

    /** Compares the rooms that changed with what came over the bus; costs nothing for those that did not. */
    private void look(Changes changes) {
        if (closed) {
            return;
        }
        if (!changes.complete()) {
            rooms.values().stream().filter(room -> !room.sequence().started()).forEach(LiveRoom::setUnchecked);
            compareHeads(rooms.values().stream()
                    .filter(room -> room.sequence().started())
                    .toList());
            return;
        }
        List<LiveRoom> suspects = new ArrayList<>();
        changes.heads().forEach((id, head) -> {
            LiveRoom room = rooms.get(id);
            if (room != null) {
                // Looked at before the hub heard of more, or in a database that went back.
                boolean behind = head < room.storeHead();
                room.heardFromStore(head);
                if (behind && room.sequence().started()) {
                    suspects.add(room);
                }
                readUnlessItComes(room);
            }
        });
        ahead.removeIf(room -> !room.isAheadOfStore());
        ahead.stream().filter(LiveRoom::isSuspect).forEach(suspects::add);
        compareHeads(suspects);
    }

    private void compareHeads(List<LiveRoom> suspects) {
        if (suspects.isEmpty()) {
            return;
        }
        Map<RoomId, LiveRoom.Heads> known = new HashMap<>();
        suspects.forEach(room -> known.put(room.id(), room.heads()));
        store.heads(known.keySet())
                .onSuccess(heads -> known.forEach((id, before) -> compareHead(id, before, heads.getOrDefault(id, 0L))))
                .onFailure(failure -> {
                    note("heads of " + suspects.size() + " rooms", failure);
                    scheduler.after(READ_RETRY_MS, () -> {
                        if (!closed) {
                            compareHeads(suspects);
                        }
                    });
                });
    }

    private void compareHead(RoomId id, LiveRoom.Heads before, long storeHead) {
        LiveRoom room = rooms.get(id);
        if (room == null || !room.sequence().started()) {
            return;
        }
        if (storeHead < before.given()) {
            rewind(room, storeHead);
        } else if (storeHead < before.stored()) {
            room.storeWentBack(before.stored(), storeHead);
        }
        room.heardFromStore(storeHead);
        readUnlessItComes(room);
    }

    /** The bus brought events that the store does not have: forged, or lost with the database. The store is right. */
    private void rewind(LiveRoom room, long storeHead) {
        AHEAD.occurred("room %s at %d, in the store at %d"
                .formatted(room.id(), room.sequence().head(), storeHead));
        meters.rewound();
        room.rewind(storeHead);
        ahead.remove(room);
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
        ahead.remove(room);
        listener.exit(room.id());
    }
}
