package chat.parlance.faults;

import chat.parlance.persistence.PostgresUri;
import chat.parlance.testing.Counters;
import chat.parlance.testing.Health;
import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.Shell;
import chat.parlance.testing.TestNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Three node processes on one Postgres, each with a fixed address. */
final class FaultCluster implements AutoCloseable {

    private static final int HTTP_PORT = 8080;
    private static final int MANAGEMENT_PORT = 8081;
    private static final int CLUSTER_PORT = 5701;
    private static final Pattern HISTOGRAM_TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    private record Place(Host host, int httpPort, int managementPort, int clusterPort) {

        String address() {
            return host.address() + ":" + httpPort;
        }

        String management() {
            return host.address() + ":" + managementPort;
        }
    }

    private final List<Place> places;
    private final Map<String, String> common;
    private final List<NodeProcess> nodes = new ArrayList<>();

    private FaultCluster(Network network, PostgresUri postgres, Map<String, String> environment) {
        this.places = network.nodes().stream()
                .map(host -> new Place(
                        host, network.port(HTTP_PORT), network.port(MANAGEMENT_PORT), network.port(CLUSTER_PORT)))
                .toList();
        this.common = new HashMap<>(environment);
        this.common.putAll(common(postgres));
    }

    /**
     * Starts all nodes, and waits until they are ready.
     *
     * @param environment more variables for all of them
     */
    static FaultCluster start(Network network, PostgresUri postgres, Map<String, String> environment) {
        FaultCluster cluster = new FaultCluster(network, postgres, environment);
        for (int i = 0; i < cluster.places.size(); i++) {
            cluster.nodes.add(cluster.launch(i, Map.of()));
        }
        cluster.nodes.forEach(NodeProcess::awaitReady);
        return cluster;
    }

    int size() {
        return places.size();
    }

    Host host(int node) {
        return places.get(node).host();
    }

    /** The public addresses. */
    List<String> addresses() {
        return places.stream().map(Place::address).toList();
    }

    /** Kills a node as {@code kill -9} does. */
    void kill(int node) {
        nodes.get(node).kill();
        nodes.get(node).awaitEnd();
    }

    /** Stops a node as {@code kill} does, and waits for its end. */
    void stop(int node) {
        nodes.get(node).stop();
    }

    /** Starts a stopped or killed node, and waits until it is ready. */
    void start(int node) {
        start(node, Map.of());
    }

    /** Starts a node with more variables in its environment. */
    void start(int node, Map<String, String> environment) {
        nodes.set(node, launch(node, environment).awaitReady());
    }

    /** Starts all nodes at once. */
    void startAll() {
        for (int i = 0; i < places.size(); i++) {
            nodes.set(i, launch(i, Map.of()));
        }
        nodes.forEach(NodeProcess::awaitReady);
    }

    void freeze(int node) {
        nodes.get(node).signal("STOP");
    }

    void thaw(int node) {
        nodes.get(node).signal("CONT");
    }

    boolean isAlive(int node) {
        return nodes.get(node).isAlive();
    }

    /** Counter of a node since its start. */
    long count(int node, String metric) {
        return (long) Counters.of(places.get(node).management(), metric);
    }

    /**
     * Waits until the node reports that it is ready, or that it is not.
     *
     * @return the time that it took, in milliseconds
     */
    long awaitReady(int node, boolean ready, long timeoutMs) {
        return Health.await(places.get(node).management(), ready, timeoutMs);
    }

    /** Live bytes on the node's heap, after a garbage collection. */
    long liveHeapBytes(int node) {
        String histogram = Shell.run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(nodes.get(node).pid()),
                "GC.class_histogram"));
        Matcher total = HISTOGRAM_TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new IllegalStateException(histogram);
        }
        return Long.parseLong(total.group(1));
    }

    @Override
    public void close() {
        nodes.forEach(NodeProcess::close);
    }

    private NodeProcess launch(int node, Map<String, String> more) {
        Place place = places.get(node);
        Map<String, String> environment = new HashMap<>(common);
        environment.put("PARLANCE_NODE_NAME", "node" + node);
        environment.put("PARLANCE_HTTP_HOST", place.host().address());
        environment.put("PARLANCE_HTTP_PORT", Integer.toString(place.httpPort()));
        environment.put("PARLANCE_MANAGEMENT_HOST", place.host().address());
        environment.put("PARLANCE_MANAGEMENT_PORT", Integer.toString(place.managementPort()));
        environment.put("PARLANCE_CLUSTER_HOST", place.host().address());
        environment.put("PARLANCE_CLUSTER_PORT", Integer.toString(place.clusterPort()));
        environment.putAll(more);
        return NodeProcess.startBy(place.host().way(), place.address(), environment);
    }

    private Map<String, String> common(PostgresUri postgres) {
        return Map.of(
                "PARLANCE_POSTGRES_URI",
                TestNode.postgresUri(postgres),
                "PARLANCE_AUTH_KEY",
                TestNode.KEY,
                "PARLANCE_CLUSTER_ENABLED",
                "true",
                "PARLANCE_CLUSTER_NAME",
                "faults-" + ProcessHandle.current().pid(),
                "PARLANCE_CLUSTER_MEMBERS",
                places.stream()
                        .map(place -> place.host().address() + ":" + place.clusterPort())
                        .collect(Collectors.joining(",")),
                "PARLANCE_LIMITS_ENABLED",
                "false",
                // No client has to page: after an absence it receives all missed events.
                "PARLANCE_ROOM_CATCH_UP_LIMIT",
                "100000");
    }
}
