package chat.parlance.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Scheme by which a client reaches a node behind a proxy that ends TLS: https when the proxy says so in {@code
 * X-Forwarded-Proto}, or when {@code http.allowedOrigins} has the request's host with https. While {@code
 * http.trustedProxies} is empty the header of any peer counts: it only makes the sender's own answer stricter, whereas
 * a cookie without Secure behind TLS could be read on the network.
 */
final class ClientScheme {

    private static final String SECURE = "parlance.secure";
    private static final String FORWARDED_PROTO = "X-Forwarded-Proto";
    private static final String HTTPS = "https";

    private final ClientAddress addresses;
    private final Origins origins;

    ClientScheme(ClientAddress addresses, Origins origins) {
        this.addresses = addresses;
        this.origins = origins;
    }

    /** True when the client reaches the node by TLS. */
    static boolean isSecure(RoutingContext context) {
        return Boolean.TRUE.equals(context.get(SECURE));
    }

    /** Stores the answer of {@link #isSecure} in the request's context. */
    void find(RoutingContext context) {
        HttpServerRequest request = context.request();
        context.put(SECURE, isForwarded(request) || isConfigured(request.getHeader("Host")));
        context.next();
    }

    /** Each of several proxies may have added its own scheme; one https is enough. */
    private boolean isForwarded(HttpServerRequest request) {
        return addresses.believes(request.remoteAddress().hostAddress())
                && request.headers().getAll(FORWARDED_PROTO).stream()
                        .flatMap(header -> Arrays.stream(header.split(",", -1)))
                        .anyMatch(scheme -> scheme.strip().equalsIgnoreCase(HTTPS));
    }

    private boolean isConfigured(@Nullable String host) {
        return host != null && origins.isAllowed(HTTPS + "://" + host.toLowerCase(Locale.ROOT));
    }
}
