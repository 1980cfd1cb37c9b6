package chat.parlance.persistence;

import chat.parlance.error.ErrorCode;
import chat.parlance.room.NewEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Path to this node's own group commit. Events of one turn of the event loop go to it together, and its answers return
 * together: a task for another event loop and a timer would cost as much as all other work for an event. Each event still has
 * an answer of its own. Belongs to the event loop that made it.
 */
final class LocalAppends implements Appends {

    private static final class Turn {

        private final List<Waiting> events = new ArrayList<>();
        private int unanswered;
        private long sentNs;
    }

    private record Waiting(NewEvent event, Promise<AppendOutcome> outcome, Turn turn) {}

    private record Answer(Waiting waiting, AppendOutcome outcome) {}

    private final Vertx vertx;
    private final Context context;
    private final LocalCommit local;
    private final int timeoutMs;
    private final StoreMeters meters;
    private Turn turn = new Turn();

    /** Turns with unanswered events, the oldest first. */
    private final Set<Turn> underWay = new LinkedHashSet<>();

    private boolean timed;

    /** Shared with the event loop of the group commit, by its own lock. */
    private final List<Answer> answers = new ArrayList<>();

    /** @param timeoutMs time after which an event's outcome counts as unknown */
    LocalAppends(Vertx vertx, LocalCommit local, int timeoutMs, StoreMeters meters) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.local = local;
        this.timeoutMs = timeoutMs;
        this.meters = meters;
    }

    @Override
    public Future<AppendOutcome> append(NewEvent event) {
        if (turn.events.isEmpty()) {
            context.runOnContext(end -> sendTurn());
        }
        Waiting waiting = new Waiting(event, Promise.promise(), turn);
        turn.events.add(waiting);
        return waiting.outcome().future();
    }

    private void sendTurn() {
        Turn sent = turn;
        turn = new Turn();
        LocalCommit.Open way = local.whenOpen();
        if (way == null) {
            sent.events.forEach(waiting -> waiting.outcome().complete(unavailable()));
            return;
        }
        sent.unanswered = sent.events.size();
        sent.sentNs = System.nanoTime();
        underWay.add(sent);
        awaitAnswers();
        way.context()
                .runOnContext(handed -> sent.events.forEach(waiting ->
                        way.commit().append(waiting.event()).onSuccess(outcome -> answer(waiting, outcome))));
    }

    /** Called on the event loop of the group commit. */
    private void answer(Waiting waiting, AppendOutcome outcome) {
        boolean first;
        synchronized (answers) {
            first = answers.isEmpty();
            answers.add(new Answer(waiting, outcome));
        }
        if (first) {
            context.runOnContext(answered -> takeAnswers());
        }
    }

    private void takeAnswers() {
        List<Answer> taken;
        synchronized (answers) {
            taken = List.copyOf(answers);
            answers.clear();
        }
        for (Answer answer : taken) {
            Turn sent = answer.waiting().turn();
            if (--sent.unanswered == 0) {
                underWay.remove(sent);
            }
            answer.waiting().outcome().tryComplete(answer.outcome());
        }
    }

    /** One timer for all turns, so that a turn needs none of its own. */
    private void awaitAnswers() {
        if (timed || underWay.isEmpty()) {
            return;
        }
        timed = true;
        long leftNs = TimeUnit.MILLISECONDS.toNanos(timeoutMs)
                - ageNs(underWay.iterator().next());
        vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(leftNs)), fired -> {
            timed = false;
            giveUpLate();
            awaitAnswers();
        });
    }

    private void giveUpLate() {
        Iterator<Turn> oldest = underWay.iterator();
        List<Turn> late = new ArrayList<>();
        while (oldest.hasNext()) {
            Turn sent = oldest.next();
            if (ageNs(sent) < TimeUnit.MILLISECONDS.toNanos(timeoutMs)) {
                break;
            }
            oldest.remove();
            late.add(sent);
        }
        for (Turn sent : late) {
            meters.unanswered(sent.unanswered);
            sent.events.forEach(waiting -> waiting.outcome().tryComplete(unavailable()));
        }
    }

    private static long ageNs(Turn sent) {
        return System.nanoTime() - sent.sentNs;
    }

    private static AppendOutcome unavailable() {
        return new AppendOutcome.Refused(ErrorCode.STORAGE_UNAVAILABLE);
    }
}
