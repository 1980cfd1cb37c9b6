package chat.parlance.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * The page and the client library. The page's files are under {@code /assets/VERSION/}, where a browser keeps them for
 * good; the library is also under plain names, for other programs.
 */
public final class PageRoutes implements Routes {

    private static final String FOR_GOOD = "public, max-age=31536000, immutable";
    private static final String ASK_FIRST = "no-cache";

    private final PageFiles files;

    private PageRoutes(PageFiles files) {
        this.files = files;
    }

    /** Reads all files, which is for once a node, not once a request. */
    public static PageRoutes load() {
        return new PageRoutes(PageFiles.load());
    }

    @Override
    public void mount(Router router) {
        router.get("/").handler(this::index);
        router.get("/assets/:version/*").handler(this::asset);
        router.getWithRegex("/(?<name>mark\\.svg|icon-[a-z0-9-]+\\.png|manifest\\.webmanifest"
                        + "|parlance-client\\.js|parlance-client/[a-z-]+\\.(?:js|json))")
                .handler(context -> send(context, context.pathParam("name"), ASK_FIRST));
    }

    private void index(RoutingContext context) {
        context.response().putHeader("Content-Security-Policy", SecurityHeaders.pagePolicy(files.importMapHash()));
        files.index().send(context.request(), ASK_FIRST);
    }

    /**
     * While nodes are replaced one by one a page may ask a node of another version. It gets that one's file, for now,
     * rather than none.
     */
    private void asset(RoutingContext context) {
        String version = context.pathParam("version");
        String name = context.normalizedPath().substring("/assets/".length() + version.length() + 1);
        send(context, name, version.equals(files.version()) ? FOR_GOOD : ASK_FIRST);
    }

    private void send(RoutingContext context, String name, String cacheControl) {
        HttpServerRequest request = context.request();
        PageFile file = files.file(name);
        if (file == null) {
            context.next();
        } else {
            file.send(request, cacheControl);
        }
    }
}
