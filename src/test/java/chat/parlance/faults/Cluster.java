package chat.parlance.faults;

import chat.parlance.persistence.PostgresUri;
import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.TestNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Three node processes on one Postgres, each at an address of its own that it keeps. */
final class Cluster implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int HTTP_PORT = 8080;
    private static final int MANAGEMENT_PORT = 8081;
    private static final int CLUSTER_PORT = 5701;
    private static final Pattern HISTOGRAM_TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
    private static final int LOOK_MS = 20;
    private static final int READY_TIMEOUT_SECONDS = 1;
    private static final int METRICS_TIMEOUT_SECONDS = 30;

    private record Place(Host host, int httpPort, int managementPort, int clusterPort) {

        String address() {
            return host.address() + ":" + httpPort;
        }
    }

    private final List<Place> places;
    private final Map<String, String> common;
    private final List<NodeProcess> nodes = new ArrayList<>();

    private Cluster(Network network, PostgresUri postgres) {
        this.places = network.nodes().stream()
                .map(host -> new Place(
                        host, network.port(HTTP_PORT), network.port(MANAGEMENT_PORT), network.port(CLUSTER_PORT)))
                .toList();
        this.common = common(postgres);
    }

    /** Starts all nodes, and waits until they are ready. */
    static Cluster start(Network network, PostgresUri postgres) {
        Cluster cluster = new Cluster(network, postgres);
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

    /** As {@code kill -9} does. */
    void kill(int node) {
        nodes.get(node).kill();
        nodes.get(node).awaitEnd();
    }

    /** As {@code kill} does, and waits. */
    void stop(int node) {
        nodes.get(node).stop();
    }

    /** Starts a node that was stopped or killed, and waits until it is ready. */
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

    /** Whether the node says that it can serve. */
    boolean isReady(int node) {
        try {
            return ask(node, "/health/ready", READY_TIMEOUT_SECONDS, BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException silent) {
            return false;
        }
    }

    /** What a node has counted since it was started. */
    long count(int node, String metric) {
        try {
            return ask(node, "/metrics", METRICS_TIMEOUT_SECONDS, BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith(metric + " "))
                    .mapToLong(line -> (long) Double.parseDouble(line.substring(metric.length() + 1)))
                    .sum();
        } catch (IOException silent) {
            throw new UncheckedIOException(silent);
        }
    }

    /**
     * Waits until the node says that it can serve, or that it cannot.
     *
     * @return how long that took, in milliseconds
     */
    long awaitReady(int node, boolean ready, long timeoutMs) throws InterruptedException {
        long beginNs = System.nanoTime();
        while (isReady(node) != ready) {
            if (elapsedMs(beginNs) > timeoutMs) {
                throw new AssertionError(
                        "node %d is %s after %d ms".formatted(node, ready ? "not ready" : "ready", timeoutMs));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        return elapsedMs(beginNs);
    }

    /** What is alive on the node's heap, which is collected for that. */
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

    private <T> HttpResponse<T> ask(int node, String path, int timeoutSeconds, HttpResponse.BodyHandler<T> body)
            throws IOException {
        Place place = places.get(node);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://%s:%d%s".formatted(place.host().address(), place.managementPort(), path)))
                .timeout(Duration.ofSeconds(timeoutSeconds))
                .build();
        try {
            return HTTP.send(request, body);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static long elapsedMs(long sinceNs) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNs);
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
                // Nobody has to page: whoever was away gets all that came.
                "PARLANCE_ROOM_CATCH_UP_LIMIT",
                "100000",
                "PARLANCE_DRAIN_UNREADY_MS",
                "100",
                "PARLANCE_DRAIN_SPREAD_MS",
                "1000");
    }
}
