package chat.parlance.client;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.client.ClientSchedules.Result;
import chat.parlance.client.ClientSchedules.Schedule;
import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.Ports;
import chat.parlance.testing.TestNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The client's side of the contract: clients of the library, in Node.js, against two real nodes that are killed in
 * turn, over connections that are cut, stalled and half closed at random bytes, through reloads. A failure prints its
 * seed.
 *
 * <pre>
 *   mvn verify -Dtest=ArchitectureTest -Dit.test=ClientScheduleIT -Dclient.schedules=1000     a longer run
 *   mvn verify -Dtest=ArchitectureTest -Dit.test=ClientScheduleIT -Dclient.seed=42            repeats one schedule
 * </pre>
 *
 * The same seed brings the same faults at the same bytes; how fast the bytes flow is up to the machine.
 */
final class ClientScheduleIT {

    private static final int SCHEDULES = Integer.getInteger("client.schedules", 20);
    private static final int PATIENCE_MS = 20_000;
    private static final int BETWEEN_KILLS_MS = 2_500;
    private static final int AT_ONCE = 10;
    private static final int SCHEDULES_OF_A_VARIANT = 3;
    private static final int PATIENCE_WITH_A_VARIANT_MS = 5_000;
    private static final int MAX_ROUNDS = 8;
    private static final int VARIANTS_AT_ONCE = 12;

    private static final List<Integer> PORTS = List.of(Ports.free(), Ports.free());
    private static final List<NodeProcess> NODES = new ArrayList<>();
    private static final ClientSchedules RUNNER = new ClientSchedules();

    @BeforeAll
    static void startNodes() {
        PORTS.forEach(port -> NODES.add(NodeProcess.startAt(port, environment())));
        NODES.forEach(NodeProcess::awaitReady);
    }

    @AfterAll
    static void stopNodes() {
        NODES.forEach(NodeProcess::close);
    }

    @Test
    void shouldShowEveryMessageOnceAndInOrderUnderFaults() throws Exception {
        Integer given = Integer.getInteger("client.seed");
        int first = given == null ? new Random().nextInt(1_000_000_000) : given;
        List<Schedule> schedules = IntStream.range(first, first + (given == null ? SCHEDULES : 1))
                .mapToObj(seed -> new Schedule(seed, LibraryVariant.NONE, seed % 4 == 0, PATIENCE_MS))
                .toList();
        CountDownLatch finished = new CountDownLatch(1);
        List<Result> results;
        try (ExecutorService killer = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> killing = killer.submit(() -> {
                killInTurn(finished);
                return null;
            });
            results = RUNNER.run(schedules, PORTS, AT_ONCE);
            finished.countDown();
            killing.get();
        }
        for (Result result : results) {
            assertThat(result.violations())
                    .as("-Dclient.seed=" + result.schedule().seed())
                    .isEmpty();
        }
        System.out.printf(
                Locale.ROOT,
                "%d schedules of the client library from seed %d: at most %d ms each, %d sends acknowledged, no"
                        + " violation%n",
                results.size(),
                first,
                results.stream().mapToInt(Result::tookMs).max().orElseThrow(),
                results.stream().mapToInt(Result::acked).sum());
    }

    /** Each variant meets new seeds until it is caught. */
    @Test
    void shouldCatchALibraryThatBreaksIt() {
        Set<LibraryVariant> left = EnumSet.copyOf(LibraryVariant.OF_FAULTS);
        for (int round = 0; round < MAX_ROUNDS && !left.isEmpty(); round++) {
            for (Result result : RUNNER.run(round(left, round), PORTS, VARIANTS_AT_ONCE)) {
                if (result.schedule().variant() == LibraryVariant.NONE) {
                    // Variants that other checks catch are not counted as a lack of time.
                    assertThat(result.violations())
                            .as(result.schedule().toString())
                            .isEmpty();
                } else if (!result.violations().isEmpty()
                        && left.remove(result.schedule().variant())) {
                    System.out.printf(
                            Locale.ROOT,
                            "%s caught: %s%n",
                            result.schedule().variant(),
                            result.violations().getFirst());
                }
            }
        }
        assertThat(left).isEmpty();
    }

    private static List<Schedule> round(Set<LibraryVariant> variants, int round) {
        int first = round * SCHEDULES_OF_A_VARIANT;
        return Stream.concat(Stream.of(LibraryVariant.NONE), variants.stream())
                .flatMap(variant -> IntStream.range(first, first + SCHEDULES_OF_A_VARIANT)
                        .mapToObj(seed -> new Schedule(seed, variant, seed % 2 == 0, PATIENCE_WITH_A_VARIANT_MS)))
                .toList();
    }

    /**
     * Kills nodes as {@code kill -9} does until the schedules are finished. Each is up for a fixed time before the next is
     * killed: the clients of the schedules go on by their own seeds, so no condition says when a kill is due.
     */
    private static void killInTurn(CountDownLatch finished) throws InterruptedException {
        for (int turn = 0; !finished.await(BETWEEN_KILLS_MS, TimeUnit.MILLISECONDS); turn++) {
            int node = turn % PORTS.size();
            NODES.get(node).kill();
            NODES.get(node).awaitEnd();
            NODES.set(node, NodeProcess.startAt(PORTS.get(node), environment()).awaitReady());
        }
    }

    /** A client that misses a few events gets a reset and has to page; the other settings are short timeouts. */
    private static Map<String, String> environment() {
        return Map.of(
                "PARLANCE_POSTGRES_URI",
                TestNode.postgresUri(),
                "PARLANCE_AUTH_KEY",
                TestNode.KEY,
                "PARLANCE_ROOM_CATCH_UP_LIMIT",
                "12",
                "PARLANCE_LIMITS_ENABLED",
                "false",
                "PARLANCE_WATCH_INTERVAL_MS",
                "100",
                "PARLANCE_WEBSOCKET_PING_INTERVAL_MS",
                "300");
    }
}
