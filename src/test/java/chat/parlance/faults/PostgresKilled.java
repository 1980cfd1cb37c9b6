package chat.parlance.faults;

import java.util.concurrent.TimeUnit;

/**
 * Postgres is killed with {@code kill -9} during commits, and restarted at once.
 *
 * @param ackedEach number of acknowledged sends after each time, so that a lost one would show
 */
record PostgresKilled(int ackedEach) implements Fault {

    private static final int PATIENCE_SECONDS = 60;
    private static final int LOOK_MS = 100;

    @Override
    public void strike(FaultScene scene) throws InterruptedException {
        long wanted = scene.acked() + ackedEach;
        scene.postgres().kill();
        scene.postgres().awaitAnswer();
        scene.measure("Postgres answers, ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - scene.struckNs()));
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (scene.acked() < wanted && System.nanoTime() < endNs) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        scene.require(
                scene.acked() >= wanted,
                "%d more sends are acknowledged within %d s".formatted(ackedEach, PATIENCE_SECONDS));
    }
}
