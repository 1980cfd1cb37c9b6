package chat.parlance.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.StaticHandler;
import java.util.List;

/**
 * The files that describe the interface, as YAML and as JSON, and pages that show them: Swagger UI for REST, and a page
 * of this project for the frames.
 */
public final class ReferenceRoutes implements Routes {

    private static final LibraryFiles SWAGGER_UI = LibraryFiles.webJar("org.webjars", "swagger-ui");

    private final Contract.Files files;

    public ReferenceRoutes(Contract contract) {
        this.files = contract.files();
    }

    @Override
    public void mount(Router router) {
        mount(router, "openapi", files.openApi());
        mount(router, "asyncapi", files.asyncApi());
        router.getWithRegex("/api").handler(context -> context.redirect("/api/"));
        for (String file : List.of("swagger-ui.css", "swagger-ui-bundle.js")) {
            String resource = SWAGGER_UI.resource(file);
            router.get("/api/swagger-ui/" + file)
                    .handler(context -> context.response().sendFile(resource).onFailure(context::fail));
        }
        router.get("/api/*")
                .handler(StaticHandler.create("reference")
                        .setIndexPage("index.html")
                        .setEnableRangeSupport(false));
    }

    private static void mount(Router router, String name, DescriptionFile file) {
        serve(router, "/api/" + name + ".yaml", "application/yaml", file.yaml());
        serve(router, "/api/" + name + ".json", "application/json", file.json().toBuffer());
    }

    private static void serve(Router router, String path, String type, Buffer body) {
        router.get(path)
                .handler(context -> context.response()
                        .putHeader("Content-Type", type)
                        .putHeader("Cache-Control", "no-cache")
                        .end(body));
    }
}
