package chat.parlance.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A backup that is written: a ZIP file beside the wanted one, which takes that name when it is complete and on the disk.
 * So a file of that name is whole. Only its owner may read it.
 */
final class BackupWriter implements AutoCloseable {

    private static final String PARTIAL = ".partial";

    private final Path file;
    private final Path partial;
    private final ZipOutputStream zip;
    private final Map<String, String> checksums = new LinkedHashMap<>();

    /** Writer of an entry. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private BackupWriter(Path file, Path partial, ZipOutputStream zip) {
        this.file = file;
        this.partial = partial;
        this.zip = zip;
    }

    static BackupWriter create(Path file) throws IOException {
        Path partial = Path.of(file + PARTIAL);
        Files.deleteIfExists(partial);
        Files.createFile(partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(partial)));
        zip.setLevel(Deflater.BEST_SPEED);
        return new BackupWriter(file, partial, zip);
    }

    /** Checksums of the entries so far. */
    String checksums() {
        return Entries.format(checksums);
    }

    void add(String name, Content content) throws IOException {
        MessageDigest digest = Entries.digest();
        zip.putNextEntry(new ZipEntry(name));
        OutputStream out = new BufferedOutputStream(new DigestOutputStream(zip, digest));
        content.writeTo(out);
        out.flush();
        zip.closeEntry();
        checksums.put(name, Entries.hex(digest));
    }

    void add(String name, String text) throws IOException {
        add(name, out -> out.write(text.getBytes(UTF_8)));
    }

    /** Ends the file, and gives it its name. */
    void finish() throws IOException {
        add(Entries.CHECKSUMS, checksums());
        zip.close();
        try (FileChannel written = FileChannel.open(partial, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            try (FileChannel entries = FileChannel.open(folder)) {
                entries.force(true);
            }
        }
    }

    /** Removes a file that was not finished. */
    @Override
    public void close() throws IOException {
        try {
            zip.close();
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
