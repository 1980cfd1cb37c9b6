package chat.parlance.http;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The files that describe the interface, as YAML and as JSON, and pages that show them: Swagger UI for REST, and a page
 * of this project for the frames.
 */
public final class ReferenceRoutes implements Routes {

    private static final String ROOT = "/api";

    /** Path of the first page. */
    static final String FOLDER = ROOT + "/";

    private static final LibraryFiles SWAGGER_UI = LibraryFiles.webJar("org.webjars", "swagger-ui");
    private static final List<String> OF_SWAGGER_UI = List.of("swagger-ui.css", "swagger-ui-bundle.js");
    private static final List<String> PAGES =
            List.of("", "frames.html", "frames.js", "prose.js", "reference.css", "rest.js");

    private final ApiDescription.Files files;

    public ReferenceRoutes(ApiDescription description) {
        this.files = description.files();
    }

    @Override
    public void mount(Router router) {
        Set<String> paths = new HashSet<>();
        mount(router, "openapi", files.openApi(), paths);
        mount(router, "asyncapi", files.asyncApi(), paths);
        router.getWithRegex(ROOT).handler(context -> context.redirect(FOLDER));
        paths.add(ROOT);
        for (String file : OF_SWAGGER_UI) {
            String path = FOLDER + "swagger-ui/" + file;
            String resource = SWAGGER_UI.resource(file);
            router.get(path)
                    .handler(context -> context.response().sendFile(resource).onFailure(context::fail));
            paths.add(path);
        }
        PAGES.forEach(page -> paths.add(FOLDER + page));
        router.route(FOLDER + "*").handler(context -> passIfAny(context, paths));
        router.get(FOLDER + "*")
                .handler(StaticHandler.create("reference")
                        .setIndexPage("index.html")
                        .setEnableRangeSupport(false));
    }

    /** Other paths are absent for every method; the handler of files would refuse all methods but GET. */
    private static void passIfAny(RoutingContext context, Set<String> paths) {
        if (!paths.contains(context.normalizedPath())) {
            throw new ChatException(ErrorCode.NOT_FOUND);
        }
        context.next();
    }

    private static void mount(Router router, String name, DescriptionFile file, Set<String> paths) {
        String path = FOLDER + name;
        serve(router, path + ".yaml", "application/yaml", file.yaml());
        serve(router, path + ".json", "application/json", file.json().toBuffer());
        paths.addAll(List.of(path + ".yaml", path + ".json"));
    }

    private static void serve(Router router, String path, String type, Buffer body) {
        router.get(path)
                .handler(context -> context.response()
                        .putHeader("Content-Type", type)
                        .putHeader("Cache-Control", "no-cache")
                        .end(body));
    }
}
