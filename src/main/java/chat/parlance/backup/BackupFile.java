package chat.parlance.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parlance.build.Build;
import chat.parlance.error.StartupException;
import chat.parlance.progress.ProgressBar;
import io.vertx.core.json.JsonObject;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A backup that is read. Every byte of it is compared with its checksum before anything is made of it. */
final class BackupFile implements AutoCloseable {

    private static final int BUFFER_BYTES = 65_536;
    private static final int BYTES_PER_STEP = 16 * 1024 * 1024;

    private final ZipFile zip;
    private final Manifest manifest;
    private final Map<String, String> checksums;

    private BackupFile(ZipFile zip, Manifest manifest, Map<String, String> checksums) {
        this.zip = zip;
        this.manifest = manifest;
        this.checksums = checksums;
    }

    /**
     * Opens a backup and compares all checksums.
     *
     * @throws StartupException for a file that is damaged, cut, no backup, or of a newer build
     */
    static BackupFile open(Path file) {
        try {
            ZipFile zip = new ZipFile(file.toFile());
            try {
                return read(file, zip);
            } catch (RuntimeException | IOException refused) {
                zip.close();
                throw refused;
            }
        } catch (StartupException refused) {
            throw refused;
        } catch (NoSuchFileException | FileNotFoundException missing) {
            throw new StartupException("there is no file " + file, missing);
        } catch (IOException | RuntimeException malformed) {
            throw damaged(file, String.valueOf(malformed.getMessage()), malformed);
        }
    }

    private static BackupFile read(Path file, ZipFile zip) throws IOException {
        String list =
                text(zip, Entries.CHECKSUMS).orElseThrow(() -> damaged(file, "it has no " + Entries.CHECKSUMS, null));
        Map<String, String> checksums = Entries.parse(list);
        // The list is its own witness: what it does not name is not compared, and so may not be there.
        if (zip.size() != checksums.size() + 1) {
            throw damaged(file, "entries are missing", null);
        }
        compare(file, zip, checksums);
        JsonObject json = new JsonObject(
                text(zip, Entries.MANIFEST).orElseThrow(() -> damaged(file, "it has no " + Entries.MANIFEST, null)));
        requireKnown(file, json);
        Manifest manifest = Manifest.of(json);
        for (Manifest.Rows rows : manifest.tables()) {
            if (!checksums.containsKey(Entries.rows(rows.table().name()))) {
                throw damaged(file, "the rows of " + rows.table().name() + " are missing", null);
            }
        }
        return new BackupFile(zip, manifest, checksums);
    }

    private static void compare(Path file, ZipFile zip, Map<String, String> checksums) throws IOException {
        ProgressBar bar =
                ProgressBar.ofProcess(zip.stream().mapToLong(ZipEntry::getSize).sum(), "bytes compared");
        long bytes = 0;
        long shown = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        for (Map.Entry<String, String> entry : checksums.entrySet()) {
            MessageDigest digest = Entries.digest();
            try (InputStream in = open(file, zip, entry.getKey())) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    digest.update(buffer, 0, read);
                    bytes += read;
                    if (bytes - shown >= BYTES_PER_STEP) {
                        shown = bytes;
                        bar.show(bytes);
                    }
                }
            }
            if (!Entries.hex(digest).equals(entry.getValue())) {
                throw damaged(file, entry.getKey() + " has another checksum", null);
            }
        }
        bar.end(bytes);
    }

    private static void requireKnown(Path file, JsonObject manifest) {
        Build build = Build.load();
        int schema = manifest.getInteger("schema");
        if (manifest.getInteger("format") != Manifest.FORMAT || schema > build.schema()) {
            throw new StartupException(
                    "the backup %s has the schema of version %d, and this is Parlance %s, which knows versions up to %d; restore it with Parlance %s or newer"
                            .formatted(file, schema, build.version(), build.schema(), manifest.getString("parlance")));
        }
    }

    Manifest manifest() {
        return manifest;
    }

    boolean hasSigningKey() {
        return checksums.containsKey(Entries.SIGNING_KEY);
    }

    /** @throws StartupException for another passphrase */
    String signingKey(String passphrase) throws IOException {
        JsonObject sealed = new JsonObject(text(zip, Entries.SIGNING_KEY).orElseThrow());
        Map<String, String> authenticated = new LinkedHashMap<>(checksums);
        authenticated.remove(Entries.SIGNING_KEY);
        return SealedKey.open(sealed, passphrase, Entries.format(authenticated));
    }

    /** Rows of a table, in the text format of COPY. */
    InputStream rows(Manifest.Rows rows) throws IOException {
        return Objects.requireNonNull(
                zip.getInputStream(zip.getEntry(Entries.rows(rows.table().name()))));
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private static Optional<String> text(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            return Optional.empty();
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return Optional.of(new String(in.readAllBytes(), UTF_8));
        }
    }

    private static InputStream open(Path file, ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw damaged(file, name + " is missing", null);
        }
        return zip.getInputStream(entry);
    }

    private static StartupException damaged(Path file, String reason, @Nullable Exception cause) {
        String message = "the file " + file + " is no whole backup: " + reason + "; nothing was changed";
        return cause == null ? new StartupException(message) : new StartupException(message, cause);
    }
}
