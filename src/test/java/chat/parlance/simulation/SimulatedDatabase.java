package chat.parlance.simulation;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.ClientId;
import chat.parlance.model.Cursor;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomSetting;
import chat.parlance.model.Stamp;
import chat.parlance.model.UserId;
import chat.parlance.persistence.SimulatedCommits;
import chat.parlance.room.ChangeSet;
import chat.parlance.room.EventPage;
import chat.parlance.room.Fixtures;
import chat.parlance.room.MemberChange;
import chat.parlance.room.NewEvent;
import chat.parlance.room.Range;
import chat.parlance.room.RoomAccess;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A few rooms in a distant database: it answers late, fails, and commits without an answer. */
final class SimulatedDatabase {

    /** Each in a separate lane of a group commit with two. */
    static final List<RoomId> ROOMS = List.of(new RoomId("dev"), new RoomId("ops"));

    /** Owns every room, and never leaves. */
    static final UserId OWNER = new UserId("owner");

    private static final int TIMEOUT_MS = 1000;
    private static final int LOCK_TIMEOUT_MS = 500;

    /** Time that the log of changes reaches back. */
    private static final int LOGGED_MS = 1500;

    private static final long COMMITS_OF_A_SERVER = 1_000_000_000;

    private record Key(RoomId room, UserId sender, ClientId id) {}

    private final Clockwork clockwork;
    private final Variant variant;
    private final Map<RoomId, SimulatedRoom> rooms = new LinkedHashMap<>();
    private final Map<Key, Event> posted = new HashMap<>();

    /** The last commit that changed a room. */
    private final Map<RoomId, Long> changed = new HashMap<>();

    private final Map<RoomId, Long> lockedUntilMs = new HashMap<>();
    private double trouble;
    private long passedOver;
    private long commits = 1;

    /** Commits up to this one are no longer in the log. */
    private long pruned;

    private boolean down;
    private long server;
    private final Set<String> lost = new HashSet<>();
    private final Set<Reading> readings = new LinkedHashSet<>();
    private int ownerIds;

    SimulatedDatabase(Clockwork clockwork, Variant variant) {
        this.clockwork = clockwork;
        this.variant = variant;
        ROOMS.forEach(id -> rooms.put(id, new SimulatedRoom(id, OWNER, this::stamp)));
    }

    /** Stamp of an event. A server that compares only numbers has no other mark of an event. */
    private Stamp stamp(long seq) {
        return variant == Variant.PROVES_BY_NUMBER_ALONE ? new Stamp(seq) : clockwork.stamp();
    }

    /** Takes a backup, and restores it at some later time. */
    void goBack(long afterMs, Runnable restored) {
        Map<RoomId, SimulatedRoom> backup = new LinkedHashMap<>();
        rooms.forEach((id, room) -> backup.put(id, room.copy()));
        Map<Key, Event> postedThen = new HashMap<>(posted);
        Map<RoomId, Long> changedThen = new HashMap<>(changed);
        long commitsThen = commits;
        clockwork.after(afterMs, () -> {
            posted.forEach((key, event) -> {
                if (!postedThen.containsKey(key)) {
                    lost.add(RoomNotes.seen(event).id());
                }
            });
            rooms.clear();
            rooms.putAll(backup);
            posted.clear();
            posted.putAll(postedThen);
            changed.clear();
            changed.putAll(changedThen);
            commits = commitsThen;
            pruned = 0;
            server++;
            noteReadings();
            restored.run();
        });
    }

    /** True for a message that was stored once and lost, as {@link RoomNotes#message} names it. */
    boolean hasLost(String message) {
        return lost.contains(message);
    }

    /** Stores events that the bus does not deliver, like those of another client's node. */
    void store(RoomId room, int events) {
        for (int i = 0; i < events; i++) {
            room(room).store(room(room).head() + 1, OWNER, new EventBody.Setting(RoomSetting.TOPIC, "topic"));
            committed(room);
        }
    }

