package chat.parlance.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The REST interface as {@code api/openapi.yaml} describes it: its operations, and a check of each one's requests. Loaded
 * once a process and shared by its event loops, because loading costs tenths of a second; it never changes.
 */
public final class ApiDescription {

    /** Base path of the operations, as in {@code servers} of the file. */
    static final String BASE = "/api/v1";

    private final OpenAPIContract openApi;
    private final Map<String, RequestCheck> checks = new HashMap<>();
    private final Files files;

    /** The descriptions of REST and of the frames. */
    record Files(DescriptionFile openApi, DescriptionFile asyncApi) {}

    private ApiDescription(OpenAPIContract openApi, Files files) {
        this.openApi = openApi;
        this.files = files;
        for (Operation operation : openApi.operations()) {
            checks.put(operation.getOperationId(), new RequestCheck(operation));
        }
    }

    /** Loads the files of the jar and checks that the one of REST is OpenAPI. */
    public static Future<ApiDescription> load(Vertx vertx) {
        return vertx.executeBlocking(() -> new Files(DescriptionFile.read("openapi"), DescriptionFile.read("asyncapi")))
                .compose(files -> OpenAPIContract.from(
                                vertx, forRouter(files.openApi().json().copy()))
                        .map(openApi -> new ApiDescription(openApi, files)));
    }

    Files files() {
        return files;
    }

    OpenAPIContract openApi() {
        return openApi;
    }

    /** Check of an operation's requests. */
    RequestCheck check(Operation operation) {
        return Objects.requireNonNull(checks.get(operation.getOperationId()));
    }

    /**
     * Description without its answers: a router does not need them, and Vert.x's knows no problem documents among them.
     * Vert.x also does not support the relative address in {@code servers}.
     */
    private static JsonObject forRouter(JsonObject description) {
        description.remove("servers");
        JsonObject components = description.getJsonObject("components");
        components.remove("responses");
        components.remove("examples");
        for (Object path : description.getJsonObject("paths").getMap().values()) {
            for (Object member : ((JsonObject) path).getMap().values()) {
                if (member instanceof JsonObject operation) {
                    operation.put(
                            "responses",
                            new JsonObject()
                                    .put("default", new JsonObject().put("description", "described in openapi.yaml")));
                }
            }
        }
        return description;
    }
}
