package chat.parlance.room;

import chat.parlance.model.Cursor;
import chat.parlance.model.Event;
import chat.parlance.model.RoomId;
import chat.parlance.model.Since;
import chat.parlance.model.Stamp;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One room with its history, bus and time, all scripted by a test. */
public final class ScriptedWorld implements EventStore, AccessOnly, NodeBus, ChangeLog, Scheduler {

    public static final RoomId ROOM = new RoomId("dev");

    /** Number of transactions that another database has had and this one has not. */
    private static final long LOST_MARK = 1000;

    private static final long STAMPS_OF_A_DATABASE = 1_000_000;

    private record Timer(long atMs, Runnable action) {}

    private final List<Event> history = new ArrayList<>();
    private final Set<RoomId> entered = new HashSet<>();
    private final Set<UserId> strangers = new HashSet<>();
    private final List<Timer> timers = new ArrayList<>();
    private final ArrayDeque<Runnable> held = new ArrayDeque<>();
    private @Nullable Consumer<List<Event>> listener;
    private boolean holding;
    private boolean failing;
    private boolean pruned;
    private boolean hiding;
    private long lost;
    private long asked;
    private long nowMs;

    public long nowNs() {
        return TimeUnit.MILLISECONDS.toNanos(nowMs);
    }

    /** Joins like a person who types a seq, or none. */
    Reader join(RoomHub hub, UserId user, @Nullable Long since) {
        return resume(hub, user, since == null ? null : new Since(since, null));
    }

    /** Joins like a program that has seen the room up to an event. */
    Reader resume(RoomHub hub, UserId user, @Nullable Since since) {
        Reader reader = new Reader(user);
        hub.join(reader, ROOM, since).onSuccess(subscription -> {
            reader.opened(subscription);
            subscription.start();
        });
        return reader;
    }

    /** Stores messages up to {@code seq} that the bus does not deliver. */
    public void commit(long seq) {
        while (history.size() < seq) {
            history.add(next());
        }
    }

    /** Stores messages up to {@code seq}, of which the bus delivers the last. */
    public void publish(long seq) {
        commit(seq);
        deliver(List.of(event(seq)));
    }

    /** Event with that seq, as stored now. */
    Event event(long seq) {
        return history.get((int) seq - 1);
    }

    /** The last event. */
    Cursor head() {
        return history.isEmpty() ? Cursor.START : history.getLast().cursor();
    }

    private Event next() {
        return Fixtures.message("dev", head(), new Stamp(history.size() + 1 + lost * STAMPS_OF_A_DATABASE));
    }

    void append(Event event) {
        commit(event);
        deliver(List.of(event));
    }

    /** Stores an event that the bus does not deliver. */
    void commit(Event event) {
        history.add(event);
    }

    void deliver(List<Event> events) {
        if (listener != null) {
            listener.accept(events);
        }
    }

    /** Removes users from the members without an event. */
    void forget(UserId user) {
        strangers.add(user);
    }

    /** Fails over to another database, which lacks the events after {@code seq} and does not report it. */
    void lose(long seq) {
        history.subList((int) seq, history.size()).clear();
        lost++;
    }

    public void holdReads() {
        holding = true;
    }

    public void releaseReads() {
        holding = false;
        while (!held.isEmpty()) {
            held.remove().run();
        }
    }

    void setFailing(boolean failing) {
        this.failing = failing;
    }

    /** From now on the log never reaches back to the cursor of the last poll. */
    void pruneLog() {
        pruned = true;
    }

    /** From now on the log reports no change, and claims to be complete. */
    void hideChanges() {
        hiding = true;
    }

    /** Rooms whose events the bus delivers. */
    Set<RoomId> entered() {
        return entered;
    }

    /** Lets time pass while nothing runs. */
    void freeze(long ms) {
        nowMs += ms;
    }

    void pass(long ms) {
        nowMs += ms;
        for (Timer timer : List.copyOf(timers)) {
            if (timer.atMs() <= nowMs && timers.remove(timer)) {
                timer.action().run();
            }
        }
    }

    /** Number of queries to the store. */
    long asked() {
        return asked;
    }

    private <T> Future<T> answer(Supplier<T> answer) {
        asked++;
        if (failing) {
            return Future.failedFuture("down");
        }
        T snapshot = answer.get();
        if (!holding) {
            return Future.succeededFuture(snapshot);
        }
        Promise<T> promise = Promise.promise();
        held.add(() -> promise.complete(snapshot));
        return promise.future();
    }

    private EventPage page(Range range) {
        return switch (range) {
            case Range.After after -> {
                List<Event> events = history.size() - after.seq() > after.maxBehind()
                        ? List.of()
                        : history.stream()
                                .filter(event -> event.seq() > after.seq())
                                .limit(after.limit())
                                .toList();
                yield new EventPage(events, head(), cursor(after.seq()));
            }
            case Range.Before before ->
                EventPage.newest(history.subList(Math.max(0, history.size() - before.limit()), history.size()), head());
            case Range.Around around -> throw new UnsupportedOperationException();
            case Range.From from -> throw new UnsupportedOperationException();
        };
    }

    private @Nullable Cursor cursor(long seq) {
        if (seq > history.size()) {
            return null;
        }
        return seq == 0 ? Cursor.START : event(seq).cursor();
    }

    @Override
    public Future<Appended> append(NewEvent event) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<EventPage> read(RoomId room, long after, int limit) {
        return answer(() -> page(new Range.After(new Since(after, null), limit)));
    }

    @Override
    public Future<Map<RoomId, EventPage>> compare(Map<RoomId, Long> seqs) {
        return answer(() -> {
            Map<RoomId, EventPage> pages = new HashMap<>();
            seqs.forEach((room, seq) -> pages.put(room, new EventPage(List.of(), head(), cursor(seq))));
            return pages;
        });
    }

    @Override
    public Future<Optional<RoomAccess>> access(RoomId room, UserId user, Range range) {
        return answer(
                () -> strangers.contains(user) ? AccessOnly.refused(page(range)) : AccessOnly.granted(page(range)));
    }

    @Override
    public void publish(List<Event> events) {
        deliver(events);
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

    @Override
    public Future<ChangeSet> since(String asked) {
        long mark = Fixtures.mark(asked);
        return answer(() -> {
            long now = history.size() + lost * LOST_MARK;
            return Fixtures.changes(
                    now,
                    !pruned && (mark > 0 || history.isEmpty()),
                    !pruned && !hiding && now > mark ? Map.of(ROOM, head()) : Map.of());
        });
    }

    @Override
    public void execute(Runnable action) {
        action.run();
    }

    @Override
    public void after(long delayMs, Runnable action) {
        timers.add(new Timer(nowMs + delayMs, action));
    }
}
