package chat.parlance.testing;

import chat.parlance.Node;
import chat.parlance.config.ConfigLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One node on an embedded Postgres for all tests of a JVM, with the defaults but for ports and a shorter patience. */
public final class TestNode {

    private static final Node NODE = start();

    private TestNode() {}

    public static Node shared() {
        return NODE;
    }

    /** The shared node's public address. */
    public static String address() {
        return "127.0.0.1:" + NODE.httpPort();
    }

    private static Node start() {
        try {
            Path data = Files.createTempDirectory("parlance-test");
            Node node = Node.start(ConfigLoader.load(
                    List.of(
                            "--data=" + data,
                            "--http.port=0",
                            "--management.port=0",
                            "--websocket.authTimeoutMs=1500",
                            "--drain.unreadyMs=0",
                            "--drain.spreadMs=100",
                            "--drain.timeoutMs=2000"),
                    Map.of()));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                node.stop();
                delete(data);
            }));
            return node;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
