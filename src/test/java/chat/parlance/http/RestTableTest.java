package chat.parlance.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.ApiSchemas;
import chat.parlance.testing.Documents;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** REST tables of docs/PROTOCOL.md: every operation of openapi.yaml with its parameters, its body and its answer. */
final class RestTableTest {

    private static final ApiSchemas DESCRIPTION = new ApiSchemas();

    private static final Pattern ROW = Pattern.compile(
            "\\| `([A-Z]+ /\\S*)` \\| (?:`([^`]*)`)? ?\\| (?:`\\{(.*)}`)? ?\\| (\\d{3})(?: `\\{(.*?)}`)?.*\\|");

    private static final Set<String> METHODS = Stream.of(
                    HttpMethod.GET, HttpMethod.PUT, HttpMethod.POST, HttpMethod.PATCH, HttpMethod.DELETE)
            .map(method -> method.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());

    /**
     * One operation; optional names end in a question mark.
     *
     * @param answer members of the answer, empty when the table does not list them
     */
    private record Operation(List<String> query, List<String> body, String status, List<String> answer) {}

    @Test
    void shouldListEveryOperationWithItsParametersAndBody() {
        Map<String, Operation> described = described();
        Map<String, Operation> documented = documented();
        assertThat(documented.keySet()).isEqualTo(described.keySet());
        described.forEach((operation, inDescription) -> {
            Operation inTable = documented.get(operation);
            assertThat(inTable.query()).as("query of " + operation).hasSameElementsAs(inDescription.query());
            assertThat(inTable.body()).as("body of " + operation).isEqualTo(inDescription.body());
            assertThat(inTable.status()).as("status of " + operation).isEqualTo(inDescription.status());
        });
    }

    @Test
    void shouldNameTheMembersOfAnAnswerAsDescribed() {
        Map<String, Operation> described = described();
        Map<String, Operation> documented = documented();
        assertThat(documented.values())
                .filteredOn(row -> !row.answer().isEmpty())
                .hasSizeGreaterThan(15);
        documented.forEach((operation, row) -> assertThat(
                        described.get(operation).answer().stream().map(RestTableTest::plain))
                .as("answer of " + operation)
                .containsAll(row.answer().stream().map(RestTableTest::plain).toList()));
    }

    private static String plain(String name) {
        return name.replace("?", "");
    }

    private static Map<String, Operation> documented() {
        TreeMap<String, Operation> rows = new TreeMap<>();
        Documents.read("docs/PROTOCOL.md")
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .forEach(row -> {
                    Operation former = rows.put(
                            row.group(1),
                            new Operation(names(row.group(2)), names(row.group(3)), row.group(4), names(row.group(5))));
                    assertThat(former).as(row.group(1) + " stands in one row").isNull();
                });
        return rows;
    }

    private static List<String> names(String list) {
        return list == null || list.isEmpty() ? List.of() : List.of(list.split(", ", -1));
    }

    private static Map<String, Operation> described() {
        TreeMap<String, Operation> operations = new TreeMap<>();
        JsonObject paths = DESCRIPTION.openApi().getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            JsonObject methods = paths.getJsonObject(path);
            for (String method : methods.fieldNames()) {
                if (METHODS.contains(method)) {
                    operations.put(
                            method.toUpperCase(Locale.ROOT) + " " + path,
                            operation(
                                    methods.getJsonObject(method),
                                    methods.getJsonArray("parameters", new JsonArray())));
                }
            }
        }
        return operations;
    }

    private static Operation operation(JsonObject operation, JsonArray common) {
        List<String> query = Stream.concat(
                        common.stream(), operation.getJsonArray("parameters", new JsonArray()).stream())
                .map(parameter -> DESCRIPTION.resolve((JsonObject) parameter))
                .filter(parameter -> parameter.getString("in").equals("query"))
                .map(parameter -> parameter.getString("name") + (parameter.getBoolean("required", false) ? "" : "?"))
                .toList();
        JsonObject responses = operation.getJsonObject("responses");
        // The operation that answers 200 to a repeated request is documented by the 201 of the first one.
        String status = responses.fieldNames().stream()
                .filter(code -> code.startsWith("2"))
                .max(String::compareTo)
                .orElseThrow();
        JsonObject body = operation.getJsonObject("requestBody");
        return new Operation(
                query,
                body == null ? List.of() : members(content(DESCRIPTION.resolve(body))),
                status,
                members(content(DESCRIPTION.resolve(responses.getJsonObject(status)))));
    }

    private static JsonObject content(JsonObject body) {
        JsonObject json = body.getJsonObject("content", new JsonObject()).getJsonObject("application/json");
        return json == null ? new JsonObject() : json.getJsonObject("schema");
    }

    private static List<String> members(JsonObject reference) {
        JsonObject schema = DESCRIPTION.resolve(reference);
        List<String> members = new ArrayList<>();
        schema.getJsonArray("allOf", new JsonArray()).forEach(part -> members.addAll(members((JsonObject) part)));
        JsonArray required = schema.getJsonArray("required", new JsonArray());
        for (String name : schema.getJsonObject("properties", new JsonObject()).fieldNames()) {
            members.add(required.contains(name) ? name : name + "?");
        }
        return members;
    }
}
