package chat.parlance.simulation;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.ClientId;
import chat.parlance.model.Cursor;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.PostRequest;
import chat.parlance.model.RoomId;
import chat.parlance.model.Since;
import chat.parlance.model.Stamp;
import chat.parlance.model.UserId;
import chat.parlance.persistence.SimulatedCommits;
import chat.parlance.room.AccessOnly;
import chat.parlance.room.Appended;
import chat.parlance.room.EventPage;
import chat.parlance.room.EventStore;
import chat.parlance.room.MemberChange;
import chat.parlance.room.NewEvent;
import chat.parlance.room.NodeBus;
import chat.parlance.room.Range;
import chat.parlance.room.RoomAccess;
import chat.parlance.room.RoomHub;
import chat.parlance.room.RoomLimits;
import chat.parlance.room.RoomService;
import chat.parlance.room.Scheduler;
import chat.parlance.room.Selection;
import chat.parlance.room.StorePoll;
import chat.parlance.room.TailSettings;
import chat.parlance.room.Tails;
import chat.parlance.room.WatchSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One life of a node: the real hub, watch and group commit on one event loop, whose turns stop while it is frozen and for
 * ever when it is dead.
 */
final class SimulatedNode implements Scheduler, EventStore, AccessOnly, NodeBus {

    private static final int CATCH_UP_LIMIT = 30;
    private static final int NEVER_MS = 1_000_000_000;
    private static final int TAIL_BYTES = 1 << 20;

    private record Member(RoomId room, UserId user) {}

    private final Clockwork clockwork;
    private final SimulatedDatabase database;
    private final SimulatedBus bus;
    private final Variant variant;
    private final SimulatedCommits commits;
    private final RoomHub hub;
    private final RoomService service;
    private final Map<Member, RoomAccess> known = new HashMap<>();
    private final List<Runnable> frozenTurns = new ArrayList<>();
    private final Set<RoomId> entered = new HashSet<>();
    private final Map<RoomId, Map<Long, Stamp>> held = new HashMap<>();
    private @Nullable Consumer<List<Event>> listener;
    private boolean frozen;
    private boolean dead;

    /** @param meters counts pages */
    SimulatedNode(
            Clockwork clockwork, SimulatedDatabase database, SimulatedBus bus, Variant variant, PageCounter meters) {
        this.clockwork = clockwork;
        this.database = database;
        this.bus = bus;
        this.variant = variant;
        RoomLimits limits = new RoomLimits(
                8192,
                variant == Variant.NO_OVERLAP_AT_THE_SEAM ? 0 : 20,
                CATCH_UP_LIMIT,
                variant == Variant.NO_GAP_READ ? NEVER_MS : 30);
        commits = new SimulatedCommits(this::transaction, this::publish, clockwork::nowNs);
        service =
                new RoomService(this, this, new Tails(this, new TailSettings(TAIL_BYTES, TAIL_BYTES), meters), limits);
        StorePoll watch = StorePoll.start(
                mark -> onLoop(database.changes(mark)), this, new WatchSettings(1000, 3000, 10_000), clockwork::nowNs);
        hub = new RoomHub(service, this, this, watch, watch::isCurrent, this, limits, meters);
    }

    RoomHub hub() {
        return hub;
    }

    /** Post of a connection. */
    Future<Appended> post(UserId sender, RoomId room, ClientId id, String text) {
        return hub.isCurrent()
                ? service.post(sender, room, new PostRequest(new EventBody.Message(id, text)))
                : Future.failedFuture(new ChatException(ErrorCode.STORAGE_UNAVAILABLE));
    }

    Future<EventPage> history(UserId viewer, RoomId room, Since after) {
        return service.history(viewer, room, Selection.EVENTS, new Range.After(after, 100));
    }

    /** The newest page, by REST. */
    Future<EventPage> newest(UserId viewer, RoomId room) {
        return service.history(viewer, room, Selection.EVENTS, Range.newest(Reading.LIMIT));
    }

    /** Change of a membership, by REST or by a connection. */
    Future<List<Event>> change(UserId actor, RoomId room, UserId user, MembershipChange change) {
        return service.change(actor, room, user, change);
    }

    void kill() {
        dead = true;
    }

    void freeze() {
        frozen = true;
    }

    void thaw() {
        frozen = false;
        List<Runnable> turns = List.copyOf(frozenTurns);
        frozenTurns.clear();
        turns.forEach(this::execute);
    }

    /** Receives events from the bus. */
    void receive(List<Event> events) {
        execute(() -> {
            List<Event> wanted = events.stream()
                    .filter(event -> entered.contains(event.room()))
                    .flatMap(this::trusted)
                    .toList();
            if (listener != null && !wanted.isEmpty()) {
                listener.accept(wanted);
            }
        });
    }

    /**
     * Events that a node trusts. One that compares only seqs takes the next event of the bus as the successor of its
     * last one, and an event with a known seq as a duplicate.
     */
    private Stream<Event> trusted(Event event) {
        if (variant != Variant.TRUSTS_THE_NEXT_OF_THE_BUS) {
            return Stream.of(event);
        }
        Map<Long, Stamp> stamps = held.computeIfAbsent(event.room(), room -> new HashMap<>());
        if (stamps.putIfAbsent(event.seq(), event.stamp()) != null) {
            return Stream.empty();
        }
        Stamp before = stamps.getOrDefault(event.seq() - 1, event.previous());
        return Stream.of(
                new Event(event.room(), event.seq(), event.stamp(), before, event.at(), event.sender(), event.body()));
    }

