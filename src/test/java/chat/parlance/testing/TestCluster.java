package chat.parlance.testing;

import chat.parlance.Node;
import chat.parlance.config.ConfigLoader;
import chat.parlance.persistence.PostgresUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Two nodes of one cluster in this process, on the Postgres of {@link TestNode}. */
public final class TestCluster implements AutoCloseable {

    private final List<Node> nodes = new ArrayList<>();

    private TestCluster() {}

    /** @param flags of both nodes, beside those that make them a cluster */
    public static TestCluster start(String... flags) {
        int port = Ports.free();
        TestCluster cluster = new TestCluster();
        for (int i = 0; i < 2; i++) {
            List<String> all = new ArrayList<>(List.of(flags));
            all.addAll(ofCluster(port));
            cluster.nodes.add(Node.start(ConfigLoader.load(all, Map.of())));
        }
        return cluster;
    }

    /** The public address of the first or second node. */
    public String address(int node) {
        return "127.0.0.1:" + nodes.get(node).httpPort();
    }

    /** The address of the first or second node's metrics and health. */
    public String management(int node) {
        return "127.0.0.1:" + nodes.get(node).managementPort();
    }

    @Override
    public void close() {
        nodes.forEach(Node::stop);
    }

    private static List<String> ofCluster(int port) {
        PostgresUri postgres = TestNode.shared().postgres();
        return List.of(
                "--postgres.uri=postgresql://%s:%s@%s:%d/%s"
                        .formatted(
                                postgres.user(),
                                postgres.password(),
                                postgres.host(),
                                postgres.port(),
                                postgres.database()),
                "--auth.key=" + TestNode.KEY,
                "--http.port=0",
                "--management.port=0",
                "--cluster.enabled=true",
                "--cluster.name=test-" + port,
                "--cluster.port=" + port,
                "--cluster.members=127.0.0.1:%d,127.0.0.1:%d".formatted(port, port + 1),
                "--drain.unreadyMs=0",
                "--drain.spreadMs=1");
    }
}
