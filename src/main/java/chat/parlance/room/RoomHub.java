package chat.parlance.room;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.log.Condition;
import chat.parlance.model.Cursor;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody.MembershipChanged;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.RoomId;
import chat.parlance.model.Since;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live rooms of one event loop: takes committed events from the bus, orders each room's events, reads lost ones
 * from the store, and delivers every event to every subscriber once. All state belongs to the event loop that created
 * the hub, and every method is called there.
 *
 * <p>The bus is a hint. Two mechanisms make the order complete whatever the bus does: the sequence detects holes and
 * events that do not fit, and the {@link StorePoll} reports the head of each changed room. After a short grace,
 * missing events are read from the store. While the node is not current the hub is fenced: it accepts no joins and
 * delivers nothing, and once it is current again it reads the events that it discarded.
 *
 * <p>The store may go back: a backup is restored, or a standby without the last commits takes over. So no seq is
 * trusted without its stamp, each read must contain the event after which it was requested, and a room that has
 * released events that the store lacks is rewound: its subscribers are told to reset, for nothing they hold is certain.
 */
public final class RoomHub {

    private static final Logger LOG = LoggerFactory.getLogger(RoomHub.class);

    private static final Condition REWOUND = Condition.of(
            LOG, "The store has other events than clients were given, rooms are reset", "No room is reset any more");

    private final RoomService service;
    private final BooleanSupplier current;
    private final Scheduler scheduler;
    private final RoomLimits limits;
    private final RoomMeters meters;
    private final NodeBus.Listener listener;
    private final StorePoll.Registration watching;
    private final GapReader gaps;
    private final HeadComparison heads;
    private final Map<RoomId, LiveRoom> rooms = new HashMap<>();
    private boolean closed;

    /**
     * Number of times that the store may have been replaced by another one; answers from before the last time are
     * discarded.
     */
    private int storeChanges;

    /**
     * Creates a hub on the calling event loop.
     *
     * @param current true while this node's data is fresh enough to be shown
     */
    public RoomHub(
            RoomService service,
            EventStore store,
            NodeBus bus,
            StorePoll watch,
            BooleanSupplier current,
            Scheduler scheduler,
            RoomLimits limits,
            RoomMeters meters) {
        this.service = service;
        this.current = current;
        this.scheduler = scheduler;
        this.limits = limits;
        this.meters = meters;
        this.gaps = new GapReader(this, store, scheduler, limits, meters);
        this.heads = new HeadComparison(this, store, scheduler, gaps);
        this.listener = bus.listen(this::accept);
        this.watching = watch.listen(scheduler, this::look);
    }

    /**
     * Opens a subscription; the user becomes a member of a public room when it is not one yet. The caller answers the
     * join and then calls {@link Subscription#start}. Fails with {@code storage.unavailable} while fenced.
     *
     * @param since the last event that the client has; null to receive the newest
     */
    public Future<Subscription> join(Subscriber subscriber, RoomId id, @Nullable Since since) {
        if (!isCurrent()) {
            return Future.failedFuture(new ChatException(ErrorCode.STORAGE_UNAVAILABLE));
        }
        LiveRoom room = enter(id);
        LiveRoom.Given before = room.sequence().started() ? room.given() : null;
        Range range = since == null
                ? Range.newest(limits.replayOnJoin())
                : new Range.After(since, limits.catchUpLimit(), limits.catchUpLimit());
        return open(subscriber.user(), id, range)
                .map(access -> {
                    EventPage page = access.page();
                    room.heardFromStore(page.head().seq());
                    if (!room.sequence().started()) {
                        begin(room, page.head());
                    } else if (before != null) {
                        gaps.prove(room, before, page);
                    }
                    return new Subscription(this, room, subscriber, access, since, limits.catchUpLimit());
                })
                .onFailure(failure -> {
                    if (room.release()) {
                        exit(room);
                    }
                });
    }

    /** Retries when the store may have been replaced meanwhile. */
    private Future<RoomAccess> open(UserId user, RoomId id, Range range) {
        int asked = storeChanges;
        return service.open(user, id, range)
                .compose(this::whileCurrent)
                .compose(access -> asked == storeChanges ? Future.succeededFuture(access) : open(user, id, range));
    }

    /** Stops the listeners and checks. The subscribers are left as they are. */
    public void close() {
        closed = true;
        listener.close();
        watching.close();
    }

    /** True while the hub serves, that is, while it is not fenced. */
    public boolean isCurrent() {
        return current.getAsBoolean();
    }

    /** Number of rooms that are live on this event loop. */
    public int liveRooms() {
        return rooms.size();
    }

    void closed(LiveRoom room, Subscription subscription) {
        if (room.release(subscription)) {
            exit(room);
        }
    }

    /** Rooms that are live on this event loop. */
    Collection<LiveRoom> live() {
        return rooms.values();
    }

    @Nullable
    LiveRoom room(RoomId id) {
        return rooms.get(id);
    }

