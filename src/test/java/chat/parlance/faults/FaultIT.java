package chat.parlance.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three node processes and a Postgres in a network of their own, clients that keep their side of the contract and send all
 * the time, and faults for real. Each row is printed when it is done, and the ledger of all at the end.
 *
 * <pre>
 *   mvn -B verify -Pfaults                    the long form
 *   mvn -B verify -Pfaults -Dfaults.runs=3    three times; medians and worst
 *   mvn -B verify -Pfaults -Dfaults.only=F5   one fault, or several with commas between
 * </pre>
 */
final class FaultIT {

    private static final Form FORM = "long".equals(System.getProperty("faults.form")) ? Form.LONG : Form.SHORT;
    private static final int RUNS = Integer.getInteger("faults.runs", 1);
    private static final List<String> ONLY =
            List.of(System.getProperty("faults.only", "").split(",", -1));

    private static final Ledger LEDGER = new Ledger();
    private static int run;
    private static Suite suite;

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void shouldKeepTheContract(int runOfRow, Row row) throws Exception {
        FaultScene scene = scene(runOfRow);
        Optional<String> missing = row.fault().needs().stream()
                .flatMap(need -> need.missing(scene.network()).stream())
                .findFirst();
        missing.ifPresent(reason -> LEDGER.skip(row, reason));
        assumeTrue(missing.isEmpty(), () -> row + " could not run: " + missing.orElseThrow());

        Row.Result result = row.run(scene);

        LEDGER.add(result);
        System.out.println(LEDGER.line(result));
        assertThat(result.verdict().violations()).as(row.toString()).isEmpty();
        assertThat(result.verdict().acked()).as("sends during " + row).isPositive();
        assertThat(result.misses()).as(row + " meets its targets").isEmpty();
    }

    static Stream<Arguments> shouldKeepTheContract() {
        return IntStream.range(0, RUNS)
                .boxed()
                .flatMap(runOfRow -> FORM.rows().stream()
                        .filter(row -> ONLY.contains("") || ONLY.contains(row.id()))
                        .map(row -> Arguments.of(runOfRow, row)));
    }

    /** Each run has a cluster and a database of its own. */
    private static FaultScene scene(int runOfRow) {
        if (suite == null || run != runOfRow) {
            stop();
            if (runOfRow > 0) {
                System.out.println(System.lineSeparator() + LEDGER.print());
            }
            suite = Suite.start(FORM);
            run = runOfRow;
        }
        return suite.scene();
    }

    @AfterAll
    static void printLedger() {
        stop();
        System.out.println(System.lineSeparator() + LEDGER.print());
    }

    private static void stop() {
        if (suite != null) {
            suite.close();
            suite = null;
        }
    }
}
