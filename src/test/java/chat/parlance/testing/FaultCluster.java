package chat.parlance.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Three node processes on the Postgres of {@link TestNode}, each at an address of its own that it keeps. */
public final class FaultCluster implements AutoCloseable {

    public static final int NODES = 3;

    private final Map<String, String> environment = environment();
    private final List<Integer> ports = new ArrayList<>();
    private final List<NodeProcess> nodes = new ArrayList<>();

    private FaultCluster() {}

    public static FaultCluster startAll() {
        FaultCluster cluster = new FaultCluster();
        for (int i = 0; i < NODES; i++) {
            cluster.ports.add(Ports.free());
            cluster.nodes.add(NodeProcess.startAt(cluster.ports.get(i), cluster.environment));
        }
        cluster.nodes.forEach(NodeProcess::awaitReady);
        return cluster;
    }

    public List<String> addresses() {
        return ports.stream().map(port -> "127.0.0.1:" + port).toList();
    }

    /** As {@code kill -9} does. */
    public void kill(int node) {
        nodes.get(node).kill();
        nodes.get(node).awaitEnd();
    }

    /** As {@code kill} does, and waits. */
    public void stop(int node) {
        nodes.get(node).stop();
    }

    /** Starts a node that was stopped or killed, and waits until it is ready. */
    public void start(int node) {
        nodes.set(node, NodeProcess.startAt(ports.get(node), environment).awaitReady());
    }

    public void signal(int node, String signal) {
        nodes.get(node).signal(signal);
    }

    @Override
    public void close() {
        nodes.forEach(NodeProcess::close);
    }

    private static Map<String, String> environment() {
        int port = Ports.free();
        Map<String, String> environment = new HashMap<>();
        environment.put("PARLANCE_POSTGRES_URI", TestNode.postgresUri());
        environment.put("PARLANCE_AUTH_KEY", TestNode.KEY);
        environment.put("PARLANCE_CLUSTER_ENABLED", "true");
        environment.put("PARLANCE_CLUSTER_PORT", Integer.toString(port));
        environment.put(
                "PARLANCE_CLUSTER_MEMBERS",
                "127.0.0.1:%d,127.0.0.1:%d,127.0.0.1:%d".formatted(port, port + 1, port + 2));
        environment.put("PARLANCE_CLUSTER_NAME", "test-" + port);
        // Nobody has to page: whoever was away gets all that came.
        environment.put("PARLANCE_ROOM_CATCH_UP_LIMIT", "100000");
        environment.put("PARLANCE_DRAIN_UNREADY_MS", "100");
        environment.put("PARLANCE_DRAIN_SPREAD_MS", "1000");
        return environment;
    }
}
