package chat.parlance.cluster;

import chat.parlance.room.PresenceSettings;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** A node's Vert.x, alone or in a cluster that Hazelcast forms. */
public final class Cluster {

    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

    /** Ports of its own address that a member tries, from {@code cluster.port} on. */
    public static final int MEMBER_PORTS = MemberAddresses.OWN_PORTS;

    private static final int PING_MS = 2500;

    /**
     * Silence after which a connection of the bus is cut, on which not even a pong arrives. The bus alone would only
     * close it, which first waits until TCP has delivered the written data: minutes, when packets were dropped that
     * long. TLS first sends its own close, for three seconds at most.
     */
    private static final int SILENT_MS = 2 * PING_MS;

    /** Connect timeout: an attempt that started while packets were dropped must not outlast that for long. */
    private static final int CONNECT_TIMEOUT_MS = 2000;

    private final Vertx vertx;
    private final String nodeId;
    private final @Nullable Membership membership;
    private volatile @Nullable PeerWatch watch;
    private volatile @Nullable ClusterNodeBus bus;

    /** A member of Hazelcast, and its source of addresses of other members. */
    private record Membership(HazelcastInstance member, MemberAddresses addresses) {

        int port() {
            return member.getCluster().getLocalMember().getAddress().getPort();
        }
    }

    private Cluster(Vertx vertx, String nodeId, @Nullable Membership membership) {
        this.vertx = vertx;
        this.nodeId = nodeId;
        this.membership = membership;
    }

    /** Starts Vert.x for a node without a cluster. */
    public static Cluster alone(VertxOptions options, String nodeId) {
        return new Cluster(
                Vertx.builder().with(options).withTransport(new NodeTransport()).build(), nodeId, null);
    }

    /**
     * Address of this machine that {@code cluster.host} stands for.
     *
     * @throws chat.parlance.error.StartupException when there is none
     */
    public static InetAddress localAddress(String host) {
        return LocalAddress.matching(host);
    }

    /** Joins the cluster, or founds one when there is none. Takes seconds. */
    public static Future<Cluster> join(
            VertxOptions options,
            NodeIdentity identity,
            ClusterSettings.Joining settings,
            BusSecurity security,
            PeerMeters meters) {
        return Future.succeededFuture().compose(begin -> {
            InetAddress address = LocalAddress.matching(settings.host());
            EventBusOptions bus = options.getEventBusOptions().setHost(address.getHostAddress());
            security.protect(bus, settings.clusterSecret());
            MemberAddresses addresses =
                    new MemberAddresses(settings.members(), address, settings.port(), InetAddress::getAllByName);
            return member(identity, settings, address, addresses, () -> meters.refused(PeerRefusal.JOINS))
                    .compose(member -> Vertx.builder()
                            .with(options)
                            .withTransport(security.transport(bus, meters))
                            .withClusterManager(new HazelcastMembership(member))
                            .buildClustered()
                            .onFailure(failed -> member.shutdown())
                            .map(vertx -> {
                                vertx.exceptionHandler(Cluster::report);
                                return new Cluster(vertx, identity.id(), new Membership(member, addresses));
                            }));
        });
    }

    /** Starts a Hazelcast member on a separate thread, because the start blocks until the member has joined. */
    private static Future<HazelcastInstance> member(
            NodeIdentity identity,
            ClusterSettings.Joining settings,
            InetAddress address,
            MemberAddresses addresses,
            Runnable refused) {
        HazelcastNode node =
                new HazelcastNode(new JoinKey(settings.clusterSecret(), settings.name()), addresses, refused);
        return Future.fromCompletionStage(CompletableFuture.supplyAsync(
                () -> HazelcastInstanceFactory.newHazelcastInstance(
                        HazelcastConfiguration.of(identity, settings, address), null, node),
                task -> Thread.ofPlatform().name("cluster-join").start(task)));
    }

    /**
     * Logs an exception that nothing else handles. The bus throws one for each message in flight to a node that is
     * gone, after it has failed the write.
     */
    private static void report(Throwable unhandled) {
        StackTraceElement[] trace = unhandled.getStackTrace();
        boolean lost = unhandled instanceof IllegalStateException
                && trace.length > 1
                && Stream.of(trace[0], trace[1])
                        .allMatch(call -> call.getClassName().equals(Promise.class.getName()));
        LOG.atLevel(lost ? Level.DEBUG : Level.ERROR).setCause(unhandled).log("Unhandled exception");
    }

    /** Options of a node's event bus. */
    public static EventBusOptions busOptions(int busPort) {
        return new EventBusOptions()
                .setPort(busPort)
                .setConnectTimeout(CONNECT_TIMEOUT_MS)
                .setClusterPingInterval(PING_MS)
                .setClusterPingReplyInterval(PING_MS)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setReadIdleTimeout(SILENT_MS);
    }

    public Vertx vertx() {
        return vertx;
    }

    /** Id of the node, unique among the nodes, and another one after a restart. */
    public String nodeId() {
        return nodeId;
    }

    /** Starts the bus of rooms; on a lone node it stays local. */
    public Future<ClusterNodeBus> bus(ClusterSettings.Bus settings, PresenceSettings presence, PeerMeters meters) {
        ClusterMembers members = new ClusterMembers(HazelcastConfiguration.NODE_ID);
        if (membership != null) {
            membership.member().getCluster().addMembershipListener(members);
        }
        return ClusterNodeBus.start(vertx, nodeId, members::contains, settings, presence, meters)
                .onSuccess(started -> bus = started)
                .onSuccess(members::tell)
                .compose(bus -> membership == null
                        ? Future.succeededFuture(bus)
                        : observe(membership, bus, settings.digestIntervalMs()).map(observed -> bus));
    }

    private Future<?> observe(Membership joined, ClusterNodeBus bus, int digestIntervalMs) {
        PeerWatch started = new PeerWatch(bus::peers, () -> joined.addresses().others(joined.port()), digestIntervalMs);
        watch = started;
        return vertx.deployVerticle(started);
    }

    /**
     * Hosts of {@code cluster.members} without an address now. Blocks.
     *
     * @throws chat.parlance.error.StartupException when a member is neither host nor host:port
     */
    public static List<String> unresolvable(List<String> members) {
        return MemberAddresses.unresolvable(members, InetAddress::getAllByName);
    }

    /** Members of the cluster, this node too; empty on a node without one. May be called from any thread. */
    public List<ClusterMember> members() {
        ClusterNodeBus hearing = bus;
        return membership == null || hearing == null
                ? List.of()
                : membership.member().getCluster().getMembers().stream()
                        .map(member -> ClusterMember.of(member, hearing))
                        .toList();
    }

    /** This node's view of its cluster; empty on a node without one. May be called from any thread. */
    public Optional<ClusterHealth> health() {
        return Optional.ofNullable(watch).map(PeerWatch::health);
    }
}
