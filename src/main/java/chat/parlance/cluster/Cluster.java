package chat.parlance.cluster;

import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryYamlConfig;
import com.hazelcast.core.Hazelcast;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Forms the cluster over Hazelcast and starts Vert.x in it. */
public final class Cluster {

    private static final String RESOURCE = "/conf/hazelcast.yaml";
    private static final int PING_MS = 2500;

    /**
     * @param name nodes of another name are strangers
     * @param host the address to bind, in which a * stands for any number
     * @param port the first port to try for Hazelcast
     * @param busPort of the event bus, 0 for any free one
     * @param members host or host:port of nodes to look for
     */
    public record Settings(String name, String host, int port, int busPort, List<String> members) {}

    private Cluster() {}

    /** Joins the cluster, or begins one when there is none. Takes seconds. */
    public static Future<Vertx> join(VertxOptions options, Settings settings) {
        return Future.succeededFuture().compose(begin -> {
            HazelcastClusterManager manager = new HazelcastClusterManager(config(settings));
            return Vertx.builder().with(options).withClusterManager(manager).buildClustered();
        });
    }

    /** Where the event bus of a node listens: the address that Hazelcast chose. */
    public static EventBusOptions busOptions(int busPort) {
        return new EventBusOptions()
                .setPort(busPort)
                .setClusterPingInterval(PING_MS)
                .setClusterPingReplyInterval(PING_MS);
    }

    /** Begins the conversation of the nodes about rooms; on a lone node there is nobody to talk to. */
    public static Future<ClusterNodeBus> bus(
            Vertx vertx, String node, int digestIntervalMs, long inFlightLimitBytes, PeerMeters meters) {
        return ClusterNodeBus.start(vertx, node, digestIntervalMs, inFlightLimitBytes, meters)
                .onSuccess(bus -> {
                    if (vertx.isClustered()) {
                        Hazelcast.getAllHazelcastInstances()
                                .forEach(instance -> instance.getCluster()
                                        .addMembershipListener(new MembershipAdapter() {
                                            @Override
                                            public void memberRemoved(MembershipEvent event) {
                                                bus.left(event.getMember()
                                                        .getUuid()
                                                        .toString());
                                            }
                                        }));
                    }
                });
    }

    private static Config config(Settings settings) {
        Config config = new InMemoryYamlConfig(yaml());
        config.setClusterName(settings.name());
        config.getNetworkConfig().setPort(settings.port());
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface(settings.host());
        config.getNetworkConfig().getJoin().getTcpIpConfig().setMembers(settings.members());
        return config;
    }

    private static String yaml() {
        try (InputStream in = Objects.requireNonNull(Cluster.class.getResourceAsStream(RESOURCE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
