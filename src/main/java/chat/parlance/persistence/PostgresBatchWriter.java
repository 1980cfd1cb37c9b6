package chat.parlance.persistence;

import chat.parlance.model.RoomId;
import chat.parlance.room.NewEvent;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Appends batches by the SQL functions {@code append_messages} and {@code append_events}, which the migrations define and
 * explain. The rooms of a batch with nothing but plain messages take the first, which is several times cheaper. All
 * other rooms take the second with all of their events, so that the events of a room keep their order, and so do plain
 * messages that are not all to be stored.
 */
final class PostgresBatchWriter implements BatchWriter {

    private static final String MESSAGES =
            "select append_messages($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

    private static final String EVENTS = "select " + EventBatch.COLUMNS + """
         from append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        """;

    /** Both in one transaction. Each row has the answer of {@code append_messages}. */
    private static final String MESSAGES_AND_EVENTS = "with messages as materialized ("
            + MESSAGES + " as answer) select " + EventBatch.COLUMNS + ", (select m.answer from messages m)"
            + " from append_events($15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29)";

    private static final int ANSWER_BESIDE_EVENTS = 7;

    /**
     * Number of batches that look ids up after one that was not stored: a client that sends again what was not
     * acknowledged is seldom alone. A used id that is not looked up costs a statement, and leaves dead rows.
     */
    private static final int LOOK_UPS = 100;

    private final Statements lanes;
    private final Statements lockWaiters;

    /** Seeds the stamps of each batch. */
    private final SecureRandom seeds = new SecureRandom();

    /** Number of the next batches that look ids up. */
    private final AtomicInteger lookUps = new AtomicInteger();

    /**
     * @param lanes for batches that skip locked rooms
     * @param lockWaiters for batches that wait for the lock of their room
     */
    PostgresBatchWriter(Statements lanes, Statements lockWaiters) {
        this.lanes = lanes;
        this.lockWaiters = lockWaiters;
    }

    @Override
    public Future<List<WriteOutcome>> write(List<NewEvent> batch, int lockWaitMs) {
        Set<RoomId> mixed = new HashSet<>();
        for (NewEvent event : batch) {
            if (!MessageBatch.isPlain(event)) {
                mixed.add(event.room());
            }
        }
        if (mixed.isEmpty()) {
            return messages(batch, lockWaitMs);
        }
        List<NewEvent> plain =
                batch.stream().filter(event -> !mixed.contains(event.room())).toList();
        // A statement that waits for locks must take all of them in the order of ids, and so by one function.
        return plain.isEmpty() || lockWaitMs != NO_WAIT ? events(batch, lockWaitMs) : both(batch, plain, mixed);
    }

    private Future<List<WriteOutcome>> messages(List<NewEvent> batch, int lockWaitMs) {
        MessageBatch messages = new MessageBatch(batch, random());
        Tuple parameters = Tuple.tuple();
        messages.addTo(parameters, isLookUp(), serverWaitMs(lockWaitMs));
        return lockedOnTimeout(
                batch.size(),
                statements(lockWaitMs).attempt(MESSAGES, parameters).compose(rows -> {
                    Long[] answer = rows.iterator().next().getArrayOfLongs(0);
                    return outcomes(messages, answer, batch, lockWaitMs);
                }));
    }

    private Future<List<WriteOutcome>> events(List<NewEvent> batch, int lockWaitMs) {
        EventBatch events = new EventBatch(batch);
        Tuple parameters = Tuple.tuple();
        events.addTo(parameters, serverWaitMs(lockWaitMs));
        return lockedOnTimeout(
                batch.size(), statements(lockWaitMs).attempt(EVENTS, parameters).map(events::outcomes));
    }

    /** @param mixed rooms of all events that are not in {@code plain} */
    private Future<List<WriteOutcome>> both(List<NewEvent> batch, List<NewEvent> plain, Set<RoomId> mixed) {
        MessageBatch messages = new MessageBatch(plain, random());
        EventBatch events = new EventBatch(
                batch.stream().filter(event -> mixed.contains(event.room())).toList());
        Tuple parameters = Tuple.tuple();
        messages.addTo(parameters, isLookUp(), NO_WAIT);
        events.addTo(parameters, NO_WAIT);
        return lockedOnTimeout(
                batch.size(), lanes.attempt(MESSAGES_AND_EVENTS, parameters).compose(rows -> {
                    List<WriteOutcome> ofEvents = events.outcomes(rows);
                    Long[] answer = rows.iterator().next().getArrayOfLongs(ANSWER_BESIDE_EVENTS);
                    return outcomes(messages, answer, plain, NO_WAIT)
                            .map(ofMessages -> inOrder(batch, mixed, ofMessages, ofEvents));
                }));
    }

    /** @param answer null when a message is not to be stored */
    private Future<List<WriteOutcome>> outcomes(
            MessageBatch messages, @Nullable Long @Nullable [] answer, List<NewEvent> batch, int lockWaitMs) {
        if (answer != null) {
            return Future.succeededFuture(messages.outcomes(answer));
        }
        lookUps.set(LOOK_UPS);
        return events(batch, lockWaitMs);
    }

    private boolean isLookUp() {
        return lookUps.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    private static List<WriteOutcome> inOrder(
            List<NewEvent> batch, Set<RoomId> mixed, List<WriteOutcome> ofMessages, List<WriteOutcome> ofEvents) {
        Iterator<WriteOutcome> nextMessage = ofMessages.iterator();
        Iterator<WriteOutcome> nextEvent = ofEvents.iterator();
        List<WriteOutcome> outcomes = new ArrayList<>(batch.size());
        for (NewEvent event : batch) {
            outcomes.add(mixed.contains(event.room()) ? nextEvent.next() : nextMessage.next());
        }
        return outcomes;
    }

    /** Outcomes of a statement; one that waited too long for a lock has stored none of the batch. */
    private static Future<List<WriteOutcome>> lockedOnTimeout(int size, Future<List<WriteOutcome>> written) {
        return written.recover(failure -> failure instanceof LockTimeoutException
                ? Future.succeededFuture(Collections.nCopies(size, new WriteOutcome.Locked()))
                : Future.failedFuture(failure));
    }

    private Statements statements(int lockWaitMs) {
        return lockWaitMs == NO_WAIT ? lanes : lockWaiters;
    }

    private static int serverWaitMs(int lockWaitMs) {
        return lockWaitMs == NO_WAIT ? NO_WAIT : LockWait.timeoutMs(lockWaitMs);
    }

    private SplittableRandom random() {
        return new SplittableRandom(seeds.nextLong());
    }
}
