package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The poll of a log that answers when the test decides, on a clock that the test moves. */
final class StorePollTest {

    private static final WatchSettings SETTINGS = new WatchSettings(1000, 3000, 10_000);
    private static final ChangeSet CHANGES = Fixtures.changes(1, true, Map.of());

    private record Timer(long atMs, long order, Runnable action) {}

    /** Unanswered polls; giving up fails them, as Postgres' log does. */
    private final class Log implements ChangeLog {

        @Override
        public Future<ChangeSet> since(String mark) {
            asked.add(mark);
            polls.add(Promise.promise());
            return polls.getLast().future();
        }

        @Override
        public void giveUp() {
            givenUp++;
            polls.getLast().fail("given up");
        }
    }

    private final class Time implements Scheduler {

        @Override
        public void after(long delayMs, Runnable action) {
            timers.add(new Timer(nowMs + delayMs, scheduled++, action));
        }

        @Override
        public void execute(Runnable action) {
            action.run();
        }
    }

    private final List<String> asked = new ArrayList<>();
    private final List<Promise<ChangeSet>> polls = new ArrayList<>();
    private final List<ChangeSet> told = new ArrayList<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::atMs).thenComparingLong(Timer::order));
    private long nowMs = 50_000;
    private long scheduled;
    private int givenUp;
    private StorePoll watch;

    @BeforeEach
    void start() {
        watch = StorePoll.start(new Log(), new Time(), SETTINGS, () -> TimeUnit.MILLISECONDS.toNanos(nowMs));
        watch.listen(Runnable::run, told::add);
    }

    @Test
    void shouldPollForChangesSinceTheLastAnswer() {
        answer(Fixtures.changes(7, true, Map.of()));
        pass(1000);
        polls.getLast().fail("down");
        pass(1000);
        answer(Fixtures.changes(9, true, Map.of()));
        assertThat(asked).containsExactly("", "7", "7");
        assertThat(told).extracting(ChangeSet::cursor).containsExactly("7", "9");
    }

    @Test
    void shouldBeCurrentForALeaseFromTheBeginOfAPoll() {
        assertThat(watch.isCurrent()).isFalse();
        pass(100);
        answer(CHANGES);
        freeze(SETTINGS.leaseMs() - 101);
        assertThat(watch.isCurrent()).isTrue();
        freeze(1);
        assertThat(watch.isCurrent()).isFalse();
    }

    @Test
    void shouldSayWhenItHadNoAnswerForLongerThanTheLease() {
        answer(CHANGES);
        pass(1000);
        answer(CHANGES);
        pass(1000);
        freeze(SETTINGS.leaseMs());
        answer(CHANGES);
        assertThat(told).containsExactly(CHANGES.afterInterruption(), CHANGES, CHANGES.afterInterruption());
    }

    @Test
    void shouldNotCountAPollFromBeforeAFreezeAsNews() {
        answer(CHANGES);
        pass(1000);
        freeze(SETTINGS.leaseMs());
        answer(CHANGES);
        assertThat(watch.isCurrent()).isFalse();
        pass(1);
        answer(CHANGES);
        assertThat(watch.isCurrent()).isTrue();
    }

    @Test
    void shouldStayCurrentWhenOnePollIsNotAnsweredAndTheNextOneIsSlow() {
        answer(CHANGES);
        pass(1000);
        passWhile(() -> asked.size() == 2);
        assertThat(givenUp).isOne();
        pass(SETTINGS.answerTimeoutMs() - 10);
        assertThat(watch.isCurrent()).isTrue();
        answer(CHANGES);
        assertThat(watch.isCurrent()).isTrue();
        assertThat(givenUp).isOne();
    }

    @Test
    void shouldBeFencedWithinTheLeaseAndCutOffAfterwardsWhenNothingIsAnswered() {
        answer(CHANGES);
        pass(SETTINGS.leaseMs());
        assertThat(watch.isCurrent()).isFalse();
        assertThat(watch.isCutOff()).isFalse();
        pass(10_001 - SETTINGS.leaseMs());
        assertThat(watch.isCutOff()).isTrue();
        assertThat(givenUp).isGreaterThan(3);
    }

    @Test
    void shouldReadAnAnswerThatCameWhileTheProcessDidNotRunInsteadOfGivingUp() {
        answer(CHANGES);
        pass(1000);
        freeze(20_000);
        pass(1);
        assertThat(givenUp).isZero();
        assertThat(watch.isCutOff()).isFalse();
        answer(CHANGES);
        assertThat(watch.isCutOff()).isFalse();
        pass(1);
        answer(CHANGES);
        assertThat(watch.isCurrent()).isTrue();
    }

    /** Each timer fires 150 ms late, as on an event loop that has a fifth of a core. */
    @Test
    void shouldNotGiveUpAPollBecauseItsTimersFireLate() {
        answer(CHANGES);
        pass(1000);
        while (nowMs < 52_000) {
            freeze(240);
            fireDue();
        }
        assertThat(givenUp).isZero();
        assertThat(watch.isCurrent()).isTrue();
        answer(CHANGES);
        assertThat(watch.isCurrent()).isTrue();
    }

    @Test
    void shouldPollAgainAtOnceAfterASlowAnswer() {
        answer(CHANGES);
        pass(1000);
        pass(800);
        answer(CHANGES);
        pass(199);
        assertThat(asked).hasSize(2);
        pass(1);
        assertThat(asked).hasSize(3);
    }

    @Test
    void shouldServeWithAPostgresThatAnswersAllPollsSlowly() {
        answer(CHANGES);
        pass(1000);
        passWhile(() -> asked.size() == 2);
        for (int i = 0; i < 10; i++) {
            pass(1400);
            answer(CHANGES);
            assertThat(watch.isCurrent()).isTrue();
            pass(1);
        }
        assertThat(givenUp).isOne();
        answer(CHANGES);
        passWhile(() -> givenUp == 1);
        assertThat(watch.isCurrent()).isTrue();
    }

    @Test
    void shouldStopAfterThePendingPoll() {
        answer(CHANGES);
        pass(1000);
        Future<Void> stopped = watch.stop();
        assertThat(stopped.isComplete()).isFalse();
        answer(CHANGES);
        assertThat(stopped.succeeded()).isTrue();
        pass(5000);
        assertThat(asked).hasSize(2);
    }

    @Test
    void shouldStopAtOnceBetweenTwoPolls() {
        answer(CHANGES);
        assertThat(watch.stop().succeeded()).isTrue();
        pass(5000);
        assertThat(asked).hasSize(1);
    }

    private void answer(ChangeSet changes) {
        polls.getLast().complete(changes);
    }

    private void pass(long ms) {
        long endMs = nowMs + ms;
        while (!timers.isEmpty() && timers.peek().atMs() <= endMs) {
            nowMs = Math.max(nowMs, timers.peek().atMs());
            timers.remove().action().run();
        }
        nowMs = endMs;
    }

    private void passWhile(BooleanSupplier condition) {
        for (int ms = 0; condition.getAsBoolean(); ms++) {
            assertThat(ms).isLessThan(10_000);
            pass(1);
        }
    }

    /** Lets time pass while the process does not run. */
    private void freeze(long ms) {
        nowMs += ms;
    }

    private void fireDue() {
        List<Timer> due = timers.stream().filter(timer -> timer.atMs() <= nowMs).toList();
        timers.removeAll(due);
        due.forEach(timer -> timer.action().run());
    }
}
