package chat.parlance.faults;

import java.util.concurrent.TimeUnit;

/** {@code kill -9} of Postgres under commits; it is started again at once. */
final class PostgresKilled implements Fault {

    @Override
    public void strike(Scene scene) {
        scene.postgres().kill();
        scene.postgres().awaitAnswer();
        scene.measure("Postgres answers, ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - scene.struckNs()));
    }
}
