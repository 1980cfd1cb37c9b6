package chat.parlance.http;

import io.vertx.ext.web.Router;
import org.jspecify.annotations.Nullable;

/** All files of the page, by the paths that browsers request, and nothing else of the class path. */
sealed interface PageFiles permits PageBundle, PageFolder {

    /** The file at a path; null when there is none. */
    @Nullable
    PageFile file(String path);

    /** Adds the routes of all files. */
    void mount(Router router);
}
