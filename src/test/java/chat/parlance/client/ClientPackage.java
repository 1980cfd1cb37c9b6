package chat.parlance.client;

import chat.parlance.testing.NodeJs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/**
 * Packs the client library for npm: {@code target/parlance-client.tgz}. The build runs it after the tests are compiled,
 * because TypeScript generates the types from the comments, and needs the tests' Node.js. The library itself is that of
 * the page's bundle.
 */
final class ClientPackage {

    static final Path PACKED = Path.of("target/parlance-client.tgz");

    private static final Path FILES = Path.of("src/main/npm");
    private static final Path WEB = Path.of("src/main/resources/web");
    private static final Path BUNDLE = Path.of("target/classes/page");

    private ClientPackage() {}

    public static void main(String[] arguments) throws IOException {
        Path work = Files.createTempDirectory("parlance-client");
        try {
            Map<String, byte[]> files = new TreeMap<>();
            put(files, FILES, FILES);
            put(files, types(work), work);
            for (String name : new String[] {"parlance-client.js", "parlance-client.js.map"}) {
                files.put(name, Files.readAllBytes(BUNDLE.resolve(name)));
            }
            files.put("LICENSE", Files.readAllBytes(Path.of("LICENSE")));
            pack(files);
        } finally {
            try (Stream<Path> all = Files.walk(work)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static Path types(Path work) throws IOException {
        Path compiler = Files.createDirectory(work.resolve("typescript"));
        Path types = work.resolve("types");
        TypeScript.unpack(compiler);
        NodeJs.Outcome made = TypeScript.run(
                compiler,
                "-p",
                "src/test/javascript/tsconfig.json",
                "--noEmit",
                "false",
                "--declaration",
                "--emitDeclarationOnly",
                "--rootDir",
                WEB.toString(),
                "--outDir",
                types.toString());
        if (made.exitCode() != 0) {
            throw new IllegalStateException(String.join("\n", made.lines()));
        }
        return types;
    }

    private static void put(Map<String, byte[]> files, Path folder, Path root) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
    }

    /** Writes the same bytes for the same files: entries are sorted and have no times. */
    private static void pack(Map<String, byte[]> files) throws IOException {
        try (OutputStream out = Files.newOutputStream(PACKED);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(
                        new GzipCompressorOutputStream(out), StandardCharsets.UTF_8.name())) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry("package/" + file.getKey());
                entry.setModTime(0);
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
    }
}
