package chat.parlance.http;

import chat.parlance.auth.Tokens;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * Cookie in which the page keeps its refresh token: no script can read it, and browsers send it from pages of the same
 * site only. Behind TLS its name begins with {@code __Host-} (RFC 6265bis, 4.1.3.2), so that neither another host of
 * the domain nor an attacker on a connection without TLS can replace it; such a cookie must have the path {@code /}.
 * Without TLS browsers refuse that name, and the cookie is sent to the routes of sessions alone.
 */
final class RefreshCookie {

    private static final String PLAIN_NAME = "parlance-refresh";
    private static final String PLAIN_PATH = "/api/v1/sessions";
    private static final String SECURE_NAME = "__Host-parlance-refresh";
    private static final String SECURE_PATH = "/";

    private final long maxAgeSeconds;

    /** @param maxAgeSeconds lifetime of a session */
    RefreshCookie(long maxAgeSeconds) {
        this.maxAgeSeconds = maxAgeSeconds;
    }

    /** Token in the browser's cookie for the node's own page; null without a cookie, and for other pages. */
    static @Nullable String read(RoutingContext context) {
        Cookie cookie = CrossOrigin.isCookieAllowed(context) ? context.request().getCookie(name(context)) : null;
        return cookie == null ? null : cookie.getValue();
    }

    void write(RoutingContext context, Tokens tokens) {
        context.response().addCookie(cookie(context, tokens.refreshToken()).setMaxAge(maxAgeSeconds));
    }

    /** Deletes the cookie. A page of another origin has none, and must not delete that of the node's own page. */
    void forget(RoutingContext context) {
        if (CrossOrigin.isCookieAllowed(context)) {
            context.response().addCookie(cookie(context, "").setMaxAge(0));
        }
    }

    private static String name(RoutingContext context) {
        return ClientScheme.isSecure(context) ? SECURE_NAME : PLAIN_NAME;
    }

    private static Cookie cookie(RoutingContext context, String value) {
        boolean secure = ClientScheme.isSecure(context);
        return Cookie.cookie(name(context), value)
                .setPath(secure ? SECURE_PATH : PLAIN_PATH)
                .setHttpOnly(true)
                .setSecure(secure)
                .setSameSite(CookieSameSite.STRICT);
    }
}
