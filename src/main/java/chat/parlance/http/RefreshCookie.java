package chat.parlance.http;

import chat.parlance.auth.Tokens;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * Where the page keeps its refresh token: in a cookie that no script can read, and that a browser sends only to the
 * refresh of sessions and only from this origin's own pages.
 */
final class RefreshCookie {

    private static final String NAME = "parlance-refresh";
    private static final String PATH = "/api/v1/sessions";

    private final long maxAgeSeconds;

    /** @param maxAgeSeconds how long a session lives */
    RefreshCookie(long maxAgeSeconds) {
        this.maxAgeSeconds = maxAgeSeconds;
    }

    /** The token that the browser has; null when it has none. */
    static @Nullable String read(RoutingContext context) {
        Cookie cookie = context.request().getCookie(NAME);
        return cookie == null ? null : cookie.getValue();
    }

    void write(RoutingContext context, Tokens tokens) {
        context.response().addCookie(cookie(context, tokens.refreshToken()).setMaxAge(maxAgeSeconds));
    }

    void forget(RoutingContext context) {
        context.response().addCookie(cookie(context, "").setMaxAge(0));
    }

    /** A proxy that ends TLS says so; a lie only makes the liar's own cookie stricter. */
    private static Cookie cookie(RoutingContext context, String value) {
        boolean secure =
                context.request().isSSL() || "https".equals(context.request().getHeader("X-Forwarded-Proto"));
        return Cookie.cookie(NAME, value)
                .setPath(PATH)
                .setHttpOnly(true)
                .setSecure(secure)
                .setSameSite(CookieSameSite.STRICT);
    }
}
