package chat.parlance.cluster;

import static com.hazelcast.internal.util.ThreadAffinity.newSystemThreadAffinity;

import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.internal.cluster.Joiner;
import com.hazelcast.internal.networking.Networking;
import com.hazelcast.internal.networking.nio.NioNetworking;
import com.hazelcast.internal.server.Server;
import com.hazelcast.internal.server.tcp.LocalAddressRegistry;
import com.hazelcast.internal.server.tcp.ServerSocketRegistry;
import com.hazelcast.internal.server.tcp.TcpServer;
import com.hazelcast.internal.server.tcp.TcpServerConnectionChannelErrorHandler;
import com.hazelcast.internal.server.tcp.TcpServerContext;
import com.hazelcast.spi.properties.ClusterProperty;
import com.hazelcast.spi.properties.HazelcastProperties;
import java.util.concurrent.TimeUnit;

/**
 * Parts of a Hazelcast member that are this project's own: connections on which both sides prove the cluster's secret,
 * and the joiner that resolves names. Hazelcast's open edition has settings for neither; both depend on internal
 * classes of the pinned version.
 */
final class HazelcastNode extends DefaultNodeContext {

    private static final int SWEEP_MS = 1000;

    private final JoinKey key;
    private final MemberAddresses addresses;
    private final Runnable refused;

    /** @param refused called for each connection of a stranger that is refused */
    HazelcastNode(JoinKey key, MemberAddresses addresses, Runnable refused) {
        this.key = key;
        this.addresses = addresses;
        this.refused = refused;
    }

    @Override
    public Joiner createJoiner(Node node) {
        return new MemberJoiner(node, addresses);
    }

    @Override
    public Server createServer(Node node, ServerSocketRegistry sockets, LocalAddressRegistry addressRegistry) {
        TcpServerContext context = new TcpServerContext(node, node.getNodeEngine());
        PendingJoins joins = new PendingJoins(System::nanoTime, refused);
        var _ = node.getNodeEngine()
                .getExecutionService()
                .scheduleWithRepetition(joins::closeLate, SWEEP_MS, SWEEP_MS, TimeUnit.MILLISECONDS);
        MemberChannels channels = new MemberChannels(context, key, joins);
        return new TcpServer(
                node.getConfig(),
                context,
                sockets,
                addressRegistry,
                node.getNodeEngine().getMetricsRegistry(),
                networking(node),
                qualifier -> channels);
    }

    /** The networking that {@link DefaultNodeContext} creates. */
    private static Networking networking(Node node) {
        HazelcastProperties properties = node.getProperties();
        return new NioNetworking(new NioNetworking.Context()
                .loggingService(node.loggingService)
                .metricsRegistry(node.getNodeEngine().getMetricsRegistry())
                .threadNamePrefix(node.hazelcastInstance.getName())
                .errorHandler(new TcpServerConnectionChannelErrorHandler(
                        node.getLogger(TcpServerConnectionChannelErrorHandler.class)))
                .inputThreadCount(properties.getInteger(ClusterProperty.IO_INPUT_THREAD_COUNT))
                .inputThreadAffinity(newSystemThreadAffinity("hazelcast.io.input.thread.affinity"))
                .outputThreadCount(properties.getInteger(ClusterProperty.IO_OUTPUT_THREAD_COUNT))
                .outputThreadAffinity(newSystemThreadAffinity("hazelcast.io.output.thread.affinity"))
                .balancerIntervalSeconds(properties.getInteger(ClusterProperty.IO_BALANCER_INTERVAL_SECONDS))
                .writeThroughEnabled(properties.getBoolean(ClusterProperty.IO_WRITE_THROUGH_ENABLED))
                .concurrencyDetection(node.getNodeEngine().getConcurrencyDetection()));
    }
}
