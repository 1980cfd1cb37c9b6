package chat.parlance.cluster;

import chat.parlance.error.StartupException;
import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryYamlConfig;
import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** A node's Vert.x, alone or in a cluster that Hazelcast forms. */
public final class Cluster {

    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

    private static final String RESOURCE = "/conf/hazelcast.yaml";
    private static final int PING_MS = 2500;

    /**
     * Then a connection of the bus on which nothing comes, not even the pong, is cut. The bus alone would only close it,
     * for which it first waits that TCP gets rid of what was written: minutes, when packets were dropped for as long. TLS says
     * goodbye first, for three seconds at most.
     */
    private static final int SILENT_MS = 2 * PING_MS;

    /** A try that began while packets were dropped must not outlast that for long. */
    private static final int CONNECT_TIMEOUT_MS = 2000;

    /** The attribute by which members of the Hazelcast cluster tell which nodes they are. */
    private static final String NODE_ID = "parlance.node";

    /**
     * @param name nodes of another name are strangers
     * @param secret proves a node to the others
     * @param host the address to bind, in which a * stands for any number
     * @param port the first port to try for Hazelcast
     * @param members host or host:port of nodes to look for
     */
    public record Settings(String name, ClusterSecret secret, String host, int port, List<String> members) {}

    /**
     * @param digestIntervalMs how often a node says that it is there and what version its rooms and users have
     * @param inFlightLimitBytes of events on their way to one node
     * @param presenceIntervalMs who came and went within it is told at once
     * @param presenceMaxListed the most users of a room that are named
     */
    public record BusSettings(
            int digestIntervalMs, long inFlightLimitBytes, int presenceIntervalMs, int presenceMaxListed) {}

    private final Vertx vertx;
    private final String nodeId;
    private final @Nullable HazelcastInstance hazelcast;

    private Cluster(Vertx vertx, String nodeId, @Nullable HazelcastInstance hazelcast) {
        this.vertx = vertx;
        this.nodeId = nodeId;
        this.hazelcast = hazelcast;
    }

    /** Starts Vert.x for a node that has no others. */
    public static Cluster alone(VertxOptions options) {
        return new Cluster(
                Vertx.builder().with(options).build(), UUID.randomUUID().toString(), null);
    }

    /** Joins the cluster, or begins one when there is none. Takes seconds. */
    public static Future<Cluster> join(
            VertxOptions options, Settings settings, BusSecurity security, PeerMeters meters) {
        return Future.succeededFuture().compose(begin -> {
            String address = localAddress(settings.host());
            String nodeId = UUID.randomUUID().toString();
            HazelcastClusterManager manager = new HazelcastClusterManager(config(settings, address, nodeId));
            EventBusOptions bus = options.getEventBusOptions().setHost(address);
            security.protect(bus, settings.secret());
            return Vertx.builder()
                    .with(options)
                    .withTransport(security.transport(bus, meters))
                    .withClusterManager(manager)
                    .buildClustered()
                    .map(vertx -> {
                        vertx.exceptionHandler(Cluster::report);
                        return new Cluster(vertx, nodeId, manager.getHazelcastInstance());
                    });
        });
    }

    /** The bus throws for each message that was on its way to a node that is gone, after it has failed its write. */
    private static void report(Throwable unhandled) {
        StackTraceElement[] trace = unhandled.getStackTrace();
        boolean lost = unhandled instanceof IllegalStateException
                && trace.length > 1
                && Stream.of(trace[0], trace[1])
                        .allMatch(call -> call.getClassName().equals(Promise.class.getName()));
        LOG.atLevel(lost ? Level.DEBUG : Level.ERROR).setCause(unhandled).log("Unhandled exception");
    }

    /** How the event bus of a node behaves towards others. */
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

    /** Unique among the nodes, and another one after a restart. */
    public String nodeId() {
        return nodeId;
    }

    /** Begins the conversation of the nodes about rooms; on a lone node there is nobody to talk to. */
    public Future<ClusterNodeBus> bus(BusSettings settings, PeerMeters meters) {
        ClusterMembers members = new ClusterMembers(NODE_ID);
        if (hazelcast != null) {
            hazelcast.getCluster().addMembershipListener(members);
        }
        return ClusterNodeBus.start(vertx, nodeId, members::contains, settings, meters)
                .onSuccess(members::tell);
    }

    private static Config config(Settings settings, String address, String nodeId) {
        Config config = new InMemoryYamlConfig(yaml());
        config.setClusterName(settings.name());
        config.getMemberAttributeConfig().setAttribute(NODE_ID, nodeId);
        config.getNetworkConfig().setPort(settings.port());
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface(address);
        // Else a member list of names makes Hazelcast take a name for its address, which other nodes may share.
        config.setProperty("hazelcast.local.localAddress", address);
        config.getNetworkConfig().getJoin().getTcpIpConfig().setMembers(settings.members());
        return config;
    }

    /** This machine's address that the pattern stands for. */
    private static String localAddress(String pattern) {
        Pattern wanted = Pattern.compile(
                Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[0-9a-f]+")));
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(InetAddress::getHostAddress)
                    .filter(address -> wanted.matcher(address).matches())
                    .findFirst()
                    .orElseThrow(() -> new StartupException(
                            "no address of this machine is " + pattern + ", which cluster.host asks for"));
        } catch (SocketException unknown) {
            throw new StartupException("the addresses of this machine are not known: " + unknown, unknown);
        }
    }

    private static String yaml() {
        try (InputStream in = Objects.requireNonNull(Cluster.class.getResourceAsStream(RESOURCE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
