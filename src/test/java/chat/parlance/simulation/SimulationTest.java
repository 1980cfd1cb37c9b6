package chat.parlance.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * The delivery contract over thousands of schedules, each made by a seed that a failure tells.
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
        long acked = 0;
        long refused = 0;
        long removals = 0;
        long slowReaders = 0;
        long passedOver = 0;
        long resets = 0;
        long pages = 0;
        for (int i = 0; i < schedules; i++) {
            Simulation.Result result = Simulation.run(first + i, Variant.NONE);
            assertThat(result.violations())
                    .as("-Dsimulation.seed=" + (first + i))
                    .isEmpty();
            acked += result.acked();
            refused += result.refused();
            removals += result.removals();
            slowReaders += result.slowReaders();
            passedOver += result.passedOver();
            resets += result.resets();
            pages += result.pagesFromMemory();
        }
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

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldCatchAServerThatBreaksIt(Variant variant) {
        assertThat(LongStream.range(0, SCHEDULES_OF_A_VARIANT)
                        .mapToObj(seed -> Simulation.run(seed, variant).violations())
                        .filter(violations -> !violations.isEmpty()))
                .isNotEmpty();
    }

    @Test
    void shouldReplayAScheduleFromItsSeed() {
        for (long seed = 0; seed < SCHEDULES_OF_A_VARIANT; seed++) {
            assertThat(Simulation.run(seed, Variant.NO_DEDUPLICATION))
                    .isEqualTo(Simulation.run(seed, Variant.NO_DEDUPLICATION));
        }
    }
}
