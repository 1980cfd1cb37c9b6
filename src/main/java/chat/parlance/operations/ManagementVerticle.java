package chat.parlance.operations;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The management port, not for the public: {@code /metrics}, and the node's health. It is 200 or 503 at
 * {@code /health/live} and {@code /health/ready}; {@code /health/balancer} has 404 beside them for a node that drains,
 * which HAProxy's {@code http-check disable-on-404} takes for: nothing new, but leave it what it has.
 */
public final class ManagementVerticle extends VerticleBase {

    private final String host;
    private final int port;
    private final Metrics metrics;
    private final Supplier<Health> health;
    private @Nullable HttpServer server;

    public ManagementVerticle(String host, int port, Metrics metrics, Supplier<Health> health) {
        this.host = host;
        this.port = port;
        this.metrics = metrics;
        this.health = health;
    }

    @Override
    public Future<?> start() {
        return vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(port, host)
                .onSuccess(listening -> server = listening);
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.close();
    }

    /** The port that was bound. */
    public int port() {
        return server == null ? -1 : server.actualPort();
    }

    private void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/health/live" -> answerHealth(request, Health.UP);
            case "/health/ready" -> answerHealth(request, health.get() == Health.UP ? Health.UP : Health.DOWN);
            case "/health/balancer" -> answerHealth(request, health.get());
            case "/metrics" ->
                request.response()
                        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(metrics.scrape());
            default -> request.response().setStatusCode(404).end();
        }
    }

    private static void answerHealth(HttpServerRequest request, Health health) {
        int code = switch (health) {
            case UP -> 200;
            case DRAINING -> 404;
            case DOWN -> 503;
        };
        request.response()
                .setStatusCode(code)
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject().put("status", health.name()).toBuffer());
    }
}
