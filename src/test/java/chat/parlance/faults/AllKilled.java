package chat.parlance.faults;

import chat.parlance.testing.ContractClient;
import chat.parlance.testing.Distribution;
import chat.parlance.testing.Waits;
import java.util.concurrent.TimeUnit;

/**
 * All nodes are killed and started at once, while all their clients try to reconnect. Measured is the time from the
 * kill, which users are without the chat; the part that the nodes took to start is noted.
 */
final class AllKilled implements Fault {

    private static final int BACK_WITHIN_MS = 30_000;
    private static final int PATIENCE_MS = 120_000;
    private static final int CALM_AFTER_SECONDS = 10;
    private static final int ACK_MS = 1000;

    @Override
    public void strike(FaultScene scene) throws InterruptedException {
        FaultCluster cluster = scene.cluster();
        for (int i = 0; i < cluster.size(); i++) {
            cluster.kill(i);
        }
        cluster.startAll();
        long readyNs = System.nanoTime();
        scene.measure("nodes ready, ms", elapsedMs(scene.struckNs()));
        for (ContractClient client : scene.clients()) {
            client.awaitConnected(PATIENCE_MS);
        }
        long backMs = elapsedMs(scene.struckNs());
        scene.measure("all back, ms", backMs);
        scene.measure("all back since the nodes were ready, ms", elapsedMs(readyNs));
        scene.requireWithin(backMs, BACK_WITHIN_MS, "all are back");
        scene.healed();
        checkAcks(scene, readyNs);
        for (int i = 0; i < cluster.size(); i++) {
            scene.require(cluster.isAlive(i), "node %d lives".formatted(i));
        }
    }

    private static void checkAcks(FaultScene scene, long readyNs) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(readyNs + TimeUnit.SECONDS.toNanos(CALM_AFTER_SECONDS) - System.nanoTime());
        long calmNs = System.nanoTime();
        TimeUnit.SECONDS.sleep(CALM_AFTER_SECONDS);
        Distribution acks = Waits.of(scene.clients()).acks(calmNs, System.nanoTime(), client -> true);
        long ackMs = acks.percentile(Distribution.P99);
        scene.measure("ack p99 %d s later, ms".formatted(CALM_AFTER_SECONDS), ackMs);
        scene.require(!acks.sorted().isEmpty(), "sends are acknowledged again");
        scene.requireWithin(ackMs, ACK_MS, "99 of 100 sends are acknowledged");
    }

    private static long elapsedMs(long sinceNs) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNs);
    }
}
