package chat.parlance.http;

import io.vertx.ext.web.Router;

/** Some of the routes of the public port. */
@FunctionalInterface
public interface Routes {

    /** Adds the routes; called on the event loop that will serve them. */
    void mount(Router router);
}
