package chat.parlance.http;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Origins whose pages may use the node: its own, and those of {@code http.allowedOrigins}, compared byte by byte. A
 * program other than a browser sends no origin and is authenticated by its credentials alone (OWASP sheets on
 * WebSocket, cross-site WebSocket hijacking, and on CSRF, standard headers and fetch metadata).
 */
public final class Origins {

    /** Value of {@code Sec-Fetch-Site} for a request of a page of the node, as the browser sees it. */
    private static final String SAME_ORIGIN = "same-origin";

    /** Values of {@code Sec-Fetch-Site} for a request of a page of another origin. */
    private static final Set<String> OTHER_ORIGIN = Set.of("cross-site", "same-site");

    private final Set<String> allowed;

    public Origins(Set<String> allowed) {
        this.allowed = Set.copyOf(allowed);
    }

    /** True for an origin in {@code http.allowedOrigins}; the node's own need not be listed. */
    boolean isAllowed(String origin) {
        return allowed.contains(origin);
    }

    /**
     * Refuses a request that a page of another origin makes. A browser that leaves out {@code Origin} sends {@code
     * Sec-Fetch-Site}.
     *
     * @throws ChatException with {@code origin.refused}
     */
    public void check(RoutingContext context) {
        if (isForeign(context)) {
            throw new ChatException(ErrorCode.ORIGIN_REFUSED);
        }
    }

    /** True for a request that a page of another origin makes, which is not an allowed one. */
    boolean isForeign(RoutingContext context) {
        String origin = context.request().getHeader("Origin");
        if (origin != null && isAllowed(origin)) {
            return false;
        }
        return !isOwn(origin, context) || isOfOther(context);
    }

    /**
     * True when the node's own page makes the request, or no page does: the refresh cookie is for these alone. Behind a
     * proxy that changes {@code Host} the browser's header counts for an allowed origin, since no page can forge it.
     */
    boolean mayHaveCookie(RoutingContext context) {
        HttpServerRequest request = context.request();
        String origin = request.getHeader("Origin");
        boolean allowedOwn =
                origin != null && isAllowed(origin) && SAME_ORIGIN.equals(request.getHeader("Sec-Fetch-Site"));
        return (isOwn(origin, context) && !isOfOther(context)) || allowedOwn;
    }

    private static boolean isOfOther(RoutingContext context) {
        String site = context.request().getHeader("Sec-Fetch-Site");
        return site != null && OTHER_ORIGIN.contains(site);
    }

    private static boolean isOwn(@Nullable String origin, RoutingContext context) {
        return origin == null || isOwn(origin, context.request().getHeader("Host"), ClientScheme.isSecure(context));
    }

    /**
     * True for the node's own origin. Behind TLS a page that was loaded without it is foreign: an attacker on the
     * network could have written it.
     */
    private static boolean isOwn(String origin, @Nullable String host, boolean secure) {
        if (host == null) {
            return false;
        }
        String authority = host.toLowerCase(Locale.ROOT);
        return origin.equals("https://" + authority) || (!secure && origin.equals("http://" + authority));
    }
}
