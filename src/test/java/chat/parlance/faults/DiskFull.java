package chat.parlance.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The disk of Postgres is full for some time: sends are refused, and no process dies except Postgres. */
final class DiskFull implements Fault {

    private static final int SPACE_MEGABYTES = 96;
    private static final int MEGABYTE_BITS = 20;
    private static final int PATIENCE_MS = 60_000;
    private static final int SILENCE_MS = 1000;
    private static final int LOOK_MS = 50;

    private final int seconds;
    private SmallDisk disk;
    private Path usual;

    /** @param seconds time that it stays full, once commits fail */
    DiskFull(int seconds) {
        this.seconds = seconds;
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.SMALL_DISK);
    }

    @Override
    public void prepare(FaultScene scene) {
        usual = scene.postgres().data();
        disk = SmallDisk.mount(usedMegabytes(usual) + SPACE_MEGABYTES);
        scene.postgres().moveTo(disk.folder().resolve("postgres"));
    }

    @Override
    public void strike(FaultScene scene) throws InterruptedException {
        disk.fill();
        try {
            scene.require(isSilent(scene), "sends are refused when the disk is full");
            TimeUnit.SECONDS.sleep(seconds);
            for (int i = 0; i < scene.cluster().size(); i++) {
                scene.require(scene.cluster().isAlive(i), "node %d lives".formatted(i));
            }
        } finally {
            disk.free();
            scene.healed();
        }
    }

    @Override
    public void restore(FaultScene scene) {
        if (disk != null) {
            scene.postgres().moveTo(usual.resolveSibling(usual.getFileName() + "-again"));
            disk.close();
        }
    }

    /**
     * True when commits fail. Space that Postgres had allocated before lasts for a while; space that it frees is filled
     * again.
     */
    private boolean isSilent(FaultScene scene) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        long acked = -1;
        long sinceNs = System.nanoTime();
        while (System.nanoTime() < endNs) {
            disk.fill();
            long now = scene.acked();
            if (now != acked) {
                acked = now;
                sinceNs = System.nanoTime();
            } else if (System.nanoTime() - sinceNs > TimeUnit.MILLISECONDS.toNanos(SILENCE_MS)) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        return false;
    }

    private static long usedMegabytes(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum() >> MEGABYTE_BITS;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
