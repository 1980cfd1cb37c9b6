package chat.parlance.http;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;

/** What every answer says to a browser about what it may do with it (OWASP secure headers). */
final class SecurityHeaders {

    private static final String CONTENT_SECURITY_POLICY = policy("'self'");

    /** A year, for this host alone: hosts below it may speak no TLS. */
    private static final String STRICT_TRANSPORT_SECURITY = "max-age=31536000";

    private SecurityHeaders() {}

    /** The policy of the page itself, which has one inline script: the map of its libraries. */
    static String pagePolicy(String importMapHash) {
        return policy("'self' " + importMapHash);
    }

    /** Nothing but the node's own files; of all scripts only DOMPurify can make markup from text. */
    private static String policy(String scripts) {
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src " + scripts,
                "style-src 'self'",
                "img-src 'self'",
                "connect-src 'self'",
                "manifest-src 'self'",
                "base-uri 'none'",
                "form-action 'self'",
                "frame-ancestors 'none'",
                "require-trusted-types-for 'script'",
                "trusted-types dompurify");
    }

    static void add(RoutingContext context) {
        MultiMap headers = context.response().headers();
        add(headers);
        if (ClientScheme.isSecure(context)) {
            headers.set("Strict-Transport-Security", STRICT_TRANSPORT_SECURITY);
        }
        context.next();
    }

    static void add(MultiMap headers) {
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
    }
}
