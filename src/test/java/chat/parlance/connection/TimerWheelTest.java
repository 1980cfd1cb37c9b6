package chat.parlance.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Timers of one event loop, by a clock of the test. */
final class TimerWheelTest {

    private static final long TICK = TimerWheel.TICK_MS;
    private static final long FAR = Long.MAX_VALUE;

    private final TimerWheel wheel = new TimerWheel(0);
    private final List<Long> runs = new ArrayList<>();

    @Test
    void shouldRunATimerInTheTickInWhichItIsDueAndNotBefore() {
        wheel.add(now -> run(now, FAR), 3 * TICK - 1);
        wheel.tick(TICK);
        wheel.tick(3 * TICK - 1);
        assertThat(runs).isEmpty();
        wheel.tick(3 * TICK);
        assertThat(runs).containsExactly(3 * TICK);
    }

    @Test
    void shouldTouchNoTimerThatIsNotDue() {
        for (int i = 0; i < 10_000; i++) {
            wheel.add(now -> run(now, now + 6000), 6000 - i % 6000);
        }
        pass(0, 60_000);
        assertThat(runs).as("each once in six seconds").hasSizeBetween(100_000, 110_000);
    }

    @Test
    void shouldRunLateTimersOnceAfterAPauseOfTheEventLoop() {
        for (int slot = 1; slot < TimerWheel.SLOTS; slot++) {
            wheel.add(now -> run(now, now + TICK), slot * TICK);
        }
        wheel.tick(1000 * TICK);
        assertThat(runs).hasSizeGreaterThanOrEqualTo(TimerWheel.SLOTS - 1);
        int before = runs.size();
        wheel.tick(1001 * TICK);
        assertThat(runs).as("all of them go on").hasSize(before + TimerWheel.SLOTS - 1);
    }

    @Test
    void shouldRunATimerBeyondATurnAtItsEndAndLetItsOwnerSetItAgain() {
        long due = 3L * TimerWheel.SLOTS * TICK;
        wheel.add(now -> run(now, now < due ? due : FAR), due);
        pass(0, due);
        assertThat(runs.getLast()).isEqualTo(due);
        assertThat(runs).hasSizeLessThan(6);
    }

    @Test
    void shouldMoveATimerToAnEarlierTime() {
        TimerWheel.Timer timer = wheel.add(now -> run(now, FAR), 20 * TICK);
        wheel.add(now -> FAR, 20 * TICK);
        wheel.move(timer, 2 * TICK);
        pass(0, 10 * TICK);
        assertThat(runs).containsExactly(2 * TICK);
    }

    @Test
    void shouldNotRunACancelledTimerAlsoWhenItIsCancelledByItselfOrItsNeighbour() {
        List<TimerWheel.Timer> timers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            timers.add(wheel.add(
                    now -> {
                        timers.forEach(wheel::cancel);
                        return run(now, now + TICK);
                    },
                    TICK));
        }
        pass(0, 100 * TICK);
        assertThat(runs).containsExactly(TICK);
        timers.forEach(timer -> wheel.move(timer, 101 * TICK));
        pass(100 * TICK, 300 * TICK);
        assertThat(runs).hasSize(1);
    }

    private long run(long nowMs, long nextMs) {
        runs.add(nowMs);
        return nextMs;
    }

    private void pass(long fromMs, long toMs) {
        for (long now = fromMs + TICK; now <= toMs; now += TICK) {
            wheel.tick(now);
        }
    }
}
