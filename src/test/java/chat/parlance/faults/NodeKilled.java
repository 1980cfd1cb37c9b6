package chat.parlance.faults;

import java.util.concurrent.Future;

/** A node is killed with {@code kill -9} and started again; its users soon disappear for the others. */
final class NodeKilled implements Fault {

    private static final int GONE_WITHIN_MS = 15_000;

    @Override
    public void strike(FaultScene scene) throws Exception {
        try (Ghost ghost = Ghost.of(scene, scene.node())) {
            scene.struck();
            Future<Long> gone = ghost.goneAfterMs();
            scene.cluster().kill(scene.node());
            scene.cluster().start(scene.node());
            scene.measure("ghost gone, ms", gone.get());
            scene.requireWithin(gone.get(), GONE_WITHIN_MS, "ghosts are gone");
        }
    }
}
