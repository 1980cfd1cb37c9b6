package chat.parlance.faults;

import chat.parlance.testing.ContractClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Postgres is restored from a backup that is some seconds old. The nodes continue, and the clients hold events that the
 * database has lost; either they stay connected, or all of them are away until other events have the same seqs.
 */
final class Restored implements Fault {

    /** Number of events by which a room passes its old head. */
    private static final int PASSED_BY = 5;

    private final int seconds;
    private final boolean away;

    /**
     * @param seconds the age of the backup
     * @param away true when the clients are away until the rooms have passed their heads
     */
    Restored(int seconds, boolean away) {
        this.seconds = seconds;
        this.away = away;
    }

    @Override
    public void strike(FaultScene scene) throws InterruptedException {
        Path backup = scene.folder().resolve("backup-" + System.nanoTime());
        long fromNs = System.nanoTime();
        scene.postgres().backUpTo(backup);
        TimeUnit.SECONDS.sleep(seconds);
        if (away) {
            scene.clients().forEach(ContractClient::goAway);
        }
        Map<String, Long> heads = heads(scene);
        scene.struck();
        scene.postgres().restoreFrom(backup);
        scene.healed();
        scene.databaseWentBack(fromNs, System.nanoTime());
        if (away) {
            heads.forEach((room, head) -> scene.fill(room, head + PASSED_BY));
            scene.clients().forEach(ContractClient::comeBack);
            scene.healed();
        }
    }

    private static Map<String, Long> heads(FaultScene scene) {
        Map<String, Long> heads = new TreeMap<>();
        scene.clients().forEach(client -> heads.merge(client.room(), client.last(), Math::max));
        return heads;
    }
}
