package chat.parlance.operations;

import chat.parlance.cluster.ClusterHealth;
import chat.parlance.cluster.ClusterMember;
import chat.parlance.error.ErrorCode;
import chat.parlance.http.StrictServer;
import chat.parlance.limit.OpenConnections;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The management port, not for the public: {@code /metrics}, {@code /health/live}, and the node's readiness: {@code
 * /health/ready} with 503 when it cannot, {@code /health/balancer} with 404, which HAProxy's {@code http-check
 * disable-on-404} reads as "send no new connections, but keep the present ones"; and {@code /cluster}, the members of the
 * cluster by name, and if their digests arrive.
 */
public final class ManagementVerticle extends VerticleBase {

    private static final String PORT = "management";
    private static final int MAX_CONNECTIONS = 256;

    private final ManagementSettings settings;
    private final StrictServer.Rules rules;
    private final OpenConnections<String> connections =
            new OpenConnections<>(MAX_CONNECTIONS, ErrorCode.SERVER_OVERLOADED);
    private final Metrics metrics;
    private final BooleanSupplier ready;
    private final Supplier<Optional<ClusterHealth>> cluster;
    private final Supplier<List<ClusterMember>> members;
    private @Nullable HttpServer server;

    /**
     * @param ready true when the node can serve clients now
     * @param cluster the node's view of its cluster; empty when it has none
     * @param members of the cluster; empty when the node has none
     */
    public ManagementVerticle(
            ManagementSettings settings,
            StrictServer.Rules rules,
            Metrics metrics,
            BooleanSupplier ready,
            Supplier<Optional<ClusterHealth>> cluster,
            Supplier<List<ClusterMember>> members) {
        this.members = members;
        this.settings = settings;
        this.rules = rules;
        this.metrics = metrics;
        this.ready = ready;
        this.cluster = cluster;
    }

    @Override
    public Future<?> start() {
        HttpServerOptions options =
                new HttpServerOptions().setHost(settings.host()).setPort(settings.port());
        HttpServer created = StrictServer.create(vertx, options, rules, peer -> connections.take(PORT), this::answer);
        return StrictServer.listen(created, settings.listenAddress()).onSuccess(listening -> server = listening);
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.close();
    }

    /** Bound port. */
    public int port() {
        return server == null ? -1 : server.actualPort();
    }

    private void answer(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            request.response()
                    .setStatusCode(405)
                    .putHeader("Allow", "GET, HEAD")
                    .end();
            return;
        }
        switch (request.path()) {
            case "/health/live" -> answerHealth(request, status(true), 200);
            case "/health/ready" -> {
                boolean serves = ready.getAsBoolean();
                answerHealth(request, describeCluster(status(serves)), serves ? 200 : 503);
            }
            case "/health/balancer" -> {
                boolean serves = ready.getAsBoolean();
                answerHealth(request, status(serves), serves ? 200 : 404);
            }
            case "/cluster" -> answerHealth(request, describeMembers(), 200);
            case "/metrics" ->
                request.response()
                        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(metrics.scrape());
            default -> request.response().setStatusCode(404).end();
        }
    }

    private static JsonObject status(boolean healthy) {
        return new JsonObject().put("status", healthy ? "UP" : "DOWN");
    }

    /** Adds the cluster to the body. A node that is alone still serves, so the status stays. */
    private JsonObject describeCluster(JsonObject body) {
        cluster.get()
                .ifPresent(seen -> body.put(
                        "cluster",
                        new JsonObject()
                                .put("peers", seen.peers())
                                .put("knownAddresses", seen.knownAddresses())
                                .put("alone", seen.alone())));
        return body;
    }

    private JsonObject describeMembers() {
        JsonArray described = new JsonArray();
        members.get()
                .forEach(member -> described.add(new JsonObject()
                        .put("name", member.name())
                        .put("address", member.address())
                        .put("self", member.self())
                        .put("heard", member.heard())));
        return new JsonObject().put("members", described);
    }

    private static void answerHealth(HttpServerRequest request, JsonObject body, int code) {
        request.response()
                .setStatusCode(code)
                .putHeader("Content-Type", "application/json")
                .end(body.toBuffer());
    }
}
