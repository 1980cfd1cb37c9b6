package chat.parlance.faults;

/** {@code kill -9} of Postgres under commits; it is started again at once. */
final class PostgresKilled implements Fault {

    @Override
    public void strike(Scene scene) {
        scene.postgres().kill();
    }
}
