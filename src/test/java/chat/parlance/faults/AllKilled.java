package chat.parlance.faults;

import java.util.concurrent.TimeUnit;

/** All nodes are killed; when they are there again, from which moment it counts, all clients come back at once. */
final class AllKilled implements Fault {

    private static final int CALM_AFTER_SECONDS = 10;
    private static final int ACK_MS = 1000;

    @Override
    public void strike(Scene scene) throws InterruptedException {
        Cluster cluster = scene.cluster();
        for (int i = 0; i < cluster.size(); i++) {
            cluster.kill(i);
        }
        cluster.startAll();
        scene.healed();
        scene.note("nodes ready after %d ms"
                .formatted(TimeUnit.NANOSECONDS.toMillis(scene.healedNs() - scene.struckNs())));
        TimeUnit.SECONDS.sleep(CALM_AFTER_SECONDS);
        long calmNs = System.nanoTime();
        TimeUnit.SECONDS.sleep(CALM_AFTER_SECONDS);
        Distribution acks = Waits.of(scene.clients()).acks(calmNs, System.nanoTime(), client -> true);
        long ackMs = acks.percentile(Distribution.P99);
        scene.note("ack p99 %d ms, %d s after that".formatted(ackMs, CALM_AFTER_SECONDS));
        scene.require(
                !acks.sorted().isEmpty() && ackMs < ACK_MS,
                "ack p99 is below %d ms %d s after the nodes are ready".formatted(ACK_MS, CALM_AFTER_SECONDS));
        for (int i = 0; i < cluster.size(); i++) {
            scene.require(cluster.isAlive(i), "node %d lives".formatted(i));
        }
    }
}
