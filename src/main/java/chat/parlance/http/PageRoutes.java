package chat.parlance.http;

import io.vertx.ext.web.Router;
import java.nio.file.Path;

/** The page and the client library, which other programs find under its plain name. */
public final class PageRoutes implements Routes {

    static final String REVALIDATE = "no-cache";

    private final PageFiles files;

    private PageRoutes(PageFiles files) {
        this.files = files;
    }

    /**
     * Reads all files, which is for once a node, not once a request.
     *
     * @param folder a folder with the page's modules, which are then served as they are; empty for the bundle
     */
    public static PageRoutes load(String folder) {
        return new PageRoutes(folder.isEmpty() ? PageBundle.load() : new PageFolder(Path.of(folder)));
    }

    @Override
    public void mount(Router router) {
        files.mount(router);
    }
}
