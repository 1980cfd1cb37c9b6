package chat.parlance.cluster;

import chat.parlance.setting.InvalidSettingException;
import chat.parlance.setting.RandomKey;
import chat.parlance.setting.Secret;
import chat.parlance.setting.Unwrapped;
import chat.parlance.setting.Within;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Section {@code cluster}. */
public record ClusterSettings(
        boolean enabled,
        @Unwrapped Joining joining,
        @Unwrapped Bus bus,
        Tls tls) {

    /** Forming the cluster by Hazelcast. */
    public record Joining(
            @Within(min = 1, max = 255) String name,
            @RandomKey Secret secret,
            @Within(min = 1, max = 255) String host,
            @Within(min = 0, max = 65_535) int port,
            List<String> members) {

        public Joining {
            members = List.copyOf(members);
        }

        /** @param authKey secret of a cluster without one of its own */
        public Joining withSecretOr(String authKey) {
            return secret.isEmpty() ? new Joining(name, new Secret(authKey), host, port, members) : this;
        }

        /** @throws chat.parlance.error.StartupException when the secret is too short */
        ClusterSecret clusterSecret() {
            return new ClusterSecret(secret.expose());
        }
    }

    /** The event bus between the nodes. */
    public record Bus(
            @Within(min = 0, max = 65_535) int busPort,
            @Within(min = 65_536, max = 1_073_741_824) long inFlightLimitBytes,
            @Within(min = 2_097_152, max = 268_435_456) int maxFrameBytes,
            @Within(min = 100, max = 60_000) int digestIntervalMs) {}

    /** Files of an operator's own certificates for the event bus: all or none. */
    public record Tls(
            @Within(min = 0, max = 4_096) String certificate,
            @Within(min = 0, max = 4_096) String key,
            @Within(min = 0, max = 4_096) String authority) {

        public Tls {
            Map<String, String> files = new TreeMap<>(Map.of(
                    "cluster.tls.certificate",
                    certificate,
                    "cluster.tls.key",
                    key,
                    "cluster.tls.authority",
                    authority));
            boolean any = !certificate.isEmpty() || !key.isEmpty() || !authority.isEmpty();
            files.forEach((name, file) -> {
                if (any && file.isEmpty()) {
                    throw new InvalidSettingException(name, "a file too, or all keys of cluster.tls must be empty");
                }
            });
        }

        /** Certificates of the operator, null for those that nodes compute. */
        @Nullable
        BusCertificates certificates() {
            return certificate.isEmpty()
                    ? null
                    : new BusCertificates(Path.of(certificate), Path.of(key), Path.of(authority));
        }
    }

    /** Protection of the event bus. */
    public BusSecurity security() {
        return new BusSecurity(tls.certificates(), bus.maxFrameBytes());
    }
}
