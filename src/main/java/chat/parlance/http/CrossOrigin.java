package chat.parlance.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * Cross-origin resource sharing (Fetch standard, CORS protocol) with exactly the allowed origins. Cookies are not
 * shared: {@code Access-Control-Allow-Credentials} is never sent, no cookie is set or read, and pages of other origins
 * keep their refresh token themselves.
 *
 * <p>The handler of Vert.x Web is of no use here: it refuses the node's own origin, which browsers send with each POST,
 * allows every origin when none is configured, and omits {@code Vary} when one is.
 */
final class CrossOrigin {

    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
    private static final String REQUEST_HEADERS = "Authorization, Content-Type, Idempotency-Key";
    private static final String ANSWER_HEADERS = "Retry-After";

    /** Time that a browser may cache the answer to a preflight: the maximum of Chromium. */
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
     * True when the answer may set the refresh cookie, and the request's cookie counts. For a page of an allowed origin
     * that sends no credentials the browser would drop the cookie; a page that sends them could replace the user's
     * session by its own, or end it.
     */
    static boolean isCookieAllowed(RoutingContext context) {
        return Boolean.TRUE.equals(context.get(COOKIE_ALLOWED));
    }

    /** Allows pages of allowed origins to read the answer, also a refusal. */
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
