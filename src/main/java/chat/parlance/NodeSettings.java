package chat.parlance;

import chat.parlance.auth.LogInSweeper;
import chat.parlance.auth.PasswordHasher;
import chat.parlance.cluster.BusCertificates;
import chat.parlance.cluster.BusSecurity;
import chat.parlance.cluster.Cluster;
import chat.parlance.cluster.ClusterSecret;
import chat.parlance.config.ParlanceConfig;
import chat.parlance.config.ParlanceConfig.NodeRole;
import chat.parlance.connection.ConnectionLimits;
import chat.parlance.http.ClientAddress;
import chat.parlance.http.Hosts;
import chat.parlance.http.HttpVerticle;
import chat.parlance.http.Origins;
import chat.parlance.http.StrictServer;
import chat.parlance.limit.Rate;
import chat.parlance.limit.RateLimits;
import chat.parlance.persistence.Database;
import chat.parlance.room.RoomLimits;
import chat.parlance.room.SignalLimits;
import chat.parlance.room.StorePoll;
import chat.parlance.search.SearchIndexer;
import chat.parlance.text.SearchLanguage;
import chat.parlance.websocket.WebSocketVerticle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Settings of a node's parts, from the configuration. */
record NodeSettings(ParlanceConfig config) {

    boolean hasRole(NodeRole role) {
        return config.node().roles().contains(role);
    }

    /** True when a role serves clients at the public port. */
    boolean servesClients() {
        return hasRole(NodeRole.HTTP) || hasRole(NodeRole.WEBSOCKET);
    }

    /** @param id default for the name */
    String name(String id) {
        return config.node().name().isEmpty() ? id : config.node().name();
    }

    int eventLoops() {
        int configured = config.websocket().eventLoops();
        return configured == 0 ? Runtime.getRuntime().availableProcessors() : configured;
    }

    /**
     * @param nodeId of this node
     * @param authKey secret of a cluster without one of its own
     */
    Cluster.Settings cluster(String nodeId, String authKey) {
        ParlanceConfig.Cluster cluster = config.cluster();
        String secret = cluster.secret().isEmpty() ? authKey : cluster.secret().expose();
        return new Cluster.Settings(
                new Cluster.NodeIdentity(nodeId, name(nodeId)),
                cluster.name(),
                new ClusterSecret(secret),
                cluster.host(),
                cluster.port(),
                cluster.members());
    }

    BusSecurity busSecurity() {
        ParlanceConfig.Tls tls = config.cluster().tls();
        BusCertificates certificates = tls.certificate().isEmpty()
                ? null
                : new BusCertificates(Path.of(tls.certificate()), Path.of(tls.key()), Path.of(tls.authority()));
        return new BusSecurity(certificates, config.cluster().maxFrameBytes());
    }

    Cluster.BusSettings bus() {
        return new Cluster.BusSettings(
                config.cluster().digestIntervalMs(),
                config.cluster().inFlightLimitBytes(),
                config.presence().intervalMs(),
                config.presence().maxListed());
    }

    Database.Settings database() {
        return new Database.Settings(
                new Database.Pool(
                        config.postgres().readConnections(), config.postgres().maxWaitingReads()),
                new Database.Pool(
                        config.postgres().changeConnections(), config.postgres().maxWaitingChanges()),
                new Database.Pool(config.search().connections(), config.search().maxWaiting()),
                config.search().perUser(),
                config.postgres().statementTimeoutMs(),
                config.postgres().lockTimeoutMs(),
                config.persistence().appendTimeoutMs(),
                config.persistence().writers(),
                config.persistence().lockWaiters(),
                config.persistence().maxBatch(),
                config.persistence().maxQueued(),
                config.persistence().maxQueuedPerRoom(),
                config.room().maxTextBytes(),
                hasRole(ParlanceConfig.NodeRole.PERSISTENCE),
                new Database.UserLimits(
                        config.auth().maxFailures(),
                        config.auth().failureWindowSeconds(),
                        config.auth().maxSessions(),
                        config.limits().enabled() ? config.limits().userRooms() : Integer.MAX_VALUE));
    }

    LogInSweeper.Settings sweep() {
        return new LogInSweeper.Settings(
                Duration.ofMillis(config.auth().sweepIntervalMs()),
                revocationsKept(),
                Duration.ofSeconds(config.auth().failureWindowSeconds()));
    }

    /** Names of the site, which are refused as passwords. */
    List<String> siteWords() {
        List<String> words = new ArrayList<>(List.of("parlance", config.auth().issuer()));
        config.http().allowedOrigins().forEach(origin -> words.add(origin.replaceFirst("https?://", "")));
        return words;
    }