    /** Posts a message of the owner, or deletes the last one. */
    List<Event> moderate(RoomId room) {
        ClientId id = new ClientId("owner-" + ownerIds++);
        SimulatedRoom moderated = room(room);
        long seq = moderated.head() + 1;
        List<Event> events = clockwork.chance(0.5)
                ? List.of(moderated.store(seq, OWNER, new EventBody.Message(id, "a text")))
                : moderated.delete(seq, OWNER, id);
        if (!events.isEmpty()) {
            committed(room);
        }
        return events;
    }

    /** Begins to note the states of a room that a page may show to the reader. */
    Reading beginReading(RoomId room, UserId reader) {
        Reading reading = new Reading(room, reader);
        reading.note(this);
        readings.add(reading);
        return reading;
    }

    void endReading(Reading reading) {
        readings.remove(reading);
    }

    private void noteReadings() {
        readings.forEach(reading -> reading.note(this));
    }

    /** @param trouble probability that a call fails, or loses its answer */
    void setTrouble(double trouble) {
        this.trouble = trouble;
    }

    void setDown(boolean down) {
        this.down = down;
    }

    /** State of a room for the simulation itself, without cost and failure. */
    SimulatedRoom room(RoomId id) {
        return Objects.requireNonNull(rooms.get(id));
    }

