package chat.parlance.operations;

import chat.parlance.cluster.ClusterHealth;
import chat.parlance.cluster.PeerMeters;
import chat.parlance.connection.ConnectionMeters;
import chat.parlance.limit.LimitMeters;
import chat.parlance.persistence.StoreMeters;
import chat.parlance.room.RoomMeters;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** All meters of a node, in Prometheus's format. They may be used from any thread. */
public final class Metrics {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Meters meters = new Meters(registry);
    private final RoomMetrics rooms = new RoomMetrics(meters);
    private final ConnectionMetrics connections = new ConnectionMetrics(meters);
    private final StoreMetrics store = new StoreMetrics(meters);
    private final PeerMetrics peers = new PeerMetrics(meters);
    private final LimitMetrics limits = new LimitMetrics(meters);

    @SuppressWarnings("resource") // The collector listens as long as the process lives.
    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmGcMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
    }

    public RoomMeters rooms() {
        return rooms;
    }

    public ConnectionMeters connections() {
        return connections;
    }

    public StoreMeters store() {
        return store;
    }

    public PeerMeters peers() {
        return peers;
    }

    public LimitMeters limits() {
        return limits;
    }

    /**
     * Adds a gauge of the other nodes.
     *
     * @param known number of nodes that this node knows now; called on any thread
     */
    public void countPeers(IntSupplier known) {
        meters.gauge("parlance.peers", "Other nodes whose digests arrive", known::getAsInt);
    }

    /**
     * Adds a gauge of the connections of the public port.
     *
     * @param open number of open connections; called on any thread
     */
    public void countConnections(IntSupplier open) {
        meters.gauge(
                "parlance.http.connections", "Connections of the public port, WebSockets among them", open::getAsInt);
    }

    /**
     * Adds gauges of the node's view of its cluster; zeros on a node without one.
     *
     * @param health called on any thread
     */
    public void observeCluster(Supplier<Optional<ClusterHealth>> health) {
        meters.gauge(
                "parlance.cluster.known.addresses",
                "Addresses of other nodes that cluster.members names",
                () -> health.get().map(ClusterHealth::knownAddresses).orElse(0));
        meters.gauge(
                "parlance.cluster.alone",
                "1 when cluster.members names addresses of other nodes and no digest of any arrives",
                () -> health.get().map(seen -> seen.alone() ? 1 : 0).orElse(0));
    }

    /** All meters in Prometheus's format. */
    public String scrape() {
        return registry.scrape();
    }
}
