package chat.parlance.faults;

import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One node is cut off from the other two, without a word to either; all of them still have Postgres and clients.
 *
 * @param oneWay whether the node is deaf only, and still heard
 */
record Partitioned(int seconds, boolean oneWay) implements Fault {

    @Override
    public Set<Need> needs() {
        return Set.of(Need.NAMESPACES);
    }

    @Override
    public void strike(Scene scene) throws InterruptedException {
        Cluster cluster = scene.cluster();
        Host alone = cluster.host(scene.node());
        try {
            for (int i = 0; i < cluster.size(); i++) {
                if (i != scene.node()) {
                    if (oneWay) {
                        scene.namespaces().deafen(alone, cluster.host(i));
                    } else {
                        scene.namespaces().cut(alone, cluster.host(i));
                    }
                }
            }
            TimeUnit.SECONDS.sleep(seconds);
        } finally {
            scene.namespaces().heal(alone);
            scene.healed();
        }
    }
}
