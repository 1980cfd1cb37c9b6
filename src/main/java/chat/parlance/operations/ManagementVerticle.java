package chat.parlance.operations;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The management port: {@code /health/live}, {@code /health/ready} and {@code /metrics}. Not for the public. */
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
            case "/health/live" -> answerHealth(request, true);
            case "/health/ready" -> answerHealth(request, ready.getAsBoolean());
            case "/metrics" ->
                request.response()
                        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(metrics.scrape());
            default -> request.response().setStatusCode(404).end();
        }
    }

    private static void answerHealth(HttpServerRequest request, boolean healthy) {
        request.response()
                .setStatusCode(healthy ? 200 : 503)
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject().put("status", healthy ? "UP" : "DOWN").toBuffer());
    }
}
