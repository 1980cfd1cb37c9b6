package chat.parlance.websocket;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose pages may connect: the node's own, and the origins that are configured. A program that is not a browser sends no
 * origin and is judged by its credentials alone (OWASP WebSocket sheet, cross-site WebSocket hijacking).
 */
final class Origins {

    private final Set<String> allowed;

    Origins(Set<String> allowed) {
        this.allowed = allowed;
    }

    /** @throws ChatException with {@code origin.refused} */
    void check(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        if (origin != null && !allowed.contains(origin) && !isOwn(origin, request.getHeader("Host"))) {
            throw new ChatException(ErrorCode.ORIGIN_REFUSED);
        }
    }

    private static boolean isOwn(String origin, @Nullable String host) {
        try {
            String authority = new URI(origin).getAuthority();
            return authority != null && host != null && authority.equals(host.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException malformed) {
            return false;
        }
    }
}
