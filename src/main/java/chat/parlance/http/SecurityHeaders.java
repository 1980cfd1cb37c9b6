package chat.parlance.http;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Headers that restrict what a browser does with an answer (OWASP secure headers). Each is sent only where it has an
 * effect: scripts, style sheets and data, which are most answers, have no document policies.
 */
final class SecurityHeaders {

    private static final String CONTENT_SECURITY_POLICY = policy(List.of());

    /** A year, for this host alone: its subdomains may not support TLS. */
    private static final String STRICT_TRANSPORT_SECURITY = "max-age=31536000";

    /** Content types that no browser shows as a document. */
    private static final Set<String> NO_DOCUMENTS =
            Set.of("text/javascript", "text/css", "application/json", "application/yaml", "image/png");

    private SecurityHeaders() {}

    /**
     * A policy that allows the node's own files alone; of all scripts only DOMPurify can make markup from text. The
     * other Trusted Types policies allow only the script of the worker that highlights code and the service worker.
     *
     * @param inlineScripts hashes of the scripts within the document, such as {@code 'sha256-...'}
     */
    static String policy(List<String> inlineScripts) {
        return String.join(
                "; ",
                "default-src 'none'",
                String.join(" ", "script-src 'self'", String.join(" ", inlineScripts))
                        .strip(),
                "style-src 'self'",
                "img-src 'self'",
                "connect-src 'self'",
                "manifest-src 'self'",
                "worker-src 'self'",
                "base-uri 'none'",
                "form-action 'self'",
                "frame-ancestors 'none'",
                "require-trusted-types-for 'script'",
                "trusted-types dompurify highlighter parlance-worker");
    }

    /** Adds the headers of an answer when its type is known. */
    static void add(RoutingContext context) {
        MultiMap headers = context.response().headers();
        headers.set("X-Content-Type-Options", "nosniff");
        if (ClientScheme.isSecure(context)) {
            headers.set("Strict-Transport-Security", STRICT_TRANSPORT_SECURITY);
        }
        context.addHeadersEndHandler(ending -> {
            if (mayBeDocument(headers.get("Content-Type"))) {
                addDocumentPolicies(headers);
            }
        });
        context.next();
    }

    /** Adds all headers, for answers without a route. */
    static void add(MultiMap headers) {
        headers.set("X-Content-Type-Options", "nosniff");
        addDocumentPolicies(headers);
    }

    /** Adds the policies of a document, unless the answer has a content security policy already. */
    static void addDocumentPolicies(MultiMap headers) {
        if (!headers.contains("Content-Security-Policy")) {
            headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        }
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
    }

    private static boolean mayBeDocument(@Nullable String contentType) {
        return contentType != null && !NO_DOCUMENTS.contains(contentType.replaceFirst("\\s*;.*", ""));
    }
}
