package chat.parlance.doctor;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks of the space on a disk. */
final class DiskChecks {

    static final long FAIL_BYTES = 256L << 20;
    static final long WARN_BYTES = 2L << 30;

    private static final double WARN_SHARE = 0.1;

    private DiskChecks() {}

    /** Checks the disk of a folder, or of the nearest folder above that exists; empty when there is none on this machine. */
    static Optional<Check> run(String name, Path folder) {
        Path existing = existing(folder.toAbsolutePath().normalize());
        if (existing == null) {
            return Optional.empty();
        }
        try {
            FileStore disk = Files.getFileStore(existing);
            return Optional.of(judge(name, folder, disk.getUsableSpace(), disk.getTotalSpace()));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    static Check judge(String name, Path folder, long freeBytes, long totalBytes) {
        String text = String.format(
                Locale.ROOT,
                "the disk of %s has %,d MB free of %,d MB",
                folder,
                freeBytes / 1_000_000,
                totalBytes / 1_000_000);
        String fix = "free space on that disk, or move the folder to a larger one: Postgres stops when it is full";
        if (freeBytes < FAIL_BYTES) {
            return Check.fail(name, text, fix);
        }
        return freeBytes < WARN_BYTES || freeBytes < WARN_SHARE * totalBytes
                ? Check.warn(name, text, fix)
                : Check.ok(name, text);
    }

    private static @Nullable Path existing(Path folder) {
        Path existing = folder;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        return existing;
    }
}
