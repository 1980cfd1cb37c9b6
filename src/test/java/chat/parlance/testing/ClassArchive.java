package chat.parlance.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The classes that a node loads, as the JVM shares them between processes: a node starts in half the time. Made by a node
 * that is started and stopped for it, once for a jar.
 */
final class ClassArchive {

    private static final String QUIET = "-Xlog:cds=off,aot=off";

    private static final List<String> OPTIONS = List.of("-XX:SharedArchiveFile=" + made(), QUIET);

    private ClassArchive() {}

    /** What makes a JVM use the archive; one that does not fit it, or is not there, is passed over by the JVM. */
    static List<String> options() {
        return OPTIONS;
    }

    private static Path made() {
        Path jar = Path.of(System.getProperty("parlance.jar"));
        Path archive = jar.resolveSibling("parlance.jsa");
        try {
            if (!isNewer(archive, jar)) {
                Files.deleteIfExists(archive);
                make(archive);
            }
            return archive;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean isNewer(Path archive, Path jar) throws IOException {
        return Files.exists(archive)
                && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) > 0;
    }

    private static void make(Path archive) throws IOException {
        int port = Ports.free();
        Path data = Files.createTempDirectory("parlance-classes");
        List<String> flags = List.of(
                "start",
                "--data=" + data,
                "--http.port=0",
                "--management.port=0",
                "--drain.unreadyMs=0",
                "--cluster.enabled=true",
                "--cluster.name=classes-" + port,
                "--cluster.port=" + port);
        try (NodeProcess node = NodeProcess.startWith(List.of("-XX:ArchiveClassesAtExit=" + archive, QUIET), flags)) {
            node.awaitReady().stop();
        }
        TestNode.delete(data);
    }
}
