package chat.parlance.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.error.ErrorCode;
import chat.parlance.testing.ApiSchemas;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that is described has examples, and each keeps its schema; {@link ApiExamplesIT} sends them to a node. */
final class ApiExamplesTest {

    private static final ApiSchemas DESCRIPTION = new ApiSchemas();

    /** @param content of a request or response, what it is of first */
    record Body(String where, JsonObject content) {
        @Override
        public String toString() {
            return where;
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void shouldGiveGoodExamplesOfEveryBody(Body body) {
        JsonObject examples = body.content().getJsonObject("examples", new JsonObject());
        assertThat(examples.fieldNames()).isNotEmpty();
        JsonObject schema = body.content().getJsonObject("schema");
        examples.forEach(example -> assertThat(ApiSchemas.complaint(
                        DESCRIPTION.validator(schema),
                        DESCRIPTION.resolve((JsonObject) example.getValue()).getValue("value")))
                .as(example.getKey())
                .isEmpty());
    }

    @Test
    void shouldGiveAGoodExampleOfEveryParameterOfAPath() {
        for (JsonObject parameter : children(DESCRIPTION.openApi(), "components", "parameters")) {
            if (parameter.getString("in").equals("path")) {
                assertThat(ApiSchemas.complaint(
                                DESCRIPTION.validator(parameter.getJsonObject("schema")),
                                parameter.getValue("example")))
                        .as(parameter.getString("name"))
                        .isEmpty();
            }
        }
    }

    @Test
    void shouldGiveGoodExamplesOfEveryFrame() {
        for (JsonObject message : children(DESCRIPTION.asyncApi(), "components", "messages")) {
            JsonArray examples = message.getJsonArray("examples", new JsonArray());
            assertThat(examples).as(message.getString("name")).isNotEmpty();
            for (Object example : examples) {
                assertThat(ApiSchemas.complaint(
                                DESCRIPTION.validator(message.getJsonObject("payload")),
                                ((JsonObject) example).getValue("payload")))
                        .isEmpty();
            }
        }
    }

    @Test
    void shouldDescribeEveryErrorCodeWithItsExample() {
        JsonObject components = DESCRIPTION.openApi().getJsonObject("components");
        assertThat(components
                        .getJsonObject("schemas")
                        .getJsonObject("ErrorCode")
                        .getJsonArray("enum"))
                .containsExactlyElementsOf(
                        Stream.of(ErrorCode.values()).map(ErrorCode::code).toList());
        components.getJsonObject("examples").forEach(example -> {
            ErrorCode code = ErrorCode.of(example.getKey());
            JsonObject problem = ((JsonObject) example.getValue()).getJsonObject("value");
            assertThat(problem.getString("code")).isEqualTo(code.code());
            assertThat(problem.getString("title")).isEqualTo(code.title());
            assertThat(problem.getInteger("status")).isEqualTo(code.status());
        });
    }

    private static List<Body> bodies() {
        List<Body> bodies = new ArrayList<>();
        for (JsonObject path : children(DESCRIPTION.openApi(), "paths")) {
            path.stream()
                    .map(member -> member.getValue())
                    .filter(member -> member instanceof JsonObject)
                    .forEach(operation -> addBodies((JsonObject) operation, bodies));
        }
        return bodies;
    }

    private static void addBodies(JsonObject operation, List<Body> bodies) {
        String name = operation.getString("operationId");
        if (operation.containsKey("requestBody")) {
            addBody(name, operation.getJsonObject("requestBody"), bodies);
        }
        operation
                .getJsonObject("responses")
                .forEach(response -> addBody(
                        name + " " + response.getKey(), DESCRIPTION.resolve((JsonObject) response.getValue()), bodies));
    }

    private static void addBody(String where, JsonObject described, List<Body> bodies) {
        for (JsonObject content : children(described, "content")) {
            bodies.add(new Body(where, content));
        }
    }

    private static List<JsonObject> children(JsonObject parent, String... path) {
        JsonObject at = parent;
        for (String step : path) {
            at = at.getJsonObject(step, new JsonObject());
        }
        return at.stream().map(child -> (JsonObject) child.getValue()).toList();
    }
}
