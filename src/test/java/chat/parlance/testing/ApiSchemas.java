package chat.parlance.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The two files that describe the interface, with every reference absolute, and validators of their schemas. A client
 * ignores unknown members, but everything that a test sees must be described: objects have no members beyond those in
 * the files.
 */
public final class ApiSchemas {

    private static final Path FOLDER = Path.of("src/main/resources/api");
    private static final String BASE = "app://parlance/";
    private static final String OPEN_API = "openapi.yaml";
    private static final String ASYNC_API = "asyncapi.yaml";

    private static final JsonSchemaOptions OPTIONS =
            new JsonSchemaOptions().setBaseUri(BASE).setDraft(Draft.DRAFT202012).setOutputFormat(OutputFormat.Basic);

    private final JsonObject openApi = read(OPEN_API);
    private final JsonObject asyncApi = read(ASYNC_API);
    private final SchemaRepository schemas = SchemaRepository.create(OPTIONS)
            .dereference(BASE + OPEN_API, JsonSchema.of(openApi.copy()))
            .dereference(BASE + ASYNC_API, JsonSchema.of(asyncApi.copy()));

    public JsonObject openApi() {
        return openApi;
    }

    public JsonObject asyncApi() {
        return asyncApi;
    }

    /** Target of a reference, or the object itself when it is none. */
    public JsonObject resolve(JsonObject object) {
        String reference = object.getString("$ref");
        if (reference == null) {
            return object;
        }
        int fragment = reference.indexOf("#/");
        JsonObject at = reference.substring(0, fragment).equals(BASE + OPEN_API) ? openApi : asyncApi;
        for (String step : reference.substring(fragment + 2).split("/", -1)) {
            at = Objects.requireNonNull(at.getJsonObject(step.replace("~1", "/")), reference);
        }
        return resolve(at);
    }

    /** A validator of a schema that is part of one of the files. */
    public Validator validator(JsonObject schema) {
        return schemas.validator(JsonSchema.of(closed(schema.copy())));
    }

    /** Violation in a value, empty when there is none. */
    public static String complaint(Validator validator, Object value) {
        OutputUnit outcome = validator.validate(value);
        return outcome.getValid()
                ? ""
                : Objects.requireNonNullElse(outcome.getErrors(), List.<OutputUnit>of()).stream()
                        .map(error -> error.getInstanceLocation() + " " + error.getError())
                        .collect(Collectors.joining("; ", "", " in " + value));
    }

    private static JsonObject read(String file) {
        try {
            Map<String, Object> yaml =
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(FOLDER.resolve(file)));
            JsonObject read = new JsonObject(new JsonObject(yaml).encode());
            prepare(read, BASE + file);
            return read;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Makes references absolute, and forbids further members in all objects. */
    private static void prepare(Object value, String file) {
        switch (value) {
            case JsonObject object -> {
                String reference = object.getString("$ref");
                if (reference != null) {
                    object.put("$ref", reference.startsWith("#") ? file + reference : BASE + reference);
                }
                if (object.getValue("items") instanceof JsonObject items) {
                    closed(items);
                }
                if (object.getValue("properties") instanceof JsonObject properties) {
                    properties.forEach(property -> closed((JsonObject) property.getValue()));
                }
                object.forEach(member -> prepare(member.getValue(), file));
            }
            case JsonArray array -> array.forEach(element -> prepare(element, file));
            default -> {}
        }
    }

    private static JsonObject closed(JsonObject schema) {
        return schema.put("unevaluatedProperties", false);
    }
}