    /**
     * Time that revoked sessions are remembered: as long as their tokens may be valid, on clocks that are wrong by an
     * hour.
     */
    Duration revocationsKept() {
        return Duration.ofSeconds(config.auth().accessTokenSeconds()).plus(Duration.ofHours(1));
    }

    StorePoll.Settings watch() {
        return new StorePoll.Settings(
                config.watch().intervalMs(), config.watch().leaseMs());
    }

    /** Languages whose inflected words a search finds. */
    Set<SearchLanguage> searchLanguages() {
        return config.search().languages();
    }

    SearchIndexer.Settings indexer() {
        return new SearchIndexer.Settings(
                config.search().indexBatch(), config.search().indexShare());
    }

    PasswordHasher.Cost passwordCost() {
        return new PasswordHasher.Cost(
                config.auth().argon2MemoryKib(), config.auth().argon2Iterations());
    }

    PasswordHasher.Limits hashes() {
        return new PasswordHasher.Limits(
                config.auth().hashQueue(), config.auth().hashesPerConnection());
    }

    Duration refreshTokenLife() {
        return Duration.ofDays(config.auth().refreshTokenDays());
    }

    Duration refreshGrace() {
        return Duration.ofSeconds(config.auth().refreshGraceSeconds());
    }

    RateLimits.Settings rates() {
        ParlanceConfig.Limits limits = config.limits();
        return new RateLimits.Settings(
                limits.enabled(),
                Rate.perSecond(limits.connectionPerSecond(), limits.connectionBurst()),
                Rate.perSecond(limits.userPerSecond(), limits.userBurst()),
                new RateLimits.Connections(
                        limits.connections(),
                        limits.addressConnections(),
                        limits.unprovenConnections(),
                        limits.userConnections()),
                new RateLimits.Requests(
                        Rate.perSecond(limits.addressPerSecond(), limits.addressBurst()),
                        Rate.perSecond(limits.filesPerSecond(), limits.filesBurst()),
                        Rate.perSecond(limits.handshakesPerSecond(), limits.handshakeBurst())),
                Rate.perMinute(limits.loginsPerMinute(), limits.loginBurst()),
                Rate.perHour(limits.registrationsPerHour(), limits.registrationBurst()));
    }

    RoomLimits room() {
        ParlanceConfig.Room room = config.room();
        return new RoomLimits(room.maxTextBytes(), room.replayOnJoin(), room.catchUpLimit(), room.gapGraceMs());
    }

    SignalLimits signal() {
        return new SignalLimits(
                config.signal().readIntervalMs(), config.signal().typingIntervalMs());
    }

    Origins origins() {
        return new Origins(new HashSet<>(config.http().allowedOrigins()));
    }

    /** @param node the node's name */
    WebSocketVerticle.Settings webSocket(String node) {
        return new WebSocketVerticle.Settings(
                node,
                origins(),
                config.drain().spreadMs(),
                config.watch().leaseMs(),
                config.watch().cutOffAfterMs(),
                config.signal().typingExpiresMs(),
                connection());
    }

    ConnectionLimits connection() {
        ParlanceConfig.WebSocket limits = config.websocket();
        return new ConnectionLimits(
                config.room().maxTextBytes(),
                limits.maxMessageBytes(),
                limits.maxFragments(),
                limits.outboundLimitBytes(),
                limits.authTimeoutMs(),
                limits.lineLoginTimeoutMs(),
                limits.pingIntervalMs(),
                limits.pongTimeoutMs(),
                config.presence().leaseMs(),
                limits.maxPingsPerSecond(),
                limits.maxPendingRequests(),
                config.limits().maxRefusals(),
                config.limits().lineWaitMs(),
                limits.maxRooms());
    }

    HttpVerticle.Settings http() {
        ParlanceConfig.Http http = config.http();
        return new HttpVerticle.Settings(http.host(), http.port(), http.maxBodyBytes(), rules(http.host()));
    }

    /** @param listenHost address at which the server listens */
    StrictServer.Rules rules(String listenHost) {
        ParlanceConfig.Http http = config.http();
        return new StrictServer.Rules(
                new StrictServer.Timeouts(http.requestTimeoutMs(), http.idleTimeoutSeconds()),
                config.limits().maxRefusals(),
                Hosts.of(listenHost, http.allowedOrigins(), addresses()));
    }

    ClientAddress addresses() {
        return new ClientAddress(config.http().trustedProxies());
    }
}
