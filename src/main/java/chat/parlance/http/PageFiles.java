package chat.parlance.http;

import io.vertx.ext.web.Router;
import org.jspecify.annotations.Nullable;

/** All that the page is made of, by paths as browsers ask for them, and nothing else of what is on the class path. */
sealed interface PageFiles permits PageBundle, PageFolder {

    /** The file at a path; null when there is none. */
    @Nullable
    PageFile file(String path);

    /** Adds the routes of all files. */
    void mount(Router router);
}