    /** True while the hub is open and has the room. */
    boolean isLive(LiveRoom room) {
        return !closed && rooms.get(room.id()) == room;
    }

    /** Starts the room after a page, which may be older than the head that the poll has reported meanwhile. */
    private void begin(LiveRoom room, Cursor head) {
        fanOut(room, room.sequence().start(head));
        gaps.readUnlessItComes(room);
        if (room.isUnchecked()) {
            heads.compare(List.of(room));
        }
    }

    /** Accepts events of one room, from the bus or the store. */
    void accept(LiveRoom room, List<Event> events) {
        fanOut(room, room.sequence().accept(events));
        heads.note(room);
        gaps.readUnlessItComes(room);
    }

    /** See {@link GapReader#readOn}. */
    void readOn(LiveRoom room, Subscription subscription) {
        gaps.readOn(room, subscription);
    }

    /**
     * Parks a subscription that has an event that the room has not reached, or has another event in its place. Either
     * the room reaches it soon, or one of them is wrong; then the next read of the subscription and a comparison of the
     * room detect it.
     */
    void await(LiveRoom room, Subscription subscription) {
        if (room.isContradictedBy(subscription.cursor())) {
            heads.compare(List.of(room));
        }
        room.addWaiting(subscription);
        scheduler.after(GapReader.RETRY_MS, () -> {
            if (room.removeWaiting(subscription)) {
                gaps.readOn(room, subscription);
            }
        });
    }

    /** Queries the store; fails when the answer may be too old, or when the store may have been replaced. */
    <T> Future<T> ask(Supplier<Future<T>> question) {
        int asked = storeChanges;
        return question.get()
                .compose(answer -> asked == storeChanges
                        ? whileCurrent(answer)
                        : Future.failedFuture(new ChatException(ErrorCode.STORAGE_UNAVAILABLE)));
    }

    /** Returns the answer while the hub is current: the node may have been frozen since the store gave it. */
    private <T> Future<T> whileCurrent(T answer) {
        return isCurrent()
                ? Future.succeededFuture(answer)
                : Future.failedFuture(new ChatException(ErrorCode.STORAGE_UNAVAILABLE));
    }

    /**
     * Applies changes of memberships to the subscriptions of their users, and closes the subscriptions of users who are
     * no longer members.
     */
    void applyMemberships(List<Subscription> subscriptions, List<Event> events) {
        for (Event event : events) {
            if (event.body() instanceof MembershipChanged membership) {
                List.copyOf(subscriptions).stream()
                        .filter(subscription -> subscription.subscriber().user().equals(membership.user()))
                        .filter(subscription -> subscription.isNews(event.seq()))
                        .forEach(subscription -> apply(membership.change(), subscription));
            }
        }
    }

    private static void apply(MembershipChange change, Subscription subscription) {
        if (change.endsMembership()) {
            remove(subscription);
        } else {
            subscription.change(change);
        }
    }

    private static void remove(Subscription subscription) {
        subscription.close();
        subscription.subscriber().removed(subscription.room());
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
        if (!room.live().isEmpty()) {
            for (EventBatch batch : EventBatch.cutAtDepartures(room.id(), ready)) {
                // A subscriber that is cut for slowness leaves the list during the iteration.
                List<Subscription> live = List.copyOf(room.live());
                live.forEach(subscription -> subscription.offer(batch));
                meters.delivered(batch.events().size(), live.size());
                applyMemberships(live, batch.events());
            }
        }
        room.takeReached().forEach(subscription -> subscription.advance(List.of()));
    }

    private void look(ChangeSet changes) {
        if (closed) {
            return;
        }
        if (!changes.complete() || changes.interrupted()) {
            storeChanges++;
        }
        heads.take(changes);
    }

    /**
     * Rewinds a room that has released events that the store lacks: they were forged, or lost with the database. The
     * store is right.
     */
    void rewind(LiveRoom room, Cursor storeHead) {
        REWOUND.occurred("room %s at %d, in the store at %d"
                .formatted(room.id(), room.sequence().head().seq(), storeHead.seq()));
        meters.rewound();
        room.rewind(storeHead);
        heads.forget(room);
        List.copyOf(room.live()).forEach(subscription -> subscription.restart(storeHead));
    }

    /**
     * Looks up the membership of a subscription's user: the event that made the user a member may be lost, or one that
     * ended the membership may have been skipped.
     */
    void reconsider(LiveRoom room, Subscription subscription) {
        if (subscription.isClosed() || closed) {
            return;
        }
        ask(() -> service.membership(subscription.subscriber().user(), room.id()))
                .onSuccess(access -> {
                    if (subscription.isClosed()) {
                        return;
                    }
                    if (access.isPresent() && access.get().isJoined()) {
                        subscription.setMuted(access.get());
                    } else {
                        remove(subscription);
                    }
                })
                .onFailure(failure -> scheduler.after(GapReader.RETRY_MS, () -> reconsider(room, subscription)));
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
        heads.forget(room);
        listener.exit(room.id());
    }
}
