package chat.parlance.http;

import io.vertx.ext.web.Router;

/** A group of routes of the public port. */
@FunctionalInterface
public interface Routes {

    /** Adds the routes; called on the event loop that serves them. */
    void mount(Router router);
}
