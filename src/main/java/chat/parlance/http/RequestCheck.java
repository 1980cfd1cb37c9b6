package chat.parlance.http;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.json.JsonFields;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import io.vertx.json.schema.common.dsl.SchemaType;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests of one operation that violate the API description, with {@code bad_request} and its sentence
 * on the wrong part; the client's text is not repeated. A parameter with {@code x-code} chooses another code, since an
 * impossible id is answered like an unused one.
 *
 * <p>Vert.x's own request validator does the same, but hands each request to a worker and back, and copies all schemas
 * of the API description for each parameter. It also takes a user {@code 1.5} for a number, and decodes a query twice. This
 * class has a validator for each schema, and runs on the request's event loop.
 */
final class RequestCheck {

    private static final JsonSchemaOptions OPTIONS = new JsonSchemaOptions()
            .setBaseUri("app://parlance/")
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(OutputFormat.Basic);

    /** Limit of digits: the API's parameters are strings and whole numbers of at most this length. */
    private static final int MAX_DIGITS = 18;

    private final List<ParameterCheck> parameters;
    private final @Nullable BodyCheck body;

    private record ParameterCheck(Parameter parameter, ErrorCode code, Validator validator) {}

    private record BodyCheck(JsonObject schema, Validator validator) {}

    RequestCheck(Operation operation) {
        parameters = operation.getParameters().stream()
                .map(parameter -> new ParameterCheck(
                        parameter, code(parameter), Validator.create(parameter.getSchema(), OPTIONS)))
                .toList();
        JsonObject content = operation.getRequestBody() == null
                ? null
                : operation.getRequestBody().getOpenAPIModel().getJsonObject("content");
        if (content == null) {
            body = null;
        } else {
            JsonObject schema = content.getJsonObject("application/json").getJsonObject("schema");
            body = new BodyCheck(schema, Validator.create(JsonSchema.of(schema), OPTIONS));
        }
    }

    /** Passes a valid request on; {@link Responses#body} then has its body. */
    void handle(RoutingContext context) {
        for (ParameterCheck check : parameters) {
            check(check, context);
        }
        if (body != null) {
            JsonFields fields = JsonFields.parse(text(context.body().buffer()));
            check(body, fields.values());
            Responses.put(context, fields);
        }
        context.next();
    }

    private static String text(@Nullable Buffer body) {
        if (body == null) {
            return "";
        }
        return Utf8.decode(ByteBuffer.wrap(body.getBytes()))
                .orElseThrow(() -> ChatException.badRequest("The body is not UTF-8"));
    }

    private static void check(ParameterCheck check, RoutingContext context) {
        Parameter parameter = check.parameter();
        if (parameter.getIn() == Location.QUERY
                && context.queryParams().getAll(parameter.getName()).size() > 1) {
            throw ChatException.badRequest("The parameter " + parameter.getName() + " is given more than once");
        }
        String value = value(parameter, context);
        if (value == null) {
            if (parameter.isRequired()) {
                throw ChatException.badRequest("The parameter " + parameter.getName() + " is missing");
            }
            return;
        }
        if (!check.validator().validate(typed(parameter, value)).getValid()) {
            if (check.code() != ErrorCode.BAD_REQUEST) {
                throw new ChatException(check.code());
            }
            throw ChatException.badRequest("The parameter " + parameter.getName()
                    + description(parameter.getOpenAPIModel().getJsonObject("schema")));
        }
    }

    private static void check(BodyCheck check, Map<String, Object> values) {
        JsonArray required = check.schema().getJsonArray("required");
        if (required != null) {
            for (Object name : required) {
                if (!values.containsKey(name)) {
                    throw ChatException.badRequest("The member " + name + " is missing");
                }
            }
        }
        OutputUnit outcome = check.validator().validate(new JsonObject(values));
        if (!outcome.getValid()) {
            throw ChatException.badRequest(wrongMember(check.schema(), outcome));
        }
    }

    private static String wrongMember(JsonObject schema, OutputUnit outcome) {
        JsonObject properties = schema.getJsonObject("properties");
        List<OutputUnit> errors = Objects.requireNonNullElse(outcome.getErrors(), List.of());
        return properties.fieldNames().stream()
                .filter(name -> errors.stream().anyMatch(error -> isAt(error, name)))
                .map(name -> "The member " + name + description(properties.getJsonObject(name)))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining("; "), all -> all.isEmpty() ? "The body" + description(schema) : all));
    }

    private static boolean isAt(OutputUnit error, String name) {
        String location = String.valueOf(error.getInstanceLocation());
        return location.equals("#/" + name) || location.startsWith("#/" + name + "/");
    }

    private static String description(JsonObject schema) {
        String description = schema.getString("description");
        return description == null ? " is malformed" : " is malformed: " + description;
    }

    private static @Nullable String value(Parameter parameter, RoutingContext context) {
        return switch (parameter.getIn()) {
            case Location.PATH -> context.pathParam(parameter.getName());
            case Location.QUERY -> context.queryParams().get(parameter.getName());
            case Location.HEADER -> context.request().getHeader(parameter.getName());
            case Location.COOKIE -> throw new IllegalStateException("The interface has no cookies");
        };
    }

    private static Object typed(Parameter parameter, String value) {
        if (parameter.getSchemaType() == SchemaType.INTEGER && value.matches("[0-9]{1," + MAX_DIGITS + "}")) {
            return Long.valueOf(value);
        }
        if (parameter.getSchemaType() == SchemaType.BOOLEAN && (value.equals("true") || value.equals("false"))) {
            return Boolean.valueOf(value);
        }
        return value;
    }

    private static ErrorCode code(Parameter parameter) {
        String code = parameter.getOpenAPIModel().getString("x-code");
        return code == null ? ErrorCode.BAD_REQUEST : ErrorCode.of(code);
    }
}
