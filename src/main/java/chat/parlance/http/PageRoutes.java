package chat.parlance.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.StaticHandler;

/** The page, from the jar's folder {@code web}. */
public final class PageRoutes implements Routes {

    @Override
    public void mount(Router router) {
        router.get("/*")
                .handler(StaticHandler.create("web")
                        .setIncludeHidden(false)
                        .setDirectoryListing(false)
                        .setMaxAgeSeconds(0)
                        .setIndexPage("index.html"));
    }
}
