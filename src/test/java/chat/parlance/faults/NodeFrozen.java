package chat.parlance.faults;

import java.util.concurrent.TimeUnit;

/** A node is stopped with {@code SIGSTOP} for some time. */
record NodeFrozen(int seconds) implements Fault {

    @Override
    public void strike(FaultScene scene) throws InterruptedException {
        scene.cluster().freeze(scene.node());
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } finally {
            scene.cluster().thaw(scene.node());
            scene.healed();
        }
    }
}
