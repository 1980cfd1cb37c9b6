package chat.parlance.faults;

import chat.parlance.testing.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A disk of a few megabytes in memory, which can be filled. */
final class SmallDisk implements AutoCloseable {

    private static final int BLOCK_BYTES = 4096;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** @throws IllegalStateException with the reason, when this process may not mount one */
    static SmallDisk mount(long megabytes) {
        try {
            SmallDisk disk = new SmallDisk(Files.createTempDirectory("parlance-disk"));
            Shell.run("mount -t tmpfs -o size=%dm,mode=700 parlance %s".formatted(megabytes, disk.folder));
            return disk;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Path folder() {
        return folder;
    }

    /** Fills all remaining space. */
    void fill() {
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
        try (FileChannel ballast = FileChannel.open(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (ballast.write(block.rewind()) > 0) {
                // Until the disk is full.
            }
        } catch (IOException full) {
            // As intended.
        }
    }

    /** Frees the space. */
    void free() {
        try {
            Files.deleteIfExists(ballast());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        Shell.run("umount " + folder);
        try {
            Files.delete(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }
}
