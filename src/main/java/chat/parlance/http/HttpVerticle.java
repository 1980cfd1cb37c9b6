package chat.parlance.http;

import chat.parlance.error.ChatException;
import chat.parlance.limit.RateLimits;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Binds the public port on one event loop and routes the requests. Several instances share the port; a connection stays
 * on the event loop that accepted it, and so does a WebSocket that it becomes.
 */
public final class HttpVerticle extends VerticleBase {

    private static final int SHUTDOWN_TIMEOUT_SECONDS = 3;

    /** Statuses of requests that fail before or after their route. */
    private static final List<Integer> FAILURES = List.of(400, 404, 500);

    private final HttpSettings settings;
    private final StrictServer.Rules rules;
    private final HttpServerOptions webSocketOptions;
    private final ClientAddress addresses;
    private final Origins origins;
    private final RateLimits limits;
    private final HttpMeters meters;
    private final List<Routes> routes;
    private @Nullable HttpServer server;

    /**
     * @param rules of connections before they become WebSockets
     * @param webSocketOptions WebSocket options of the server, for the routes that upgrade
     */
    public HttpVerticle(
            HttpSettings settings,
            StrictServer.Rules rules,
            HttpServerOptions webSocketOptions,
            RateLimits limits,
            HttpMeters meters,
            List<Routes> routes) {
        this.meters = meters;
        this.settings = settings;
        this.rules = rules;
        this.webSocketOptions = webSocketOptions;
        this.addresses = settings.addresses();
        this.origins = settings.origins();
        this.limits = limits;
        this.routes = routes;
    }

    @Override
    public Future<?> start() {
        HttpServerOptions options =
                new HttpServerOptions(webSocketOptions).setHost(settings.host()).setPort(settings.port());
        HttpServer created = StrictServer.create(
                vertx,
                options,
                rules,
                peer -> limits.accepted(addresses.ofPeer(peer)),
                RequestHeads.checkTarget(router(), request -> limits.file(addresses.of(request))));
        return StrictServer.listen(created, settings.listenAddress()).onSuccess(listening -> server = listening);
    }

    /** Accepts no new requests and finishes the pending ones, in bounded time. */
    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.shutdown(SHUTDOWN_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** Bound public port, which the system chose when the configured one is 0. */
    public int port() {
        return server == null ? -1 : server.actualPort();
    }

    private Router router() {
        Router router = Router.router(vertx);
        CrossOrigin crossOrigin = new CrossOrigin(origins);
        router.route().handler(context -> RequestRoute.observe(context, meters));
        router.route().handler(new ClientScheme(addresses, origins)::find);
        router.route().handler(SecurityHeaders::add);
        router.route().failureHandler(Problems::answer);
        router.route().handler(addresses::find);
        router.route("/parlance-client*").handler(crossOrigin::open);
        // Before the limits, so that a page of an allowed origin can read their refusals.
        router.route(ApiDescription.BASE + "/*").handler(crossOrigin::open);
        router.route().handler(this::limit);
        router.route().handler(HttpVerticle::refuseTokenInUrl);
        router.route().handler(RequestHeads::checkExpectation);
        router.route(ApiDescription.BASE + "/*").handler(crossOrigin::guard);
        router.route("/api/*").handler(RequestHeads::checkMediaType);
        router.route("/api/*")
                .method(HttpMethod.POST)
                .method(HttpMethod.PUT)
                .method(HttpMethod.PATCH)
                .method(HttpMethod.DELETE)
                .handler(BodyHandler.create(false).setBodyLimit(settings.maxBodyBytes()));
        routes.forEach(some -> some.mount(router));
        AllowedMethods.addHead(router);
        for (int status : FAILURES) {
            router.errorHandler(status, Problems::answer);
        }
        router.errorHandler(405, AllowedMethods::refuse);
        return router;
    }

    /**
     * Counts a request by the address of its client. Those that a page of another site can make a browser send do not
     * count as REST, or such a page could use up the limit of the users at that address.
     */
    private void limit(RoutingContext context) {
        String address = ClientAddress.of(context);
        boolean isRest = context.normalizedPath().startsWith("/api/")
                && !origins.isForeign(context)
                && !CrossOrigin.isPreflight(context.request());
        if (isRest) {
            limits.request(address);
        } else {
            limits.file(address);
        }
        context.next();
    }

    /** Refuses a token in a URL unread, because URLs end up in logs and histories. */
    private static void refuseTokenInUrl(RoutingContext context) {
        if (context.queryParams().contains("token") || context.queryParams().contains("access_token")) {
            throw ChatException.badRequest("Do not send a token in a URL; use the Authorization header");
        }
        context.next();
    }
}
