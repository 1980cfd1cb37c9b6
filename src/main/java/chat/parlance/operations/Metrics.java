package chat.parlance.operations;

import chat.parlance.cluster.ClusterHealth;
import chat.parlance.cluster.PeerMeters;
import chat.parlance.cluster.PeerRefusal;
import chat.parlance.cluster.PeerTraffic;
import chat.parlance.connection.ConnectionMeters;
import chat.parlance.limit.Limit;
import chat.parlance.limit.LimitMeters;
import chat.parlance.persistence.Purpose;
import chat.parlance.persistence.Refusal;
import chat.parlance.persistence.StoreMeters;
import chat.parlance.protocol.CloseCode;
import chat.parlance.room.RoomMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** All meters of a node, in Prometheus's format. Its methods may be called from any thread. */
public final class Metrics implements RoomMeters, ConnectionMeters, StoreMeters, PeerMeters, LimitMeters {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<CloseCode, Counter> cuts = new EnumMap<>(CloseCode.class);
    private final Map<Limit, Counter> limited =
            counters(Limit.class, "parlance.rate.limited", "Requests beyond a rate limit", "limit");
    private final Map<Purpose, Counter> asked = counters(
            Purpose.class, "parlance.postgres.requests", "Statements and transactions sent to Postgres", "for");
    private final Map<Purpose, Counter> failed = counters(
            Purpose.class,
            "parlance.postgres.failures",
            "Statements and transactions that failed or had no answer in time",
            "for");
    private final Map<Purpose, Counter> lockTimeouts = counters(
            Purpose.class,
            "parlance.postgres.lock.timeouts",
            "Statements and transactions given up because another transaction held a lock for too long",
            "for");
    private final Map<Purpose, Counter> readsRefused = counters(
            Purpose.class,
            "parlance.reads.refused",
            "Reads, searches and changes refused because too many waited",
            "for");
    private final Counter paused =
            counter("parlance.connections.paused", "Times that reading from a connection was paused");
    private final Timer ack = timer("parlance.ack", "From a post's arrival to its acknowledgement");
    private final Timer commit = timer("parlance.commit", "One batch in Postgres");
    private final DistributionSummary batch = DistributionSummary.builder("parlance.commit.messages")
            .description("Messages of one batch")
            .register(registry);
    private final Counter deliveries = counter("parlance.deliveries", "Events delivered to connections");
    private final Counter gapReads = counter("parlance.gap.reads", "Reads of events that the bus did not deliver");
    private final Counter rewinds = counter("parlance.rewinds", "Rooms whose events were ahead of the store");
    private final Counter fenced = counter("parlance.fenced.events", "Events discarded while the node was fenced");
    private final Counter passedOver = counter(
            "parlance.commit.passed.over",
            "Messages not stored with their batch because another transaction held the row of their room");
    private final Counter unknown =
            counter("parlance.commit.unknown", "Messages with an unknown outcome of the commit");
    private final Map<Refusal, Counter> refused = counters(
            Refusal.class,
            "parlance.commit.refused",
            "Messages refused because too many waited, or waited too long",
            "reason");
    private final Counter unanswered = counter(
            "parlance.append.unanswered", "Messages without a timely answer from a node with the persistence role");
    private final Counter rejected =
            counter("parlance.append.rejected", "Messages of other nodes that broke the rules and were not stored");
    private final Map<PeerTraffic, Counter> peerBytes =
            counters(PeerTraffic.class, "parlance.peer.bytes", "Bytes sent to other nodes", "of");
    private final Map<PeerTraffic, Counter> peerDropped =
            counters(PeerTraffic.class, "parlance.peer.dropped.bytes", "Bytes not sent to a node that is stuck", "of");

    private final Map<PeerRefusal, Counter> peerRefused = counters(
            PeerRefusal.class, "parlance.peer.refused", "Messages and connections refused from other nodes", "of");

    @SuppressWarnings("resource") // The collector listens as long as the process lives.
    public Metrics() {
        Gauge.builder("parlance.connections", connections, AtomicInteger::get)
                .description("WebSocket connections")
                .register(registry);
        Gauge.builder("parlance.commit.waiting", waiting, AtomicInteger::get)
                .description("Messages accepted and not yet answered")
                .register(registry);
        for (CloseCode code : CloseCode.values()) {
            cuts.put(
                    code,
                    Counter.builder("parlance.connections.cut")
                            .description("Connections that the server closed")
                            .tag("code", Integer.toString(code.code()))
                            .tag("reason", label(code))
                            .register(registry));
        }
        new JvmMemoryMetrics().bindTo(registry);
        new JvmGcMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
    }

