package chat.parlance.faults;

import chat.parlance.testing.ContractClient;
import java.util.Locale;
import java.util.stream.IntStream;

/** Every node is stopped and started again, one after the other; a returning client costs Postgres one read at most. */
final class RollingRestart implements Fault {

    /** Reads of a node, and those among them for gaps that the bus had left in a room. */
    private record Reads(long all, long ofGaps) {

        static final Reads NONE = new Reads(0, 0);

        static Reads of(FaultCluster cluster, int node) {
            return new Reads(
                    cluster.count(node, "parlance_postgres_requests_total{for=\"reads\"}"),
                    cluster.count(node, "parlance_gap_reads_total"));
        }

        Reads plus(Reads more) {
            return new Reads(all + more.all, ofGaps + more.ofGaps);
        }

        Reads minus(Reads fewer) {
            return new Reads(all - fewer.all, ofGaps - fewer.ofGaps);
        }
    }

    @Override
    public void strike(FaultScene scene) {
        FaultCluster cluster = scene.cluster();
        long joinsBefore = joins(scene);
        Reads reads = Reads.NONE.minus(all(cluster));
        for (int node = 0; node < cluster.size(); node++) {
            reads = reads.plus(Reads.of(cluster, node));
            cluster.stop(node);
            cluster.start(node);
        }
        reads = reads.plus(all(cluster));
        long reconnects = joins(scene) - joinsBefore;
        double each = (double) (reads.all() - reads.ofGaps()) / Math.max(1, reconnects);
        scene.measure("reconnects", reconnects);
        scene.measure("reads of gaps", reads.ofGaps());
        scene.note(String.format(Locale.ROOT, "%.2f other reads for each reconnect", each));
        scene.require(reconnects > 0, "clients that come back");
        scene.requireAtMost(each, 1, "reads of Postgres for a reconnect");
    }

    private static Reads all(FaultCluster cluster) {
        return IntStream.range(0, cluster.size())
                .mapToObj(node -> Reads.of(cluster, node))
                .reduce(Reads.NONE, Reads::plus);
    }

    private static long joins(FaultScene scene) {
        return scene.clients().stream().mapToLong(ContractClient::joins).sum();
    }
}
