package chat.parlance.faults;

import chat.parlance.testing.ContractClient;
import java.util.Locale;

/** Every node is told to stop and started again, one after the other; who comes back costs Postgres one read at most. */
final class RollingRestart implements Fault {

    private static final String READS = "parlance_postgres_requests_total{for=\"reads\"}";

    @Override
    public void strike(Scene scene) {
        Cluster cluster = scene.cluster();
        long joinsBefore = joins(scene);
        long[] counted = new long[cluster.size()];
        for (int i = 0; i < counted.length; i++) {
            counted[i] = cluster.count(i, READS);
        }
        long reads = 0;
        for (int i = 0; i < counted.length; i++) {
            reads += cluster.count(i, READS) - counted[i];
            counted[i] = 0;
            cluster.stop(i);
            cluster.start(i);
        }
        for (int i = 0; i < counted.length; i++) {
            reads += cluster.count(i, READS) - counted[i];
        }
        long reconnects = joins(scene) - joinsBefore;
        double each = (double) reads / Math.max(1, reconnects);
        scene.measure("reconnects", reconnects);
        scene.note(String.format(Locale.ROOT, "%.2f reads each", each));
        scene.require(reconnects > 0, "clients that come back");
        scene.requireAtMost(each, 1, "reads of Postgres for a reconnect");
    }

    private static long joins(Scene scene) {
        return scene.clients().stream().mapToLong(ContractClient::joins).sum();
    }
}
