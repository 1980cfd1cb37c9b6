package chat.parlance.testing;

import chat.parlance.Node;
import java.util.ArrayList;
import java.util.List;

/** Two nodes of one cluster in this process, on the Postgres of {@link TestNode}. */
public final class TestCluster implements AutoCloseable {

    private final List<Node> nodes = new ArrayList<>();

    private TestCluster() {}

    /**
     * Starts them; when this returns each has the other as a peer.
     *
     * @param settings flags of both nodes, {@code --KEY=VALUE}
     */
    public static TestCluster start(String... settings) {
        int port = Ports.free();
        List<String> all = new ArrayList<>(ofCluster(port));
        all.addAll(List.of(settings));
        TestCluster cluster = new TestCluster();
        for (int i = 0; i < 2; i++) {
            cluster.nodes.add(TestNode.startBeside(all.toArray(String[]::new)));
        }
        for (int i = 0; i < 2; i++) {
            Counters.await(cluster.management(i), "parlance_peers", 1);
        }
        return cluster;
    }

    /** Flags that make nodes of this machine one cluster. */
    public static List<String> ofCluster(int port) {
        return List.of(
                "--cluster.enabled=true",
                "--cluster.name=test-" + port,
                "--cluster.port=" + port,
                "--cluster.members=127.0.0.1:%d,127.0.0.1:%d".formatted(port, port + 1));
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
}
