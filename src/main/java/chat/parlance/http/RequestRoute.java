package chat.parlance.http;

import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * Name of a request's route, for metrics: the id of the operation of REST, or one for all routes of a kind. A path never
 * becomes a name, so that a client cannot make names.
 */
final class RequestRoute {

    private static final String KEY = "route";
    private static final String PAGE = "page";
    private static final String OTHER = "other";

    /** Paths of the handshakes of WebSockets. */
    private static final Set<String> HANDSHAKES = Set.of("/ws", "/lines");

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int NOT_FOUND = 404;

    private RequestRoute() {}

    /** Names the route of a request. */
    static void name(RoutingContext context, String operation) {
        context.put(KEY, operation);
    }

    /** Reports a request once it is answered. A connection that becomes a WebSocket is reported by its own meters. */
    static void observe(RoutingContext context, HttpMeters meters) {
        long begin = System.nanoTime();
        context.addEndHandler(ended -> {
            int status = context.response().getStatusCode();
            if (status != SWITCHING_PROTOCOLS && context.response().ended()) {
                meters.answered(of(context, status), status, System.nanoTime() - begin);
            }
        });
        context.next();
    }

    private static String of(RoutingContext context, int status) {
        String operation = context.get(KEY);
        if (operation != null) {
            return operation;
        }
        String path = context.normalizedPath();
        if (HANDSHAKES.contains(path)) {
            return path.substring(1);
        }
        return path.startsWith("/api/") || status == NOT_FOUND ? OTHER : PAGE;
    }
}
