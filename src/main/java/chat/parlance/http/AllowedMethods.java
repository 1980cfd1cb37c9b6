package chat.parlance.http;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answers for methods without a route (RFC 9110, 9.1): HEAD is a GET whose answer has no body, OPTIONS returns the methods of
 * the path, and any other method is refused with their list.
 */
public final class AllowedMethods {

    /** Methods of the whole server. */
    static final String OF_SERVER = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";

    /** Methods of all paths but those of the REST interface. */
    private static final Collection<String> OF_FILES = Stream.of("GET").toList();

    private AllowedMethods() {}

    /** Lets each route for GET answer HEAD too; Vert.x then leaves out the body. */
    static void addHead(Router router) {
        router.getRoutes().stream()
                .filter(route -> route.methods() != null && route.methods().contains(HttpMethod.GET))
                .forEach(route -> route.method(HttpMethod.HEAD));
    }

    /** Error handler for a path that has routes for other methods. */
    static void refuse(RoutingContext context) {
        refuse(context, OF_FILES);
    }

    /** Answers OPTIONS, and refuses any other method. */
    static void refuse(RoutingContext context, Collection<String> routed) {
        Collection<String> allowed = new TreeSet<>(routed);
        allowed.add("OPTIONS");
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        refuse(context, allowed.stream().collect(Collectors.joining(", ")));
    }

    /** The same for a path without content, and so without HEAD. */
    public static void refuseAllButGet(RoutingContext context) {
        refuse(context, "GET, OPTIONS");
    }

    private static void refuse(RoutingContext context, String list) {
        if (context.request().method().equals(HttpMethod.OPTIONS)) {
            answer(context.response(), list);
        } else {
            context.response().putHeader("Allow", list);
            Problems.answer(context.response(), ProblemDocument.of(new ChatException(ErrorCode.METHOD_NOT_ALLOWED)));
        }
    }

    static void answer(HttpServerResponse response, String allowed) {
        response.putHeader("Allow", allowed).setStatusCode(204).end();
    }
}
