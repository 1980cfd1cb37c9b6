package chat.parlance.cluster;

import chat.parlance.setting.Secret;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import java.net.InetAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Hazelcast members in this process, configured like a node's. */
final class Members {

    static final String SECRET = "a secret for tests of at least 32 bytes";

    private Members() {}

    /** A loopback network of this test alone, without the last part of its addresses. */
    static String network() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "127.%d.%d.".formatted(random.nextInt(1, 250), random.nextInt(1, 250));
    }

    /** Settings of a member at the first address of a network that looks for others at both. */
    static ClusterSettings.Joining settings(String name, String secret, String host, String... members) {
        return new ClusterSettings.Joining(name, new Secret(secret), host, 5701, List.of(members));
    }

    /** Joins or founds a cluster. */
    static HazelcastInstance join(ClusterSettings.Joining settings) {
        InetAddress address = LocalAddress.matching(settings.host());
        MemberAddresses addresses =
                new MemberAddresses(settings.members(), address, settings.port(), InetAddress::getAllByName);
        return HazelcastInstanceFactory.newHazelcastInstance(
                HazelcastConfiguration.of(new NodeIdentity(UUID.randomUUID().toString(), "member"), settings, address),
                null,
                new HazelcastNode(new JoinKey(settings.clusterSecret(), settings.name()), addresses, () -> {}));
    }
}