    /**
     * Adds a gauge of the other nodes.
     *
     * @param known number of nodes that this node knows now; called on any thread
     */
    public void countPeers(IntSupplier known) {
        Gauge.builder("parlance.peers", known::getAsInt)
                .description("Other nodes whose digests arrive")
                .register(registry);
    }

    /**
     * Adds a gauge of the connections of the public port.
     *
     * @param open number of open connections; called on any thread
     */
    public void countConnections(IntSupplier open) {
        Gauge.builder("parlance.http.connections", open::getAsInt)
                .description("Connections of the public port, WebSockets among them")
                .register(registry);
    }

    /**
     * Adds gauges of the node's view of its cluster; zeros on a node without one.
     *
     * @param health called on any thread
     */
    public void observeCluster(Supplier<Optional<ClusterHealth>> health) {
        Gauge.builder(
                        "parlance.cluster.known.addresses",
                        () -> health.get().map(ClusterHealth::knownAddresses).orElse(0))
                .description("Addresses of other nodes that cluster.members names")
                .register(registry);
        Gauge.builder(
                        "parlance.cluster.alone",
                        () -> health.get().map(seen -> seen.alone() ? 1 : 0).orElse(0))
                .description("1 when cluster.members names addresses of other nodes and no digest of any arrives")
                .register(registry);
    }

    /** All meters in Prometheus's format. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void gapRead(int events) {
        gapReads.increment();
    }

    @Override
    public void delivered(int events, int subscribers) {
        deliveries.increment((double) events * subscribers);
    }

    @Override
    public void rewound() {
        rewinds.increment();
    }

    @Override
    public void fenced(int events) {
        fenced.increment(events);
    }

    @Override
    public void opened() {
        connections.incrementAndGet();
    }

    @Override
    public void closed() {
        connections.decrementAndGet();
    }

    @Override
    public void cut(CloseCode code) {
        Objects.requireNonNull(cuts.get(code)).increment();
    }

    @Override
    public void limited(Limit limit) {
        Objects.requireNonNull(limited.get(limit)).increment();
    }

    @Override
    public void acknowledged(long nanoseconds) {
        ack.record(nanoseconds, TimeUnit.NANOSECONDS);
    }

    @Override
    public void asked(Purpose purpose) {
        Objects.requireNonNull(asked.get(purpose)).increment();
    }

    @Override
    public void committed(int messages, long nanoseconds) {
        commit.record(nanoseconds, TimeUnit.NANOSECONDS);
        batch.record(messages);
    }

    @Override
    public void waiting(int messages) {
        waiting.addAndGet(messages);
    }

    @Override
    public void unknown(int messages) {
        unknown.increment(messages);
    }

    @Override
    public void refused(Refusal refusal) {
        Objects.requireNonNull(refused.get(refusal)).increment();
    }

    @Override
    public void unanswered(int messages) {
        unanswered.increment(messages);
    }

    @Override
    public void rejected() {
        rejected.increment();
    }

    @Override
    public void failed(Purpose purpose) {
        Objects.requireNonNull(failed.get(purpose)).increment();
    }

    @Override
    public void lockTimedOut(Purpose purpose) {
        Objects.requireNonNull(lockTimeouts.get(purpose)).increment();
    }

    @Override
    public void passedOver(int messages) {
        passedOver.increment(messages);
    }

    @Override
    public void readRefused(Purpose purpose) {
        Objects.requireNonNull(readsRefused.get(purpose)).increment();
    }

    @Override
    public void paused() {
        paused.increment();
    }

    @Override
    public void sent(PeerTraffic traffic, int bytes) {
        Objects.requireNonNull(peerBytes.get(traffic)).increment(bytes);
    }

    @Override
    public void dropped(PeerTraffic traffic, int bytes) {
        Objects.requireNonNull(peerDropped.get(traffic)).increment(bytes);
    }

    @Override
    public void refused(PeerRefusal of) {
        Objects.requireNonNull(peerRefused.get(of)).increment();
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .publishPercentileHistogram()
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    /** One counter for each constant, which is the value of the label. */
    private <E extends Enum<E>> Map<E, Counter> counters(Class<E> type, String name, String description, String label) {
        Map<E, Counter> counters = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            counters.put(
                    constant,
                    Counter.builder(name)
                            .description(description)
                            .tag(label, label(constant))
                            .register(registry));
        }
        return counters;
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
