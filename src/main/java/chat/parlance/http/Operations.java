package chat.parlance.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Some of the operations that the contract describes. */
@FunctionalInterface
public interface Operations {

    /** The handlers by operationId; each gets requests that the contract allows, of a user who is known where it asks for one. */
    Map<String, Handler<RoutingContext>> handlers();
}
