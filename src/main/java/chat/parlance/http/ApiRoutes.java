package chat.parlance.http;

import chat.parlance.auth.ScopedOperation;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.limit.Cost;
import chat.parlance.limit.RateLimits;
import chat.parlance.model.Principal;
import chat.parlance.model.RoomId;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Routes of the REST interface: each operation of the API description with its handler, behind the checks that the
 * description requires.
 */
public final class ApiRoutes implements Routes {

    private final Vertx vertx;
    private final ApiDescription description;
    private final Authentication authentication;
    private final RateLimits limits;
    private final Map<String, Handler<RoutingContext>> handlers = new HashMap<>();

    public ApiRoutes(
            Vertx vertx,
            ApiDescription description,
            Authentication authentication,
            RateLimits limits,
            List<Operations> operations) {
        this.vertx = vertx;
        this.description = description;
        this.authentication = authentication;
        this.limits = limits;
        operations.forEach(some -> handlers.putAll(some.handlers()));
    }

    /** @throws IllegalStateException when the API description and the handlers do not have the same operations */
    @Override
    public void mount(Router router) {
        Map<String, Handler<RoutingContext>> left = new HashMap<>(handlers);
        RouterBuilder builder = RouterBuilder.create(vertx, description.openApi());
        for (OpenAPIRoute route : builder.getRoutes()) {
            Operation operation = route.getOperation();
            Handler<RoutingContext> handler = left.remove(operation.getOperationId());
            if (handler == null) {
                throw new IllegalStateException("No handler for the operation " + operation.getOperationId());
            }
            // Authentication comes first, so that a stranger learns nothing; RequestCheck explains its checks.
            route.setDoSecurity(false).setDoValidation(false);
            route.addHandler(context -> {
                RequestRoute.name(context, operation.getOperationId());
                context.next();
            });
            if (!operation.getSecurityRequirements().isEmpty()) {
                Cost cost = cost(operation);
                ScopedOperation scope = ScopedOperation.of(operation.getOperationId());
                route.addHandler(authentication::require)
                        .addHandler(context -> limit(context, cost))
                        .addHandler(context -> requireScope(context, scope));
            }
            route.addHandler(description.check(operation)::handle);
            Compression compression = Compression.of(operation.getOperationId());
            if (compression != null) {
                route.addHandler(compression::offer);
            }
            route.addHandler(handler);
        }
        if (!left.isEmpty()) {
            throw new IllegalStateException("Not in the API description: " + left.keySet());
        }
        Router operations = builder.createRouter();
        AllowedMethods.addHead(operations);
        // Otherwise DELETE /sessions/refresh would be a route of /sessions/{session}.
        description.openApi().getPaths().stream()
                .filter(path -> path.getName().indexOf('{') < 0)
                .forEach(path -> {
                    Set<String> methods = methods(path);
                    router.route(ApiDescription.BASE + path.getName()).handler(context -> pass(context, methods));
                });
        router.route(ApiDescription.BASE + "/*").subRouter(operations);
        router.route(ApiDescription.BASE + "/*").handler(this::refuse);
    }

    private static void pass(RoutingContext context, Set<String> methods) {
        String method = context.request().method().name();
        if (methods.contains(method.equals("HEAD") ? "GET" : method)) {
            context.next();
        } else {
            AllowedMethods.refuse(context, methods);
        }
    }

    private static Set<String> methods(Path path) {
        return path.getOperations().stream()
                .map(Operation::getHttpMethod)
                .map(HttpMethod::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A search costs as much as a write, as in line mode: it causes the same work for Postgres. */
    private static Cost cost(Operation operation) {
        boolean isCheap = HttpMethod.GET.equals(operation.getHttpMethod())
                && !SearchRoutes.SEARCH.equals(operation.getOperationId());
        return isCheap ? Cost.READ : Cost.WRITE;
    }

    private void limit(RoutingContext context, Cost cost) {
        limits.user(Authentication.principal(context).user(), cost);
        context.next();
    }

    private static void requireScope(RoutingContext context, ScopedOperation operation) {
        Principal principal = Authentication.principal(context);
        if (!principal.grant().whole()) {
            String room = operation.place() == ScopedOperation.Place.ROOM ? context.pathParam("roomId") : null;
            operation.require(principal, room == null ? null : RoomId.lookup(room));
        }
        context.next();
    }

    private void refuse(RoutingContext context) {
        String below = context.normalizedPath().substring(ApiDescription.BASE.length());
        // The route matches the base itself too, which Vert.x does not look for without an exception.
        Path path = below.isEmpty() ? null : description.openApi().findPath(below);
        if (path == null) {
            throw new ChatException(ErrorCode.NOT_FOUND);
        }
        AllowedMethods.refuse(context, methods(path));
    }
}
