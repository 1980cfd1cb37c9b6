package chat.parlance.operations;

import chat.parlance.auth.AuthMeters;
import chat.parlance.cluster.ClusterHealth;
import chat.parlance.cluster.ClusterMember;
import chat.parlance.cluster.PeerMeters;
import chat.parlance.connection.ConnectionMeters;
import chat.parlance.http.HttpMeters;
import chat.parlance.limit.LimitMeters;
import chat.parlance.persistence.PoolState;
import chat.parlance.persistence.StoreMeters;
import chat.parlance.persistence.Workload;
import chat.parlance.room.RoomMeters;
import chat.parlance.search.SearchIndexer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmHeapPressureMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** All meters of a node, in Prometheus's format. They may be used from any thread. */
public final class Metrics {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Meters meters = new Meters(registry);
    private final RoomMetrics rooms;
    private final ConnectionMetrics connections;
    private final StoreMetrics store;
    private final PeerMetrics peers;
    private final LimitMetrics limits;
    private final AuthMetrics auth;
    private final HttpMetrics http;

    /** Meters of a node without a configured name. */
    public Metrics() {
        this("");
    }

    /**
     * @param node the configured name, for the label {@code node} of all meters. Empty: no label, for with a name that is
     *     made at each start every restart would begin new series.
     */
    @SuppressWarnings("resource") // The collector listens as long as the process lives.
    public Metrics(String node) {
        if (!node.isEmpty()) {
            registry.config().commonTags("node", node);
        }
        rooms = new RoomMetrics(meters);
        connections = new ConnectionMetrics(meters);
        store = new StoreMetrics(meters);
        peers = new PeerMetrics(meters);
        limits = new LimitMetrics(meters);
        auth = new AuthMetrics(meters);
        http = new HttpMetrics(meters);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmGcMetrics().bindTo(registry);
        new JvmHeapPressureMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
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

    public AuthMeters auth() {
        return auth;
    }

    public HttpMeters http() {
        return http;
    }

    /** Adds a gauge that is always 1, whose labels describe the build and name the node. */
    public void describe(NodeBuild build) {
        Gauge.builder("parlance.build.info", () -> 1)
                .description("Always 1; the labels describe the build and name the node")
                .tag("name", build.node())
                .tag("version", build.version())
                .tag("commit", build.commit())
                .tag("schema", Integer.toString(build.schema()))
                .tag("java", Runtime.version().toString())
                .register(registry);
    }

    /**
     * Adds a gauge of the node's readiness.
     *
     * @param ready true when the node can serve clients now; called on any thread
     */
    public void observeReadiness(BooleanSupplier ready) {
        meters.gauge("parlance.ready", "1 when the node can serve clients", () -> ready.getAsBoolean() ? 1 : 0);
    }

    /**
     * Adds a gauge of the passwords that wait for their hash.
     *
     * @param queued called on any thread
     */
    public void countHashes(IntSupplier queued) {
        meters.gauge("parlance.hashes.queued", "Passwords that are hashed or wait for it", queued::getAsInt);
    }

    /**
     * Adds gauges of the pools of connections to Postgres.
     *
     * @param pools state of the pool of one kind of work; called on any thread
     */
    public void observePools(Function<Workload, PoolState> pools) {
        for (Workload workload : Workload.values()) {
            gauge(
                    workload,
                    "connections",
                    "Open connections",
                    () -> pools.apply(workload).connections());
            gauge(
                    workload,
                    "connections.max",
                    "Limit of the open connections",
                    () -> pools.apply(workload).maxConnections());
            gauge(
                    workload,
                    "pending",
                    "Statements and transactions without an answer",
                    () -> pools.apply(workload).pending());
        }
    }

    private void gauge(Workload workload, String name, String description, Supplier<Number> value) {
        Gauge.builder("parlance.postgres." + name, value)
                .description(description)
                .tag("for", Meters.label(workload))
                .register(registry);
    }

    /**
     * Adds gauges of the search indexer; a node without the persistence role has none.
     *
     * @param backlog called on any thread
     */
    public void observeIndexer(Supplier<SearchIndexer.Backlog> backlog) {
        meters.gauge(
                "parlance.search.index.rooms",
                "Rooms with messages that are not indexed yet",
                () -> backlog.get().rooms());
        Gauge.builder("parlance.search.index.lag", () -> backlog.get().nanoseconds() / 1e9)
                .description("Time since the search indexer last had no work; 0 when it has none")
                .baseUnit("seconds")
                .register(registry);
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
     * @param limit of {@code limits.connections}
     */
    public void countConnections(IntSupplier open, int limit) {
        meters.gauge("parlance.http.connections.max", "Value of limits.connections", () -> limit);
        meters.gauge(
                "parlance.http.connections", "Connections of the public port, WebSockets among them", open::getAsInt);
    }

    /**
     * Adds gauges of the node's view of its cluster; zeros on a node without one.
     *
     * @param health called on any thread
     * @param members called on any thread
     */
    public void observeCluster(Supplier<Optional<ClusterHealth>> health, Supplier<List<ClusterMember>> members) {
        meters.gauge(
                "parlance.cluster.members",
                "Members of the cluster that this node knows, itself too",
                () -> members.get().size());
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
