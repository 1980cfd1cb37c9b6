package chat.parlance.operations;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The management port, not for the public: {@code /metrics}, {@code /health/live}, and whether the node can serve:
 * {@code /health/ready} with 503 when it cannot, {@code /health/balancer} with 404, which HAProxy's
 * {@code http-check disable-on-404} takes for "nothing new, but leave it what it has".
 */
public final class ManagementVerticle extends VerticleBase {

    private final String host;
    private final int port;
    private final Metrics metrics;
    private final BooleanSupplier ready;
    private @Nullable HttpServer server;

    /** @param ready whether the node can serve clients now */
    public ManagementVerticle(String host, int port, Metrics metrics, BooleanSupplier ready) {
        this.host = host;
        this.port = port;
        this.metrics = metrics;
        this.ready = ready;
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
            case "/health/live" -> answerHealth(request, true, 200);
            case "/health/ready" -> answerHealth(request, ready.getAsBoolean(), 503);
            case "/health/balancer" -> answerHealth(request, ready.getAsBoolean(), 404);
            case "/metrics" ->
                request.response()
                        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(metrics.scrape());
            default -> request.response().setStatusCode(404).end();
        }
    }

    private static void answerHealth(HttpServerRequest request, boolean healthy, int codeWhenNot) {
        request.response()
                .setStatusCode(healthy ? 200 : codeWhenNot)
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject().put("status", healthy ? "UP" : "DOWN").toBuffer());
    }
}
