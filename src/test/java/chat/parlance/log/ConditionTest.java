package chat.parlance.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Lines of a condition, on a clock that the test moves. */
final class ConditionTest {

    private static final Logger LOG = (Logger) LoggerFactory.getLogger(ConditionTest.class);

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final ArrayDeque<Runnable> checks = new ArrayDeque<>();
    private final Condition condition =
            new Condition(LOG, "The store fails", "The store answers", () -> this.nowNs, checks::add);

    /** Passes the largest number within the tests, as {@link System#nanoTime} may. */
    private long nowNs = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(3);

    @BeforeEach
    void listen() {
        lines.start();
        LOG.setAdditive(false);
        LOG.setLevel(Level.INFO);
        LOG.addAppender(lines);
    }

    @AfterEach
    void leave() {
        LOG.detachAppender(lines);
    }

    @Test
    void shouldLogTheFirstFailureAtOnceAndTheEndWhenNothingHasFailedForAWhile() {
        condition.occurred("refused");
        assertThat(lines()).containsExactly("WARN The store fails cause=refused lastedMs=0 times=1");
        pass(Condition.QUIET_MS - 1000);
        assertThat(lines()).hasSize(1);
        pass(1000);
        assertThat(lines().getLast()).isEqualTo("INFO The store answers lastedMs=0 times=1");
        assertThat(checks).isEmpty();
    }

    @Test
    void shouldCountWhileItLastsAtAFixedRateHoweverMuchFails() {
        for (int second = 0; second < 25; second++) {
            for (int i = 0; i < 100; i++) {
                condition.occurred("failure in second " + second);
            }
            pass(1000);
        }
        pass(Condition.QUIET_MS);
        assertThat(lines())
                .containsExactly(
                        "WARN The store fails cause=failure in second 0 lastedMs=0 times=1",
                        "WARN The store fails cause=failure in second 9 lastedMs=9000 times=999",
                        "WARN The store fails cause=failure in second 19 lastedMs=19000 times=1000",
                        "INFO The store answers lastedMs=24000 times=2500");
    }

    @Test
    void shouldCountARecurringConditionAsOne() {
        for (int i = 0; i < 5; i++) {
            condition.occurred("timeout");
            pass(Condition.QUIET_MS - 1000);
        }
        pass(1000);
        assertThat(lines()).filteredOn(line -> line.startsWith("INFO")).hasSize(1);
        assertThat(lines()).hasSize(4);
    }

    @Test
    void shouldShowTheStackTraceOfAProgramFaultOnce() {
        for (int second = 0; second < 11; second++) {
            condition.occurred("broken", new IllegalStateException("broken"));
            pass(1000);
        }
        assertThat(lines.list).hasSize(2);
        assertThat(lines.list.getFirst().getThrowableProxy()).isNotNull();
        assertThat(lines.list.getLast().getThrowableProxy()).isNull();
    }

    @Test
    void shouldBeginAnewAfterItsEnd() {
        condition.occurred("refused");
        pass(Condition.QUIET_MS);
        condition.occurred("timeout");
        assertThat(lines().getLast()).isEqualTo("WARN The store fails cause=timeout lastedMs=0 times=1");
        pass(Condition.QUIET_MS);
        assertThat(lines()).hasSize(4);
    }

    private void pass(int ms) {
        for (int passed = 0; passed < ms; passed += Condition.CHECK_INTERVAL_MS) {
            nowNs += TimeUnit.MILLISECONDS.toNanos(Condition.CHECK_INTERVAL_MS);
            for (int due = checks.size(); due > 0; due--) {
                checks.remove().run();
            }
        }
    }

    private List<String> lines() {
        return lines.list.stream()
                .map(line -> line.getLevel() + " " + line.getFormattedMessage() + " "
                        + line.getKeyValuePairs().stream()
                                .map(pair -> pair.key + "=" + pair.value)
                                .collect(Collectors.joining(" ")))
                .toList();
    }
}
