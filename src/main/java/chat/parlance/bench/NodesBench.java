package chat.parlance.bench;

import chat.parlance.bench.BenchPair.Turn;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** {@code parlance bench nodes}: the cost of the protected bus between nodes, as a ratio within one run. Blocks. */
final class NodesBench {

    private static final int WARM_UP_TURNS = 2;

    /** System property that only the cluster reads; no configuration sets it. */
    private static final String UNPROTECTED = "-Dchat.parlance.bench.unprotectedBus=true";

    private final NodesBenchCommand options;
    private final Vertx vertx = Vertx.vertx();
    private final BenchPair secured;
    private final BenchPair open;

    private NodesBench(NodesBenchCommand options, List<BenchNode> nodes) {
        String run = "nodes-" + UUID.randomUUID().toString().substring(0, 8);
        this.options = options;
        this.secured =
                new BenchPair(nodes.get(0), nodes.get(1), run + "-tls", options.rooms(), options.readers(), vertx);
        this.open = new BenchPair(nodes.get(2), nodes.get(3), run + "-open", options.rooms(), options.readers(), vertx);
    }

    /** @return the process's exit code: 0 when nothing violated the contract */
    static int run(NodesBenchCommand options) throws IOException {
        List<BenchNode> nodes = new ArrayList<>();
        try {
            BenchNode.startPair(nodes, List.of());
            BenchNode.startPair(nodes, List.of(UNPROTECTED));
            return new NodesBench(options, nodes).measure();
        } finally {
            // The first has the Postgres of all.
            for (BenchNode node : nodes.reversed()) {
                node.close();
            }
        }
    }

    private int measure() {
        secured.connect();
        open.connect();
        for (int turn = 0; turn < WARM_UP_TURNS; turn++) {
            secured.turn(options.seconds());
            open.turn(options.seconds());
        }
        System.out.println("node CPU s per 1 M deliveries: protected bus, without protection, ratio");
        List<Double> ratios = new ArrayList<>();
        long deliveries = 0;
        for (int turn = 0; turn < options.turns(); turn++) {
            // The first of the two alternates, so that changes over time affect both.
            Turn early = turn % 2 == 0 ? secured.turn(options.seconds()) : open.turn(options.seconds());
            Turn late = turn % 2 == 0 ? open.turn(options.seconds()) : secured.turn(options.seconds());
            Turn with = turn % 2 == 0 ? early : late;
            Turn without = turn % 2 == 0 ? late : early;
            deliveries += with.deliveries() + without.deliveries();
            ratios.add(with.secondsPerMillion() / without.secondsPerMillion());
            System.out.printf(
                    Locale.ROOT,
                    "%8.2f %8.2f %6.3f%n",
                    with.secondsPerMillion(),
                    without.secondsPerMillion(),
                    ratios.getLast());
        }
        List<String> violations = new ArrayList<>(secured.check());
        violations.addAll(open.check());
        report(ratios.stream().sorted().toList(), deliveries, violations);
        BenchRest.await(vertx.close());
        return violations.isEmpty() ? 0 : 1;
    }

    private void report(List<Double> ratios, long deliveries, List<String> violations) {
        System.out.printf(Locale.ROOT, "deliveries %,d, each across the bus%n", deliveries);
        System.out.printf(Locale.ROOT, "median ratio %.3f%n", ratios.get(ratios.size() / 2));
        System.out.printf("lost, doubled or out of order: %s%n", violations.isEmpty() ? "none" : violations.size());
        violations.stream().limit(10).forEach(System.out::println);
    }
}
