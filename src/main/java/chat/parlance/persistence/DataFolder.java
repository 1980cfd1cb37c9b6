package chat.parlance.persistence;

import chat.parlance.error.StartupException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's folder, locked by a file lock as long as the process lives, however it dies. It keeps the secrets that the
 * node generates, readable by its user alone.
 */
public final class DataFolder implements AutoCloseable {

    /** Secret that signs the tokens of a node without {@code auth.key}. */
    public static final String SIGNING_KEY = "token.key";

    /** Name of the folder of programs. */
    static final String PROGRAMS = "postgres-binaries";

    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);
    private static final int SECRET_BYTES = 32;

    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Opens a folder. One that other users can enter is made private.
     *
     * @throws StartupException when the folder cannot be used or made private, or when another node uses it
     */
    public static DataFolder open(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        try {
            PrivateFolder own = PrivateFolder.open(path);
            FileChannel channel = FileChannel.open(
                    own.path().resolve("lock"),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                    PrivateFolder.FILE_MODE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new StartupException("data folder " + path + " is in use by another node");
            }
            if (own.wasOpen()) {
                LOG.atWarn().addKeyValue("folder", path).log("Closed the data folder, which was open to other users");
            }
            dropProgramsOfOthers(path.resolve(PROGRAMS), own.wasOpen());
            return new DataFolder(path, channel);
        } catch (IOException unusable) {
            throw new StartupException("data folder " + path + " cannot be used: " + unusable, unusable);
        }
    }

    public Path path() {
        return path;
    }

    /**
     * Folder of the Postgres programs, private from its creation.
     *
     * @throws StartupException when it cannot be created
     */
    Path programs() {
        Path programs = path.resolve(PROGRAMS);
        try {
            if (!Files.exists(programs)) {
                Files.createDirectory(programs, PrivateFolder.FOLDER_MODE);
            }
            return programs;
        } catch (IOException unusable) {
            throw new StartupException("folder " + programs + " cannot be made: " + unusable, unusable);
        }
    }

    /**
     * Removes the write permission for all users, which the library gives to the folder of programs when it unpacks
     * them.
     */
    void closePrograms() throws IOException {
        PrivateFolder.tighten(path.resolve(PROGRAMS));
    }

    /** Creates a log file or empties it, readable by the node's user alone. */
    Path log(String name) throws IOException {
        Path file = path.resolve(name);
        Files.deleteIfExists(file);
        return Files.createFile(file, PrivateFolder.FILE_MODE);
    }

    /** Reads a secret, or generates one of 256 random bits when there is none. */
    public String secret(String name) {
        Path file = path.resolve(name);
        if (!Files.exists(file)) {
            byte[] bytes = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(bytes);
            keep(name, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException unusable) {
            throw new StartupException("secret " + file + " cannot be read: " + unusable, unusable);
        }
    }

    /** Stores a secret, in place of any that there was. */
    public void keep(String name, String secret) {
        Path file = path.resolve(name);
        try {
            Path fresh = Files.createTempFile(path, name, ".new", PrivateFolder.FILE_MODE);
            Files.writeString(fresh, secret);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unusable) {
            throw new StartupException("secret " + file + " cannot be made: " + unusable, unusable);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Deletes programs that other users could have replaced, so that they are unpacked again. */
    private static void dropProgramsOfOthers(Path programs, boolean wasOpen) throws IOException {
        if (Files.exists(programs, LinkOption.NOFOLLOW_LINKS) && (wasOpen || PrivateFolder.isOpen(programs))) {
            LOG.atInfo()
                    .addKeyValue("folder", programs)
                    .log("Unpacking Postgres again, because other users could have replaced it");
            PrivateFolder.delete(programs);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }
}
