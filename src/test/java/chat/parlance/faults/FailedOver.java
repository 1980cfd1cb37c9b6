package chat.parlance.faults;

import java.util.Set;

/** Postgres dies for good; its synchronous standby becomes the primary, at the address of the dead one. */
final class FailedOver implements Fault {

    private PostgresProcess standby;

    @Override
    public Set<Need> needs() {
        return Set.of(Need.NAMESPACES);
    }

    @Override
    public void prepare(FaultScene scene) {
        standby = scene.postgres()
                .standby(
                        scene.folder().resolve("standby"),
                        scene.network().standby(),
                        scene.postgres().uri().servers().getFirst().port());
    }

    @Override
    public void strike(FaultScene scene) {
        PostgresProcess dead = scene.postgres();
        dead.killForGood();
        scene.namespaces().moveAddress(dead.host(), standby.host());
        standby.promote();
        scene.failedOverTo(standby);
    }
}