    /** Skips locked rooms, or waits for one. */
    Future<List<SimulatedCommits.Outcome>> commit(List<NewEvent> batch, int lockWaitMs) {
        List<Long> reserved = batch.stream().map(event -> reserve(event.room())).toList();
        List<RoomId> batchRooms = batch.stream().map(NewEvent::room).toList();
        return call(start -> whenUnlocked(batchRooms, lockWaitMs, start), () -> {
            List<SimulatedCommits.Outcome> outcomes = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                outcomes.add(
                        isLocked(batch.get(i).room())
                                ? SimulatedCommits.Outcome.ofLockedRoom()
                                : append(batch.get(i), reserved.get(i)));
            }
            passedOver +=
                    outcomes.stream().filter(SimulatedCommits.Outcome::locked).count();
            return outcomes;
        });
    }

    /** Locks the room's row for that time, as another transaction. */
    void lock(RoomId room, long milliseconds) {
        lockedUntilMs.merge(room, clockwork.nowMs() + milliseconds, Math::max);
    }

    /** Ends all other transactions. */
    void unlock() {
        lockedUntilMs.clear();
    }

    /** Number of events that were not stored because their room was locked. */
    long passedOver() {
        return passedOver;
    }

    private boolean isLocked(RoomId room) {
        return lockedUntilMs.getOrDefault(room, 0L) > clockwork.nowMs();
    }

    /** Runs it when none of the rooms is locked, or after the longest wait. */
    private void whenUnlocked(List<RoomId> wanted, int longestWaitMs, Runnable action) {
        long untilMs = wanted.stream()
                .mapToLong(room -> lockedUntilMs.getOrDefault(room, 0L))
                .max()
                .orElse(0);
        long waitMs = Math.clamp(untilMs - clockwork.nowMs(), 0, longestWaitMs);
        if (waitMs == 0) {
            action.run();
        } else {
            clockwork.after(waitMs, action);
        }
    }

    Future<List<Event>> changeMembers(RoomId room, UserId actor, List<MemberChange> changes) {
        long reserved = reserve(room);
        return call(start -> whenUnlocked(List.of(room), LOCK_TIMEOUT_MS, start), () -> {
            if (isLocked(room)) {
                throw new ChatException(ErrorCode.SERVER_OVERLOADED);
            }
            List<Event> events = new ArrayList<>();
            for (MemberChange change : changes) {
                events.addAll(room(room).change(seq(room, reserved), actor, change));
            }
            if (!events.isEmpty()) {
                committed(room);
            }
            return events;
        });
    }

    Future<EventPage> read(RoomId room, long after, int limit) {
        return call(() -> room(room).page(after, limit));
    }

    Future<Optional<RoomAccess>> access(RoomId room, UserId user, Range range) {
        return call(() -> Optional.of(room(room).access(user, range)));
    }

    /** Membership of a user, with the newest events. */
    Future<Optional<RoomAccess>> newest(RoomId room, UserId user, int limit) {
        return call(() -> Optional.of(room(room).newest(user, limit)));
    }

    Future<Optional<EventPage>> tail(RoomId room, int limit) {
        return call(() -> Optional.of(room(room).newest(limit)));
    }

    Future<Map<RoomId, EventPage>> compare(Map<RoomId, Long> seqs) {
        return call(() -> {
            Map<RoomId, EventPage> pages = new HashMap<>();
            seqs.forEach((id, seq) -> pages.put(id, room(id).compared(seq)));
            return pages;
        });
    }

    Future<ChangeSet> changes(String asked) {
        // A restarted server reports it, as Postgres does by the time of its start.
        long mark = Fixtures.mark(asked) % COMMITS_OF_A_SERVER;
        boolean same = Fixtures.mark(asked) / COMMITS_OF_A_SERVER == server;
        return call(() -> {
            Map<RoomId, Cursor> heads = new LinkedHashMap<>();
            rooms.forEach((id, room) -> {
                long commit = changed.getOrDefault(id, 0L);
                if (commit > Math.max(mark, pruned) && variant != Variant.NO_GAP_READ) {
                    heads.put(id, room.end());
                }
            });
            return Fixtures.changes(
                    server * COMMITS_OF_A_SERVER + commits,
                    same && mark > 0 && mark >= pruned && mark <= commits,
                    heads);
        });
    }

    private <T> Future<T> call(Supplier<T> transaction) {
        return call(Runnable::run, transaction);
    }

    /** @param begin runs its argument when the transaction has its locks */
    private <T> Future<T> call(Consumer<Runnable> begin, Supplier<T> transaction) {
        Promise<T> answer = Promise.promise();
        boolean refused = clockwork.chance(trouble / 2);
        boolean answerLost = clockwork.chance(trouble / 2);
        long there = latencyMs();
        long back = latencyMs();
        clockwork.after(there, () -> {
            if (down || refused) {
                clockwork.after(refused ? back : TIMEOUT_MS, () -> answer.tryFail(unavailable()));
                return;
            }
            begin.accept(() -> {
                Future<T> done = run(transaction);
                clockwork.after(answerLost ? TIMEOUT_MS : back, () -> {
                    if (answerLost) {
                        answer.tryFail(unavailable());
                    } else {
                        done.onComplete(answer);
                    }
                });
            });
        });
        return answer.future();
    }

    private static <T> Future<T> run(Supplier<T> transaction) {
        try {
            return Future.succeededFuture(transaction.get());
        } catch (ChatException refused) {
            return Future.failedFuture(refused);
        }
    }

    private long latencyMs() {
        return clockwork.chance(0.05) ? clockwork.dice(400) : 1 + clockwork.dice(8);
    }

    /** Seq reserved before the transaction, in a server that uses a sequence; 0 in others. */
    private long reserve(RoomId room) {
        return variant == Variant.SEQUENCE_INSTEAD_OF_ROW_LOCK ? room(room).nextOfSequence() : 0;
    }

    private long seq(RoomId room, long reserved) {
        return reserved > 0 ? reserved : room(room).head() + 1;
    }

    /** Appends like the SQL function: first looks up the id, then checks the sender's permission. */
    private SimulatedCommits.Outcome append(NewEvent event, long reserved) {
        Key key = new Key(event.room(), event.sender(), event.body().id());
        Event prior = variant == Variant.NO_DEDUPLICATION ? null : posted.get(key);
        if (prior != null && prior.body().equals(event.body())) {
            return new SimulatedCommits.Outcome(prior, false, null);
        }
        SimulatedRoom room = room(event.room());
        ErrorCode refused = prior != null ? ErrorCode.MESSAGE_ID_CONFLICT : room.refusal(event);
        Event stored = null;
        if (refused == null || variant == Variant.STORES_WHAT_IT_REFUSES) {
            stored = room.store(seq(event.room(), reserved), event.sender(), event.body());
            posted.put(key, stored);
            committed(event.room());
        }
        return new SimulatedCommits.Outcome(stored, true, refused);
    }

    private void committed(RoomId room) {
        long commit = ++commits;
        changed.put(room, commit);
        noteReadings();
        long from = server;
        clockwork.after(LOGGED_MS, () -> {
            if (from == server) {
                pruned = commit;
            }
        });
    }

    private static ChatException unavailable() {
        return new ChatException(ErrorCode.STORAGE_UNAVAILABLE);
    }
}
