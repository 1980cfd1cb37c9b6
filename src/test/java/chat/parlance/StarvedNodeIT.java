package chat.parlance;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Crowd;
import chat.parlance.testing.Health;
import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.Ports;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Shell;
import chat.parlance.testing.TestNode;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node that has a fifth of its processor time, beside a healthy Postgres. */
@Timeout(StarvedNodeIT.PATIENCE_SECONDS)
final class StarvedNodeIT {

    static final int PATIENCE_SECONDS = 120;

    /** The duration is the subject: the node has to be ready and to serve for all of several leases (watch.leaseMs). */
    private static final int SECONDS = 15;

    /** Interval of the samples of its readiness. */
    private static final int SAMPLE_MS = 100;

    private static final int LEAST_ACKNOWLEDGED = 50;

    /**
     * The signals stop it for four fifths of the time, in short pieces or in pieces of most of a poll's interval. Longer ones
     * fence it, as they should: an interval, the pause before an answer is read and the one before the next poll are a lease.
     */
    @ParameterizedTest
    @CsvSource({"0.2, 0.05", "0.8, 0.2"})
    void shouldBeSlowAndNotFenced(String stopped, String running) throws Exception {
        int port = Ports.free();
        Rest alice = Rest.logIn(TestNode.address(), "alice");
        try (NodeProcess node = NodeProcess.start(
                                TestNode.environment(), "--limits.enabled=false", "--management.port=" + port)
                        .awaitReady();
                Crowd crowd = Crowd.start("starved-" + port, List.of(node.address()), alice)) {
            int before = crowd.acknowledged();
            Process starving = Shell.start(List.of(
                    "sh",
                    "-c",
                    "while kill -STOP %1$d; do sleep %2$s; kill -CONT %1$d; sleep %3$s; done"
                            .formatted(node.pid(), stopped, running)));
            int ready = 0;
            int samples = 0;
            try {
                for (long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
                        System.nanoTime() < endNs;
                        samples++) {
                    ready += Health.isReady("127.0.0.1:" + port, (int) TimeUnit.SECONDS.toMillis(SECONDS)) ? 1 : 0;
                    TimeUnit.MILLISECONDS.sleep(SAMPLE_MS);
                }
            } finally {
                starving.destroyForcibly().waitFor();
                node.signal("CONT");
            }
            assertThat(ready).as("ready in %d of %d samples", ready, samples).isGreaterThan(samples * 9 / 10);
            assertThat(crowd.acknowledged()).isGreaterThan(before + LEAST_ACKNOWLEDGED);
            assertThat(crowd.closed()).isZero();
            node.stop();
            assertThat(NodeProcess.unusual(node.allLines())).isEmpty();
        }
    }
}
