package chat.parlance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.parlance.testing.TestNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The fuzzers, each for some seconds with a seed. A finding is printed and kept in {@code target/fuzz}: its bytes go into
 * the seeds, {@code src/test/fuzz}, with the fix.
 *
 * <pre>
 *   mvn -B verify -Pfuzz                                    an hour
 *   mvn -B verify -Pfuzz -Dfuzz.seed=42                     with other random numbers
 *   mvn -B verify -Pfuzz -Dfuzz.only=http -Dfuzz.seconds=60 one fuzzer, or several with commas between
 * </pre>
 */
final class FuzzIT {

    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 10);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final List<String> ONLY =
            List.of(System.getProperty("fuzz.only", "").split(",", -1));

    @ParameterizedTest
    @MethodSource
    void shouldFindNothing(FuzzTarget target) throws Exception {
        assumeTrue(FuzzRun.isPossible(), "Jazzer has no library for this platform");

        FuzzRun.Result result = new FuzzRun(target).run(SECONDS, SEED, target.environment(TestNode::environment));

        System.out.printf(
                "Fuzzer %s: seed %d, %d s, %,d executions%n", target.id(), SEED, SECONDS, result.executions());
        assertThat(result.exitCode())
                .as("-Dfuzz.only=%s -Dfuzz.seed=%d: %s", target.id(), SEED, result.output())
                .isZero();
        assertThat(result.executions()).isPositive();
    }

    static Stream<FuzzTarget> shouldFindNothing() {
        return Stream.of(FuzzTarget.values()).filter(target -> ONLY.contains("") || ONLY.contains(target.id()));
    }
}
