package chat.parlance.persistence;

import chat.parlance.error.StartupException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Folder that only the user of this process may enter, which protects everything in it. A folder that was open to
 * others is made private when they cannot have left anything in it, and refused otherwise. Blocks.
 */
final class PrivateFolder {

    static final FileAttribute<Set<PosixFilePermission>> FOLDER_MODE = mode("rwx------");
    static final FileAttribute<Set<PosixFilePermission>> FILE_MODE = mode("rw-------");

    private static final int OTHERS = 0077;
    private static final int OTHERS_WRITE = 0022;
    private static final int ANYBODY_WRITES = 0002;
    private static final int STICKY = 01000;

    /** Limit of links followed, as in Linux. */
    private static final int MAX_LINKS = 40;

    private final Path path;
    private final boolean wasOpen;

    private PrivateFolder(Path path, boolean wasOpen) {
        this.path = path;
        this.wasOpen = wasOpen;
    }

    /**
     * Opens the folder, and creates it if needed.
     *
     * @throws StartupException when other users own it or a part of it, or can replace it
     */
    static PrivateFolder open(Path folder) throws IOException {
        Path path = resolve(folder);
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path, FOLDER_MODE);
        }
        UserPrincipal user = requireOwn(path);
        boolean wasOpen = (mode(path) & OTHERS) != 0;
        if (wasOpen) {
            tighten(path);
            requireOwn(path, user);
        }
        return new PrivateFolder(path, wasOpen);
    }

    /** Path of the folder, without links. */
    Path path() {
        return path;
    }

    /** True when other users could enter the folder until now. */
    boolean wasOpen() {
        return wasOpen;
    }

    /** Removes all permissions of other users from a folder. */
    static void tighten(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, FOLDER_MODE.value());
        if ((mode(folder) & OTHERS) != 0) {
            throw new StartupException(
                    "data folder " + folder + " is open to other users, and its file system does not let that change");
        }
    }

    /** True when other users may enter a folder, read it or write to it. */
    static boolean isOpen(Path folder) throws IOException {
        return (mode(folder) & OTHERS) != 0;
    }

    /** Deletes a folder and its contents; follows no links. */
    static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failed) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /**
     * Resolves links step by step: a user who may change a link, or replace a folder on the path, could put another
     * folder in its place.
     */
    private static Path resolve(Path folder) throws IOException {
        Deque<Path> rest = new ArrayDeque<>();
        folder.toAbsolutePath().normalize().forEach(rest::add);
        Path path = folder.toAbsolutePath().getRoot();
        int links = 0;
        while (!rest.isEmpty()) {
            requireSteady(folder, path);
            Path next = path.resolve(rest.pop()).normalize();
            if (Files.isSymbolicLink(next)) {
                if (++links > MAX_LINKS) {
                    throw new StartupException("data folder " + folder + " is behind too many links");
                }
                requireTrustedLink(folder, next);
                Path target = Files.readSymbolicLink(next);
                for (int i = target.getNameCount() - 1; i >= 0; i--) {
                    rest.push(target.getName(i));
                }
                path = target.isAbsolute() ? target.getRoot() : path;
            } else {
                path = next;
            }
        }
        return path;
    }

    /**
     * Refuses a folder that every user may replace. In a folder with the sticky bit, such as /tmp, only an entry's
     * owner may replace it.
     */
    private static void requireSteady(Path folder, Path ancestor) throws IOException {
        if (Files.isDirectory(ancestor)) {
            int mode = mode(ancestor);
            if ((mode & ANYBODY_WRITES) != 0 && (mode & STICKY) == 0) {
                throw new StartupException("data folder " + folder + " is not safe: every user may replace it, for "
                        + ancestor + " is writable for all; chmod o-w " + ancestor);
            }
        }
    }

    private static void requireTrustedLink(Path folder, Path link) throws IOException {
        Path parent = link.getParent();
        if (parent != null && (mode(parent) & ANYBODY_WRITES) != 0) {
            throw new StartupException("data folder " + folder + " is not safe: " + link
                    + " is a link in a folder where" + " every user may make one; name the folder that it leads to");
        }
    }

    /** Requires that the user of this process owns the path; that user owns new files. */
    private static UserPrincipal requireOwn(Path path) throws IOException {
        Path probe = Files.createTempFile(path, "owner", ".new", FILE_MODE);
        try {
            UserPrincipal user = Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS);
            UserPrincipal owner = Files.getOwner(path);
            if (!owner.equals(user)) {
                throw new StartupException("data folder " + path + " belongs to the user " + owner.getName()
                        + ", and this process runs as " + user.getName());
            }
            return user;
        } finally {
            Files.delete(probe);
        }
    }

    /** Refuses files that others own or could write to: they may be a forged database, password or signing key. */
    private static void requireOwn(Path folder, UserPrincipal user) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (directory.equals(folder)) {
                    return FileVisitResult.CONTINUE;
                }
                requireOwner(directory);
                // Programs are unpacked anew.
                return directory.equals(folder.resolve(DataFolder.PROGRAMS)) || (mode(directory) & OTHERS) == 0
                        ? FileVisitResult.SKIP_SUBTREE
                        : visitFile(directory, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                requireOwner(file);
                if (!attributes.isSymbolicLink() && (mode(file) & OTHERS_WRITE) != 0) {
                    throw new StartupException("data folder " + folder + " was open to other users, who could write to "
                            + file + "; make sure that it is as it was, and chmod go-w it");
                }
                return FileVisitResult.CONTINUE;
            }

            private void requireOwner(Path file) throws IOException {
                UserPrincipal owner = Files.getOwner(file, LinkOption.NOFOLLOW_LINKS);
                if (!owner.equals(user)) {
                    throw new StartupException("data folder " + folder + " was open to other users, and " + file
                            + " belongs to the user " + owner.getName() + "; remove it");
                }
            }
        });
    }

    private static int mode(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode");
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String mode) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    }
}
