package chat.parlance.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * The delivery contract over thousands of schedules, each made by a seed that a failure tells. A schedule has one thread;
 * several run at once.
 *
 * <pre>
 *   mvn test -Dtest=SimulationTest -Dsimulation.schedules=100000     a longer run
 *   mvn test -Dtest=SimulationTest -Dsimulation.seed=42              one schedule again
 * </pre>
 */
final class SimulationTest {

    private static final int SCHEDULES = Integer.getInteger("simulation.schedules", 2000);
    private static final int SCHEDULES_OF_A_VARIANT = 100;
    private static final Logger ROOM_LOG = (Logger) LoggerFactory.getLogger("chat.parlance.room");

    /** Silences the log: every schedule is full of faults that a node would log. */
    @BeforeAll
    static void beQuiet() {
        ROOM_LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void beLoudAgain() {
        ROOM_LOG.setLevel(null);
    }

    @Test
    void shouldKeepTheContractInEverySchedule() {
        Long given = Long.getLong("simulation.seed");
        long first = given == null ? new Random().nextLong() : given;
        int schedules = given == null ? SCHEDULES : 1;
        List<Simulation.Result> results = IntStream.range(0, schedules)
                .parallel()
                .mapToObj(i -> Simulation.run(first + i, Variant.NONE))
                .toList();
        for (int i = 0; i < schedules; i++) {
            assertThat(results.get(i).violations())
                    .as("-Dsimulation.seed=" + (first + i))
                    .isEmpty();
        }
        long acked = sum(results, Simulation.Result::acked);
        long refused = sum(results, Simulation.Result::refused);
        long removals = sum(results, Simulation.Result::removals);
        long slowReaders = sum(results, Simulation.Result::slowReaders);
        long passedOver = sum(results, Simulation.Result::passedOver);
        long resets = sum(results, Simulation.Result::resets);
        long pages = sum(results, Simulation.Result::pagesFromMemory);
        System.out.printf(
                Locale.ROOT,
                "%,d schedules from seed %d: %,d sends acknowledged, %,d refused, %,d removals, %,d slow readers cut,"
                        + " %,d times a room was locked, %,d resets to the beginning, %,d pages from memory, no"
                        + " violation%n",
                schedules,
                first,
                acked,
                refused,
                removals,
                slowReaders,
                passedOver,
                resets,
                pages);
        if (given == null) {
            assertThat(acked).as("sends that were acknowledged").isGreaterThan(10L * schedules);
            assertThat(refused).as("sends that were refused for good").isGreaterThan(schedules);
            assertThat(removals).as("members who were removed").isGreaterThan(schedules);
            assertThat(passedOver).as("events whose room was locked").isGreaterThan(schedules);
            assertThat(resets).as("resets to the beginning").isGreaterThan(schedules / 2);
            assertThat(pages).as("pages from memory").isGreaterThan(10L * schedules);
            assertThat(slowReaders).as("slow readers that were cut").isGreaterThanOrEqualTo(schedules / 20);
        }
    }

    private static long sum(List<Simulation.Result> results, ToLongFunction<Simulation.Result> number) {
        return results.stream().mapToLong(number).sum();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldCatchAServerThatBreaksIt(Variant variant) {
        assertThat(IntStream.range(0, SCHEDULES_OF_A_VARIANT)
                        .anyMatch(seed ->
                                !Simulation.run(seed, variant).violations().isEmpty()))
                .as("caught")
                .isTrue();
    }

    @Test
    void shouldReplayAScheduleFromItsSeed() {
        for (long seed = 0; seed < SCHEDULES_OF_A_VARIANT; seed++) {
            assertThat(Simulation.run(seed, Variant.NO_DEDUPLICATION))
                    .isEqualTo(Simulation.run(seed, Variant.NO_DEDUPLICATION));
        }
    }
}
