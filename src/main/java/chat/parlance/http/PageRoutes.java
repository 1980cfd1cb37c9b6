package chat.parlance.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;

/** Routes of the page and of the client library, which other programs find under its plain name. */
public final class PageRoutes implements Routes {

    static final String REVALIDATE = "no-cache";

    /**
     * Cache time of the logo, which the first view draws three times; an old version of it may be shown for a while.
     */
    private static final String AN_HOUR = "public, max-age=3600";

    private final PageFiles files;

    private PageRoutes(PageFiles files) {
        this.files = files;
    }

    /**
     * Reads all files: once a node, not once a request.
     *
     * @param settings with a folder, its modules are served unbundled; without one the bundle is
     */
    public static PageRoutes load(PageSettings settings) {
        String folder = settings.folder();
        return new PageRoutes(folder.isEmpty() ? PageBundle.load() : new PageFolder(Path.of(folder)));
    }

    @Override
    public void mount(Router router) {
        files.mount(router);
    }

    /** Sends a file whose name stays when its content changes. A script may become a worker, which needs a policy. */
    static void send(RoutingContext context, String path, PageFile file) {
        if (path.endsWith(".js")) {
            SecurityHeaders.addDocumentPolicies(context.response().headers());
        }
        file.send(context.request(), path.endsWith(".svg") || path.endsWith(".png") ? AN_HOUR : REVALIDATE);
    }
}
