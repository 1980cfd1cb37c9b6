package chat.parlance.testing;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Validator;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks the traffic of tests against {@code openapi.yaml} and {@code asyncapi.yaml}. May be called from any thread.
 */
public final class ApiContract {

    private static final ApiSchemas DESCRIPTION = new ApiSchemas();
    private static final List<Operation> OPERATIONS = operations();
    private static final Map<JsonObject, Validator> BODIES = new ConcurrentHashMap<>();
    private static final Set<String> SHAPES = ConcurrentHashMap.newKeySet();
    private static final Map<String, Validator> CLIENT_FRAMES = new HashMap<>();
    private static final Map<String, Validator> SERVER_FRAMES = new HashMap<>();

    static {
        DESCRIPTION.asyncApi().getJsonObject("operations").forEach(named -> {
            JsonObject operation = (JsonObject) named.getValue();
            boolean client = operation.getString("action").equals("receive");
            addFrames(operation.getJsonArray("messages"), client ? CLIENT_FRAMES : SERVER_FRAMES);
            if (client) {
                addFrames(operation.getJsonObject("reply").getJsonArray("messages"), SERVER_FRAMES);
            }
        });
    }

    private ApiContract() {}

    private record Operation(String method, Pattern path, JsonObject description) {

        boolean isAt(String asked) {
            return path.matcher(asked).matches();
        }
    }

    /**
     * Checks an answer of REST: its status, headers and body must be described at the request's operation.
     *
     * @param path after {@code /api/v1}
     * @throws AssertionError when the answer violates its description
     */
    public static void checkAnswer(String method, String path, HttpResponse<String> answer) {
        String asked = path.replaceFirst("\\?.*", "");
        List<Operation> there =
                OPERATIONS.stream().filter(operation -> operation.isAt(asked)).toList();
        JsonObject response = there.stream()
                .filter(operation -> operation.method().equals(method))
                .findFirst()
                .map(operation -> response(operation.description(), answer.statusCode()))
                .orElseGet(() -> failure(there.isEmpty() ? 404 : 405, answer));
        String where = method + " " + path + " " + answer.statusCode() + ": ";
        JsonObject headers = response.getJsonObject("headers", new JsonObject());
        for (String header : headers.fieldNames()) {
            if (headers.getJsonObject(header).getBoolean("required", false)
                    && answer.headers().firstValue(header).isEmpty()) {
                throw new AssertionError(where + "no header " + header);
            }
        }
        JsonObject content = response.getJsonObject("content");
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (content == null ? !answer.body().isEmpty() : !content.containsKey(type)) {
            throw new AssertionError(where + "not described: " + type + " " + answer.body());
        }
        if (content != null) {
            refuse(where, complaint(content.getJsonObject(type).getJsonObject("schema"), answer.body()));
        }
    }

    /** @throws AssertionError for a frame that a client may not send */
    public static void checkClientFrame(JsonObject frame) {
        refuse("client frame: ", frameComplaint(frame, CLIENT_FRAMES));
    }

    /** @throws AssertionError for a text that a node may not send */
    public static void checkServerFrame(String text) {
        try {
            refuse("server frame: ", frameComplaint(new JsonObject(text), SERVER_FRAMES));
        } catch (DecodeException malformed) {
            throw new AssertionError("server frame: " + text, malformed);
        }
    }

    /**
     * Like {@link #checkServerFrame}, but checks only the first of all frames with the same members: a check takes a
     * third of a millisecond, which is too long for clients that measure.
     */
    public static void checkShape(JsonObject frame) {
        if (SHAPES.add(shape(frame))) {
            checkServerFrame(frame.encode());
        }
    }

    /** Like {@link #checkShape}, for frames of clients. */
    public static void checkClientShape(JsonObject frame) {
        if (SHAPES.add("client " + shape(frame))) {
            checkClientFrame(frame);
        }
    }

    /** Names of an object's members and of those within, with the object's type. */
    private static String shape(Object value) {
        return switch (value) {
            case JsonObject object ->
                object.stream()
                        .map(member -> member.getKey() + "=" + shape(member.getValue()))
                        .sorted()
                        .collect(Collectors.joining(
                                ",", object.getString("type") + object.getString("kind") + "{", "}"));
            case JsonArray array ->
                array.stream().map(ApiContract::shape).distinct().sorted().collect(Collectors.joining(",", "[", "]"));
            case null, default -> "";
        };
    }

    /** Violations in a client or server frame, empty when there are none. */
    private static String frameComplaint(JsonObject frame, Map<String, Validator> frames) {
        Validator validator = frames.get(frame.getString("type", ""));
        return validator == null ? "not described: " + frame : ApiSchemas.complaint(validator, frame);
    }

    private static String complaint(JsonObject schema, String body) {
        try {
            return ApiSchemas.complaint(BODIES.computeIfAbsent(schema, DESCRIPTION::validator), Json.decodeValue(body));
        } catch (DecodeException malformed) {
            return "no JSON: " + body;
        }
    }

    private static void refuse(String where, String complaint) {
        if (!complaint.isEmpty()) {
            throw new AssertionError(where + complaint);
        }
    }

    private static JsonObject response(JsonObject operation, int status) {
        JsonObject responses = operation.getJsonObject("responses");
        JsonObject described = responses.getJsonObject(String.valueOf(status), responses.getJsonObject("default"));
        return DESCRIPTION.resolve(described);
    }

    /** Description of a failure; a request outside all paths of the file is answered like any other failure. */
    private static JsonObject failure(int status, HttpResponse<String> answer) {
        if (answer.statusCode() != status && answer.statusCode() != 400 && answer.statusCode() != 401) {
            throw new AssertionError("not described: " + answer);
        }
        return DESCRIPTION
                .openApi()
                .getJsonObject("components")
                .getJsonObject("responses")
                .getJsonObject("Failure");
    }

    private static List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        DESCRIPTION.openApi().getJsonObject("paths").forEach(path -> {
            Pattern pattern = Pattern.compile(path.getKey().replaceAll("\\{[^}]*}", "[^/]*"));
            JsonObject item = (JsonObject) path.getValue();
            Stream.of("get", "post", "put", "patch", "delete")
                    .filter(item::containsKey)
                    .forEach(method -> operations.add(
                            new Operation(method.toUpperCase(Locale.ROOT), pattern, item.getJsonObject(method))));
        });
        return operations;
    }

    private static void addFrames(JsonArray messages, Map<String, Validator> frames) {
        for (Object reference : messages) {
            JsonObject message = DESCRIPTION.resolve((JsonObject) reference);
            frames.computeIfAbsent(
                    message.getString("name"), name -> DESCRIPTION.validator(message.getJsonObject("payload")));
        }
    }
}
