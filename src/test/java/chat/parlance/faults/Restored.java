package chat.parlance.faults;

import chat.parlance.testing.ContractClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Postgres is restored from a backup that was made some seconds ago. The nodes go on, and the clients hold events that the
 * database has lost; either they stay, or all of them are away until others have been given the same seqs.
 */
final class Restored implements Fault {

    /** So many events more than there were. */
    private static final int PASSED_BY = 5;

    private final int seconds;
    private final boolean away;

    /**
     * @param seconds the age of the backup
     * @param away whether the clients are away until the rooms have passed them
     */
    Restored(int seconds, boolean away) {
        this.seconds = seconds;
        this.away = away;
    }

    @Override
    public void strike(Scene scene) throws InterruptedException {
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

    private static Map<String, Long> heads(Scene scene) {
        Map<String, Long> heads = new TreeMap<>();
        scene.clients().forEach(client -> heads.merge(client.room(), client.last(), Math::max));
        return heads;
    }
}
