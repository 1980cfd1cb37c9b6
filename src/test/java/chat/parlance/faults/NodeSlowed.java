package chat.parlance.faults;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/** The link of one node carries almost nothing; the clients of the other nodes must not notice. */
record NodeSlowed(int kilobitsPerSecond, int seconds) implements Fault {

    @Override
    public Set<Need> needs() {
        return Set.of(Need.NAMESPACES);
    }

    @Override
    public void strike(FaultScene scene) throws InterruptedException {
        Host slow = scene.cluster().host(scene.node());
        Neighbours others =
                Neighbours.of(scene, (scene.node() + 1) % scene.cluster().size(), seconds);
        scene.namespaces().slow(slow, kilobitsPerSecond);
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } finally {
            scene.namespaces().hasten(slow);
            scene.healed();
        }
        IntPredicate neighbours = client -> scene.homeOf(client) != scene.node();
        others.compare(neighbours);
        others.requireCurrent(neighbours);
    }
}