    @Override
    public void execute(Runnable action) {
        if (frozen) {
            frozenTurns.add(action);
        } else if (!dead) {
            clockwork.after(0, () -> {
                if (frozen) {
                    frozenTurns.add(action);
                } else if (!dead) {
                    action.run();
                }
            });
        }
    }

    @Override
    public void after(long delayMs, Runnable action) {
        clockwork.after(delayMs, () -> execute(action));
    }

    @Override
    public Future<Appended> append(NewEvent event) {
        Future<Appended> appended = commits.append(event);
        if (variant == Variant.ACK_BEFORE_COMMIT) {
            long seq = database.room(event.room()).head() + 1;
            return Future.succeededFuture(new Appended(new Cursor(seq, clockwork.stamp()), false));
        }
        return appended;
    }

    @Override
    public Future<EventPage> read(RoomId room, long after, int limit) {
        return onLoop(database.read(room, after, limit));
    }

    @Override
    public Future<Map<RoomId, EventPage>> compare(Map<RoomId, Long> seqs) {
        return onLoop(database.compare(seqs));
    }

    @Override
    public Future<Optional<RoomAccess>> access(RoomId room, UserId user, Range range) {
        return onLoop(database.access(room, user, range));
    }

    @Override
    public Future<Optional<RoomAccess>> history(RoomId room, UserId user, Selection selection, Range range) {
        return range instanceof Range.Before before
                ? onLoop(database.newest(room, user, before.limit()))
                : access(room, user, range);
    }

    @Override
    public Future<Optional<RoomAccess>> membership(RoomId room, UserId user) {
        Member member = new Member(room, user);
        RoomAccess before = known.get(member);
        if (variant == Variant.SERVES_TAILS_WHILE_FENCED && before != null && !hub.isCurrent()) {
            return Future.succeededFuture(Optional.of(before));
        }
        return onLoop(database.newest(room, user, 0))
                .map(found -> found.map(access -> {
                    known.putIfAbsent(member, access);
                    if (variant == Variant.SERVES_TAILS_WHILE_FENCED) {
                        known.put(member, access);
                    }
                    return new RoomAccess(
                            access.visibility(),
                            access.archived(),
                            variant == Variant.KEEPS_THE_MEMBERSHIP
                                    ? Objects.requireNonNull(known.get(member)).viewer()
                                    : access.viewer(),
                            recognised(room, access.page()));
                }));
    }

    @Override
    public Future<Optional<EventPage>> tail(RoomId room, Selection selection, int limit) {
        return onLoop(database.tail(room, limit)).map(found -> found.map(page -> recognised(room, page)));
    }

    /** A page with the head by which the variant of the server recognises a tail. */
    private EventPage recognised(RoomId room, EventPage page) {
        Cursor head = switch (variant) {
            case KEEPS_A_DELETED_TEXT -> database.room(room).endWithoutDeletes();
            case KNOWS_A_TAIL_BY_NUMBER -> new Cursor(page.head().seq(), new Stamp(1));
            default -> page.head();
        };
        return new EventPage(page.events(), head, null);
    }

    @Override
    public Future<List<Event>> changeMembers(RoomId room, UserId actor, List<MemberChange> changes) {
        return onLoop(database.changeMembers(room, actor, changes)).onSuccess(this::publish);
    }

    @Override
    public Future<List<Event>> join(RoomId room, UserId user) {
        return changeMembers(room, user, List.of(new MemberChange(user, MembershipChange.JOINED)));
    }

    @Override
    public void publish(List<Event> events) {
        receive(events);
        bus.publish(this, events);
    }

    @Override
    public Listener listen(Consumer<List<Event>> handler) {
        listener = handler;
        return new Listener() {
            @Override
            public void enter(RoomId room) {
                entered.add(room);
            }

            @Override
            public void exit(RoomId room) {
                entered.remove(room);
            }

            @Override
            public void close() {
                entered.clear();
            }
        };
    }

    /** Completes an external answer in a turn of this event loop. */
    private <T> Future<T> onLoop(Future<T> answer) {
        Promise<T> here = Promise.promise();
        answer.onComplete(done -> execute(() -> {
            if (done.succeeded()) {
                here.complete(done.result());
            } else {
                here.fail(done.cause());
            }
        }));
        return here.future();
    }

    private Future<List<SimulatedCommits.Outcome>> transaction(List<NewEvent> batch, int lockWaitMs) {
        if (variant == Variant.PUBLISH_BEFORE_COMMIT) {
            Map<RoomId, Cursor> heads = new HashMap<>();
            List<Event> early = new ArrayList<>();
            for (NewEvent event : batch) {
                Cursor head = heads.computeIfAbsent(
                        event.room(), room -> database.room(room).end());
                Event guess = new Event(
                        event.room(),
                        head.seq() + 1,
                        clockwork.stamp(),
                        head.stamp(),
                        Instant.EPOCH,
                        event.sender(),
                        event.body());
                heads.put(event.room(), guess.cursor());
                early.add(guess);
            }
            publish(early);
        }
        return onLoop(database.commit(batch, lockWaitMs));
    }
}
