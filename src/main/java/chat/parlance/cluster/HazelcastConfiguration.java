package chat.parlance.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryYamlConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Configuration of a node's Hazelcast member: conf/hazelcast.yaml, and the settings that differ between nodes. */
final class HazelcastConfiguration {

    /** The attribute in which Vert.x expects a member's node id, which is also Parlance's id of the node. */
    static final String NODE_ID = "__vertx.nodeId";

    /** The attribute with a member's name, for operators. */
    static final String NODE_NAME = "parlance.nodeName";

    private static final String RESOURCE = "/conf/hazelcast.yaml";

    private HazelcastConfiguration() {}

    /**
     * Builds the configuration of one node.
     *
     * @param address the only address to bind
     */
    static Config of(NodeIdentity identity, ClusterSettings.Joining settings, InetAddress address) {
        Config config = new InMemoryYamlConfig(yaml());
        config.setClusterName(settings.name());
        config.setClassLoader(new AllowedClasses(HazelcastConfiguration.class.getClassLoader()));
        config.getSerializationConfig().setJavaSerializationFilterConfig(AllowedClasses.filter());
        config.getMemberAttributeConfig().setAttribute(NODE_ID, identity.id()).setAttribute(NODE_NAME, identity.name());
        config.getNetworkConfig().setPort(settings.port()).setPortCount(MemberAddresses.OWN_PORTS);
        config.setProperty("hazelcast.local.localAddress", address.getHostAddress());
        return config;
    }

    private static String yaml() {
        try (InputStream in = Objects.requireNonNull(HazelcastConfiguration.class.getResourceAsStream(RESOURCE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
