package chat.parlance.simulation;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.RoomId;
import chat.parlance.persistence.SimulatedCommits;
import chat.parlance.room.Changes;
import chat.parlance.room.EventPage;
import chat.parlance.room.Fixtures;
import chat.parlance.room.NewEvent;
import chat.parlance.testing.ContractChecker.Seen;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** One room in a database far away: answers late, fails, and commits without its answer coming back. */
final class SimulatedDatabase {

    static final RoomId ROOM = new RoomId("dev");

    private static final int TIMEOUT_MS = 1000;
    private static final int PAGE = 20;

    /** How long the log of changes tells of a commit. */
    private static final int LOGGED_MS = 1500;

    private final Clockwork clockwork;
    private final Variant variant;
    private final TreeMap<Long, Event> events = new TreeMap<>();
    private final Map<String, Long> ids = new HashMap<>();
    private double trouble;
    private long sequence;
    private long commits = 1;

    /** Of commits up to this one the log tells nothing any more. */
    private long pruned;

    private boolean down;

    SimulatedDatabase(Clockwork clockwork, Variant variant) {
        this.clockwork = clockwork;
        this.variant = variant;
    }

    /** @param trouble how likely a call fails, or loses its answer */
    void setTrouble(double trouble) {
        this.trouble = trouble;
    }

    void setDown(boolean down) {
        this.down = down;
    }

    List<Event> history() {
        return List.copyOf(events.values());
    }

    long head() {
        return events.isEmpty() ? 0 : events.lastKey();
    }

    Future<List<SimulatedCommits.Outcome>> commit(List<NewEvent> batch) {
        if (variant == Variant.SEQUENCE_INSTEAD_OF_ROW_LOCK) {
            List<Long> seqs = batch.stream().map(message -> ++sequence).toList();
            return call(() -> store(batch, seqs));
        }
        return call(() -> {
            List<Long> seqs = new ArrayList<>();
            long next = head();
            for (NewEvent event : batch) {
                seqs.add(isKnown(event) ? 0 : ++next);
            }
            return store(batch, seqs);
        });
    }

    Future<EventPage> read(long after, int limit) {
        return call(() -> page(after, limit));
    }

    EventPage page(long after, int limit) {
        return new EventPage(
                events.tailMap(after, false).values().stream()
                        .limit(Math.min(limit, PAGE))
                        .toList(),
                head());
    }

    Future<Map<RoomId, Long>> heads() {
        return call(() -> Map.of(ROOM, head()));
    }

    Future<Changes> changes(String asked) {
        long mark = Fixtures.mark(asked);
        return call(() -> Fixtures.changes(
                commits,
                mark > 0 && mark >= pruned,
                commits > Math.max(mark, pruned) && variant != Variant.NO_GAP_READ ? Map.of(ROOM, head()) : Map.of()));
    }

    <T> Future<T> call(Supplier<T> transaction) {
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
            T result = transaction.get();
            clockwork.after(answerLost ? TIMEOUT_MS : back, () -> {
                if (answerLost) {
                    answer.tryFail(unavailable());
                } else {
                    answer.tryComplete(result);
                }
            });
        });
        return answer.future();
    }

    private long latencyMs() {
        return clockwork.chance(0.05) ? clockwork.dice(400) : 1 + clockwork.dice(8);
    }

    private boolean isKnown(NewEvent event) {
        return variant != Variant.NO_DEDUPLICATION
                && ids.containsKey(event.body().id().value());
    }

    private List<SimulatedCommits.Outcome> store(List<NewEvent> batch, List<Long> seqs) {
        List<SimulatedCommits.Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            NewEvent event = batch.get(i);
            Long first = ids.get(event.body().id().value());
            if (first != null && isKnown(event)) {
                outcomes.add(new SimulatedCommits.Outcome(first, false, null));
                continue;
            }
            long seq = seqs.get(i);
            ids.put(event.body().id().value(), seq);
            events.put(seq, event(event, seq));
            outcomes.add(new SimulatedCommits.Outcome(seq, true, null));
        }
        long commit = ++commits;
        clockwork.after(LOGGED_MS, () -> pruned = commit);
        return outcomes;
    }

    static Event event(NewEvent event, long seq) {
        return new Event(ROOM, seq, Instant.EPOCH, event.sender(), event.body());
    }

    /** The event as the checker takes it. */
    static Seen seen(Event event) {
        return new Seen(
                event.seq(),
                event.body() instanceof EventBody.Posted posted ? posted.id().value() : "");
    }

    private static ChatException unavailable() {
        return new ChatException(ErrorCode.STORAGE_UNAVAILABLE);
    }
}
