package chat.parlance.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * Cross-origin resource sharing (Fetch standard, CORS protocol) with exactly the allowed origins. Cookies are not shared:
 * {@code Access-Control-Allow-Credentials} is never sent, no cookie is set or read, and pages of other origins keep their
 * refresh token themselves.
 *
 * <p>The handler of Vert.x Web is of no use here: it refuses the node's own origin, which browsers send with each POST, lets
 * every origin in when none is configured, and leaves {@code Vary} out when one is.
 */
final class CrossOrigin {

    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
    private static final String REQUEST_HEADERS = "Authorization, Content-Type, Idempotency-Key";
    private static final String ANSWER_HEADERS = "Retry-After";

    /** Time for which a browser keeps the answer to a preflight: the longest that Chromium takes. */
    private static final String MAX_AGE_SECONDS = "7200";

    private static final String COOKIE_ALLOWED = "parlance.cookieAllowed";

    private final Origins origins;

    CrossOrigin(Origins origins) {
        this.origins = origins;
    }

    /**
     * Refuses requests of pages of foreign origins; answers preflights of allowed origins, which have no credentials. Comes
     * after {@link #open}.
     */
    void guard(RoutingContext context) {
        origins.check(context);
        context.put(COOKIE_ALLOWED, origins.mayHaveCookie(context));
        if (isShared(context) && isPreflight(context.request())) {
            context.response()
                    .putHeader("Access-Control-Allow-Methods", METHODS)
                    .putHeader("Access-Control-Allow-Headers", REQUEST_HEADERS)
                    .putHeader("Access-Control-Max-Age", MAX_AGE_SECONDS)
                    .setStatusCode(204)
                    .end();
            return;
        }
        context.next();
    }

    /**
     * True when the answer may set the refresh cookie, and the request's own counts. A page of an allowed origin that asks
     * without credentials would have its browser drop the cookie; one that asks with credentials could put its own session in the
     * place of the user's, or end the user's.
     */
    static boolean isCookieAllowed(RoutingContext context) {
        return Boolean.TRUE.equals(context.get(COOKIE_ALLOWED));
    }

    /** Lets pages of allowed origins read the answer, also when it is a refusal. */
    void open(RoutingContext context) {
        HttpServerResponse response = context.response();
        response.headers().add("Vary", "Origin");
        if (isShared(context)) {
            response.putHeader("Access-Control-Allow-Origin", context.request().getHeader("Origin"));
            response.putHeader("Access-Control-Expose-Headers", ANSWER_HEADERS);
        }
        context.next();
    }

    /** True for a request of a page of an allowed origin. */
    private boolean isShared(RoutingContext context) {
        String origin = context.request().getHeader("Origin");
        return origin != null && origins.isAllowed(origin);
    }

    static boolean isPreflight(HttpServerRequest request) {
        return HttpMethod.OPTIONS.equals(request.method())
                && request.headers().contains("Access-Control-Request-Method");
    }
}
