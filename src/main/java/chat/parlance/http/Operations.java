package chat.parlance.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** A group of operations of the contract. */
@FunctionalInterface
public interface Operations {

    /**
     * Handlers by operationId. Each receives requests that keep the contract, and that are authenticated when the
     * contract requires it.
     */
    Map<String, Handler<RoutingContext>> handlers();
}
