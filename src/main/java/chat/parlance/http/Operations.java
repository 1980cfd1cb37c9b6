package chat.parlance.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** A group of operations of the API description. */
@FunctionalInterface
public interface Operations {

    /**
     * Handlers by operationId. Each receives requests that keep to the API description, and that are authenticated when the
     * description requires it.
     */
    Map<String, Handler<RoutingContext>> handlers();
}
