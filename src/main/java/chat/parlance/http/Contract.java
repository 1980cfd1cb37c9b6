package chat.parlance.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The REST interface as {@code api/openapi.yaml} describes it: its operations, and a check of each one's requests. Loaded
 * once a process and shared by its event loops, because loading costs tenths of a second; it never changes.
 */
public final class Contract {

    /** Where the operations are, which is what the file says in {@code servers}. */
    static final String BASE = "/api/v1";

    private static final String FILE = "api/openapi.yaml";

    private final OpenAPIContract openApi;
    private final Map<String, RequestCheck> checks = new HashMap<>();

    private Contract(OpenAPIContract openApi) {
        this.openApi = openApi;
        for (Operation operation : openApi.operations()) {
            checks.put(operation.getOperationId(), new RequestCheck(operation));
        }
    }

    /** Loads the file of the jar and checks that it is OpenAPI. */
    public static Future<Contract> load(Vertx vertx) {
        return vertx.executeBlocking(() -> forRouter(yaml(resource(FILE))))
                .compose(description -> OpenAPIContract.from(vertx, description))
                .map(Contract::new);
    }

    OpenAPIContract openApi() {
        return openApi;
    }

    /** The check of an operation's requests. */
    RequestCheck check(Operation operation) {
        return Objects.requireNonNull(checks.get(operation.getOperationId()));
    }

    /** A file of the jar. */
    static Buffer resource(String name) {
        try (InputStream file = Contract.class.getClassLoader().getResourceAsStream(name)) {
            return Buffer.buffer(Objects.requireNonNull(file, name).readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static JsonObject yaml(Buffer file) {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        return (JsonObject) json(yaml.load(file.toString(StandardCharsets.UTF_8)));
    }

    /**
     * The description without its answers, which a router does not need, and Vert.x's knows no problem documents among
     * them; nor does it take the relative address that {@code servers} has.
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
                                    .put("default", new JsonObject().put("description", "described in " + FILE)));
                }
            }
        }
        return description;
    }

    private static Object json(Object yaml) {
        return switch (yaml) {
            case Map<?, ?> map -> {
                JsonObject object = new JsonObject();
                map.forEach((key, value) -> object.put(String.valueOf(key), json(value)));
                yield object;
            }
            case List<?> list -> {
                JsonArray array = new JsonArray();
                list.forEach(element -> array.add(json(element)));
                yield array;
            }
            default -> yaml;
        };
    }
}
