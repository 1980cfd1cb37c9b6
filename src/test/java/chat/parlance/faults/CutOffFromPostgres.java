package chat.parlance.faults;

import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Packets between a node and Postgres vanish: the node must report that it is not ready. */
record CutOffFromPostgres(int seconds) implements Fault {

    private static final int NOTICE_WITHIN_MS = 5000;
    private static final int BACK_WITHIN_MS = 2000;
    private static final int PATIENCE_MS = 30_000;

    @Override
    public Set<Need> needs() {
        return Set.of(Need.NAMESPACES);
    }

    @Override
    public void strike(FaultScene scene) throws InterruptedException {
        Host node = scene.cluster().host(scene.node());
        try {
            scene.namespaces().cut(node, scene.network().database());
            long noticedMs = scene.cluster().awaitReady(scene.node(), false, PATIENCE_MS);
            scene.measure("not ready, ms", noticedMs);
            scene.requireWithin(noticedMs, NOTICE_WITHIN_MS, "not ready");
            TimeUnit.MILLISECONDS.sleep(Math.max(0, TimeUnit.SECONDS.toMillis(seconds) - noticedMs));
        } finally {
            scene.namespaces().heal(node);
            scene.healed();
        }
        long backMs = scene.cluster().awaitReady(scene.node(), true, PATIENCE_MS);
        scene.measure("ready again, ms", backMs);
        scene.requireWithin(backMs, BACK_WITHIN_MS, "ready again");
    }
}
