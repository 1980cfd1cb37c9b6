package chat.parlance.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** AOT cache of the JVM of a node, as in the image: nodes start in two thirds of the time. Created once for a jar. */
final class AotCache {

    private static final List<String> OPTIONS = List.of("-XX:AOTCache=" + made(), "-Xlog:cds=off,aot=off");

    private AotCache() {}

    /** JVM options for the cache; a JVM ignores a cache that does not fit it or does not exist. */
    static List<String> options() {
        return OPTIONS;
    }

    private static Path made() {
        Path jar = Path.of(System.getProperty("parlance.jar"));
        Path cache = jar.resolveSibling("tests.aot");
        try {
            if (!isNewer(cache, jar)) {
                make(cache);
            }
            return cache;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean isNewer(Path cache, Path jar) throws IOException {
        return Files.exists(cache) && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar)) > 0;
    }

    private static void make(Path cache) throws IOException {
        Files.deleteIfExists(cache);
        Process bench = NodeProcess.startWithoutCache(
                "bench", "--clients=20", "--rooms=4", "--seconds=1", "--aotCache=" + cache);
        String output = NodeProcess.outputOf(bench);
        if (!Files.exists(cache)) {
            throw new AssertionError("no cache was made: " + output);
        }
    }
}
