package chat.parlance.config;

import chat.parlance.text.SearchLanguage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Configuration of a node. The components' names, joined by dots, are the keys; {@code conf/parlance.yaml} describes
 * each key and holds its default. {@link ConfigLoader} checks types and the {@link Within ranges}, so that it can
 * report all problems at once; the constructors check rules that a range cannot express.
 */
public record ParlanceConfig(
        @Within(min = 1, max = 4096) Path data,
        Node node,
        Http http,
        Page page,
        Management management,
        Postgres postgres,
        Auth auth,
        Registration registration,
        Directory directory,
        WebSocket websocket,
        Room room,
        Signal signal,
        Presence presence,
        Limits limits,
        Watch watch,
        Persistence persistence,
        Search search,
        Cluster cluster,
        Drain drain) {

    /** Least excess of watch.leaseMs over watch.intervalMs: two polls of at least 100 ms, and the pause between them. */
    private static final int MIN_LEASE_BEYOND_INTERVAL_MS = 450;

    public ParlanceConfig {
        if (presence.leaseMs() <= websocket.pingIntervalMs()) {
            throw new InvalidSettingException("presence.leaseMs", "more than websocket.pingIntervalMs");
        }
        if (room.maxTextBytes() >= websocket.maxMessageBytes()) {
            throw new InvalidSettingException("room.maxTextBytes", "less than websocket.maxMessageBytes");
        }
    }

    private static void requireSecret(String key, Secret secret) {
        if (!secret.isEmpty()) {
            KeyRules.fault(secret.expose()).ifPresent(fault -> {
                throw new InvalidSettingException(
                        key, "empty or random, and this one " + fault + ". Make one with: openssl rand -base64 32");
            });
        }
    }

    /** Ways to get an account. */
    public enum Registration {
        OPEN,
        INVITE,
        CLOSED
    }

    /** Role of a node; each is one kind of verticle. */
    public enum NodeRole {
        HTTP,
        WEBSOCKET,
        PERSISTENCE
    }

    public record Node(
            @Within(min = 0, max = 64) String name,
            Set<NodeRole> roles,
            @Within(min = 100, max = 3_600_000) int startTimeoutMs) {
        public Node {
            roles = Set.copyOf(roles);
            if (roles.isEmpty()) {
                throw new InvalidSettingException("node.roles", "at least one role");
            }
        }
    }

    public record Http(
            @Within(min = 1, max = 255) String host,
            @Within(min = 0, max = 65_535) int port,
            List<String> allowedOrigins,
            List<String> trustedProxies,
            @Within(min = 1_024, max = 16_777_216) int maxBodyBytes,
            @Within(min = 100, max = 600_000) int requestTimeoutMs,
            @Within(min = 1, max = 3_600) int idleTimeoutSeconds) {

        public Http {
            allowedOrigins = List.copyOf(allowedOrigins);
            trustedProxies = List.copyOf(trustedProxies);
            if (!trustedProxies.stream().allMatch(proxy -> proxy.matches("[0-9a-f.:*]+"))) {
                throw new InvalidSettingException("http.trustedProxies", "addresses such as 10.0.0.1 or 172.18.*.*");
            }
            if (!allowedOrigins.stream().allMatch(Http::isOrigin)) {
                throw new InvalidSettingException(
                        "http.allowedOrigins",
                        "origins as browsers send them, such as https://chat.example.org: in lower case, without a"
                                + " path, a * or the default port");
            }
        }

        private static boolean isOrigin(String text) {
            return text.matches("https?://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?")
                    && !text.matches("http:.*:80|https:.*:443");
        }
    }

    public record Page(@Within(min = 0, max = 4_096) String folder) {

        public Page {
            if (!folder.isEmpty() && !Files.isRegularFile(Path.of(folder, "index.html"))) {
                throw new InvalidSettingException("page.folder", "empty or a folder with the page's index.html");
            }
        }
    }

    public record Management(
            @Within(min = 1, max = 255) String host,
            @Within(min = 0, max = 65_535) int port) {}

    public record Postgres(
            Secret uri,
            @Within(min = 0, max = 65_535) int embeddedPort,
            @Within(min = 1, max = 1_000) int readConnections,
            @Within(min = 1, max = 1_000_000) int maxWaitingReads,
            @Within(min = 2, max = 1_000) int changeConnections,
            @Within(min = 1, max = 1_000_000) int maxWaitingChanges,
            @Within(min = 100, max = 600_000) int startTimeoutMs,
            @Within(min = 100, max = 600_000) int statementTimeoutMs,
            @Within(min = 100, max = 600_000) int lockTimeoutMs) {

        public Postgres {
            if (!uri.isEmpty() && !uri.expose().matches("postgres(ql)?://\\S+")) {
                throw new InvalidSettingException(
                        "postgres.uri", "empty or postgresql://user:password@host:port/database");
            }
        }
    }

    public record Auth(
            Secret key,
            @Within(min = 1, max = 255) String issuer,
            @Within(min = 1, max = 600) int accessTokenSeconds,
            @Within(min = 1, max = 365) int refreshTokenDays,
            @Within(min = 0, max = 60) int refreshGraceSeconds,
            @Within(min = 19_456, max = 4_194_304) int argon2MemoryKib,
            @Within(min = 2, max = 100) int argon2Iterations,
            @Within(min = 0, max = 10_000) int hashQueue,
            @Within(min = 1, max = 10_000) int hashesPerConnection,
            @Within(min = 1, max = 1_000) int maxFailures,
            @Within(min = 1, max = 86_400) int failureWindowSeconds,
            @Within(min = 1, max = 10_000) int maxSessions,
            @Within(min = 100, max = 86_400_000) int sweepIntervalMs) {

        public Auth {
            requireSecret("auth.key", key);
        }
    }

    public record Directory(boolean open) {}

    public record WebSocket(
            @Within(min = 0, max = 1_024) int eventLoops,
            @Within(min = 1_024, max = 16_777_216) int maxMessageBytes,
            @Within(min = 1, max = 10_000) int maxFragments,
            @Within(min = 524_288, max = 1_073_741_824) int outboundLimitBytes,
            @Within(min = 100, max = 600_000) int authTimeoutMs,
            @Within(min = 100, max = 3_600_000) int lineLoginTimeoutMs,
            @Within(min = 100, max = 3_600_000) int pingIntervalMs,
            @Within(min = 100, max = 600_000) int pongTimeoutMs,
            @Within(min = 1, max = 10_000) int maxPingsPerSecond,
            @Within(min = 1, max = 100_000) int maxPendingRequests,
            @Within(min = 1, max = 100_000) int maxRooms) {}

    public record Room(
            @Within(min = 1, max = 1_048_576) int maxTextBytes,
            @Within(min = 0, max = 1_000) int replayOnJoin,
            @Within(min = 1, max = 100_000) int catchUpLimit,
            @Within(min = 1, max = 10_000) int gapGraceMs) {}

    public record Signal(
            @Within(min = 1, max = 60_000) int readIntervalMs,
            @Within(min = 0, max = 60_000) int typingIntervalMs,
            @Within(min = 100, max = 60_000) int typingExpiresMs) {

        public Signal {
            if (typingExpiresMs <= typingIntervalMs) {
                throw new InvalidSettingException("signal.typingExpiresMs", "more than signal.typingIntervalMs");
            }
        }
    }

    public record Presence(
            @Within(min = 1, max = 60_000) int intervalMs,
            @Within(min = 0, max = 10_000) int maxListed,
            @Within(min = 100, max = 3_600_000) int leaseMs) {}

    public record Limits(
            boolean enabled,
            @Within(min = 1, max = 1_000_000) int connectionPerSecond,
            @Within(min = 1, max = 1_000_000) int connectionBurst,
            @Within(min = 1, max = 1_000_000) int maxRefusals,
            @Within(min = 0, max = 600_000) int lineWaitMs,
            @Within(min = 1, max = 1_000_000) int userPerSecond,
            @Within(min = 1, max = 1_000_000) int userBurst,
            @Within(min = 1, max = 1_000_000) int userConnections,
            @Within(min = 1, max = 1_000_000) int userRooms,
            @Within(min = 1, max = 1_000_000) int connections,
            @Within(min = 1, max = 1_000_000) int addressConnections,
            @Within(min = 1, max = 1_000_000) int unprovenConnections,
            @Within(min = 1, max = 1_000_000) int addressPerSecond,
            @Within(min = 1, max = 1_000_000) int addressBurst,
            @Within(min = 1, max = 1_000_000) int filesPerSecond,
            @Within(min = 1, max = 1_000_000) int filesBurst,
            @Within(min = 1, max = 1_000_000) int handshakesPerSecond,
            @Within(min = 1, max = 1_000_000) int handshakeBurst,
            @Within(min = 1, max = 1_000_000) int loginsPerMinute,
            @Within(min = 1, max = 1_000_000) int loginBurst,
            @Within(min = 1, max = 1_000_000) int registrationsPerHour,
            @Within(min = 1, max = 1_000_000) int registrationBurst) {}

    public record Watch(
            @Within(min = 10, max = 60_000) int intervalMs,
            @Within(min = 100, max = 600_000) int leaseMs,
            @Within(min = 100, max = 3_600_000) int cutOffAfterMs) {

        public Watch {
            if (leaseMs < intervalMs + MIN_LEASE_BEYOND_INTERVAL_MS) {
                throw new InvalidSettingException(
                        "watch.leaseMs", "at least watch.intervalMs + " + MIN_LEASE_BEYOND_INTERVAL_MS);
            }
            if (cutOffAfterMs < leaseMs) {
                throw new InvalidSettingException("watch.cutOffAfterMs", "at least watch.leaseMs");
            }
        }
    }

    public record Persistence(
            @Within(min = 1, max = 64) int writers,
            @Within(min = 2, max = 64) int lockWaiters,
            @Within(min = 1, max = 10_000) int maxBatch,
            @Within(min = 1, max = 1_000_000) int maxQueued,
            @Within(min = 1, max = 1_000_000) int maxQueuedPerRoom,
            @Within(min = 100, max = 600_000) int appendTimeoutMs) {}

    public record Search(
            Set<SearchLanguage> languages,
            @Within(min = 1, max = 1_000) int connections,
            @Within(min = 1, max = 1_000_000) int maxWaiting,
            @Within(min = 1, max = 1_000_000) int perUser,
            @Within(min = 1, max = 1_000) int pageLimit,
            @Within(min = 1, max = 10_000) int indexBatch,
            @Within(min = 1, max = 100) int indexShare) {

        public Search {
            languages = Set.copyOf(languages);
        }
    }

    public record Cluster(
            boolean enabled,
            @Within(min = 1, max = 255) String name,
            Secret secret,
            @Within(min = 1, max = 255) String host,
            @Within(min = 0, max = 65_535) int port,
            @Within(min = 0, max = 65_535) int busPort,
            List<String> members,
            @Within(min = 65_536, max = 1_073_741_824) long inFlightLimitBytes,
            @Within(min = 2_097_152, max = 268_435_456) int maxFrameBytes,
            @Within(min = 100, max = 60_000) int digestIntervalMs,
            Tls tls) {

        public Cluster {
            requireSecret("cluster.secret", secret);
            members = List.copyOf(members);
        }
    }

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
    }

    public record Drain(
            @Within(min = 0, max = 600_000) int unreadyMs,
            @Within(min = 1, max = 600_000) int spreadMs,
            @Within(min = 1, max = 600_000) int timeoutMs) {}
}
