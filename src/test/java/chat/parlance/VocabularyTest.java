package chat.parlance;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.ApiSchemas;
import chat.parlance.testing.Documents;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The table "Vocabulary" of docs/PROTOCOL.md and the names in both descriptions of the interface: one word for one thing,
 * and one thing for one word.
 */
final class VocabularyTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w-]+)` \\| ([a-z ]+) \\| [^|]+ \\| ([^|]+) \\|$");

    private static final Path LIBRARY = Path.of("src/main/resources/web/parlance-client");

    /** Values of the table, by the schema of a member. */
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("UserId", "user id"),
            Map.entry("[UserId]", "user ids"),
            Map.entry("RoomId", "room id"),
            Map.entry("NewRoomId", "room id"),
            Map.entry("SessionId", "session id"),
            Map.entry("MessageId", "message id"),
            Map.entry("Seq", "seq"),
            Map.entry("Since", "seq"),
            Map.entry("Head", "seq"),
            Map.entry("HiddenTo", "seq"),
            Map.entry("ReadTo", "seq"),
            Map.entry("{Head}", "seqs by room id"),
            Map.entry("NewestMessage", "seq and time"),
            Map.entry("Stamp", "stamp"),
            Map.entry("Ref", "text"),
            Map.entry("InviteId", "invite id"),
            Map.entry("TokenId", "token id"),
            Map.entry("AuditId", "entry number"),
            Map.entry("[RoomId]", "room ids"),
            Map.entry("[Account]", "accounts"),
            Map.entry("[Room]", "rooms"),
            Map.entry("[User]", "users"),
            Map.entry("[Member]", "members"),
            Map.entry("[OpenSession]", "sessions"));

    /** Types of a member whose schema has no name, by the value of the table. */
    private static final Map<String, String> TYPES = Map.of(
            "user id", "string",
            "client id", "string",
            "entry id", "string",
            "page token", "string",
            "text", "string",
            "seq", "integer",
            "number", "integer");

    /** Parts of a name that stands for an id, a position, a room, a user or a number of them. */
    private static final Set<String> PARTS = Set.of(
            "author",
            "channel",
            "count",
            "cursor",
            "from",
            "head",
            "heads",
            "id",
            "ids",
            "index",
            "last",
            "member",
            "members",
            "mentions",
            "newest",
            "next",
            "offset",
            "owner",
            "page",
            "position",
            "read",
            "ref",
            "replies",
            "room",
            "rooms",
            "seq",
            "seqs",
            "session",
            "sessions",
            "stamp",
            "total",
            "turn",
            "unread",
            "user",
            "users");

    private final ApiSchemas description = new ApiSchemas();

    /** @param in interfaces that have the word */
    private record Word(String value, Set<String> in) {}

    /** A member or parameter of a description. */
    private record Name(String name, String schema, String where) {}

    @Test
    void shouldHaveEveryIdPositionRoomAndUserInTheTable() {
        Map<String, Word> table = table();
        assertThat(table).hasSizeGreaterThan(40);
        assertThat(names())
                .filteredOn(name -> VALUES.containsKey(name.schema())
                        || (!name.schema().equals("boolean") && isOfVocabulary(name.name())))
                .allSatisfy(name -> assertThat(table).as(name.toString()).containsKey(name.name()));
    }

    @Test
    void shouldUseAWordForOneKindOfValueOnly() {
        Map<String, Word> table = table();
        assertThat(names()).filteredOn(name -> table.containsKey(name.name())).allSatisfy(name -> {
            String value = Objects.requireNonNull(table.get(name.name())).value();
            String described = VALUES.get(name.schema());
            assertThat(described == null ? name.schema() : described)
                    .as("%s, in the table %s", name, value)
                    .isEqualTo(described == null ? TYPES.get(value) : value);
        });
    }

    @Test
    void shouldSayWhereEachWordStands() throws IOException {
        Map<String, Set<String>> places = new TreeMap<>();
        names().forEach(name ->
                places.computeIfAbsent(name.name(), first -> new TreeSet<>()).add(name.where()));
        String library = library();
        String lines = Documents.read("docs/PROTOCOL.md")
                .lines()
                .filter(line -> line.startsWith("| `/"))
                .reduce("", String::concat);
        table().forEach((name, word) -> {
            assertThat(word.in().stream()
                            .filter(in -> in.equals("REST") || in.equals("frames"))
                            .collect(toSet()))
                    .as(name)
                    .isEqualTo(places.get(name));
            if (word.in().contains("library")) {
                assertThat(library).containsPattern("\\b" + name + "\\b");
            }
            word.in().stream()
                    .filter(in -> in.startsWith("line mode"))
                    .forEach(in -> assertThat(lines).contains(in.replaceAll(".*`(\\w+)`.*", "$1")));
        });
    }

    @Test
    void shouldUseATypeOfFramesInOneDirectionOnly() {
        Set<String> asked = new HashSet<>();
        Set<String> sent = new HashSet<>();
        description.asyncApi().getJsonObject("operations").forEach(entry -> {
            JsonObject operation = (JsonObject) entry.getValue();
            boolean request = operation.getString("action").equals("receive");
            types(operation.getJsonArray("messages")).forEach((request ? asked : sent)::add);
            if (request) {
                types(operation.getJsonObject("reply").getJsonArray("messages")).forEach(sent::add);
            }
        });
        assertThat(asked).hasSizeGreaterThan(15).doesNotContainAnyElementsOf(sent);
    }

    private Stream<String> types(JsonArray messages) {
        return messages.stream()
                .map(message -> description.resolve((JsonObject) message).getString("name"));
    }

    private static boolean isOfVocabulary(String name) {
        return Arrays.stream(name.split("(?=[A-Z])|-"))
                .map(part -> part.toLowerCase(Locale.ROOT))
                .anyMatch(PARTS::contains);
    }

    private static Map<String, Word> table() {
        String protocol = Documents.read("docs/PROTOCOL.md");
        int begin = protocol.indexOf("### Vocabulary");
        return ROW.matcher(protocol.substring(begin, protocol.indexOf("\n## ", begin)))
                .results()
                .collect(toMap(row -> row.group(1), VocabularyTest::word));
    }

    private static Word word(MatchResult row) {
        return new Word(row.group(2), Set.of(row.group(3).split(", ")));
    }

    private Set<Name> names() {
        Set<Name> found = new HashSet<>();
        walk(description.openApi(), "REST", found, new HashSet<>());
        walk(description.asyncApi(), "frames", found, new HashSet<>());
        return found;
    }

    private void walk(@Nullable Object part, String where, Set<Name> found, Set<String> followed) {
        switch (part) {
            case JsonObject object -> {
                String reference = object.getString("$ref");
                if (reference != null && followed.add(reference)) {
                    walk(description.resolve(object), where, found, followed);
                }
                if (object.containsKey("in") && object.getValue("schema") instanceof JsonObject schema) {
                    found.add(new Name(object.getString("name"), schemaOf(schema), where));
                }
                if (object.getValue("properties") instanceof JsonObject properties) {
                    properties.forEach(property ->
                            found.add(new Name(property.getKey(), schemaOf((JsonObject) property.getValue()), where)));
                }
                object.forEach(member -> walk(member.getValue(), where, found, followed));
            }
            case JsonArray array -> array.forEach(element -> walk(element, where, found, followed));
            case null, default -> {}
        }
    }

    /** Name of a schema, in brackets for a list and in braces for a map; the type of one without a name. */
    private static String schemaOf(JsonObject schema) {
        String reference = schema.getString("$ref");
        if (reference != null) {
            return reference.substring(reference.lastIndexOf('/') + 1);
        }
        if (schema.getValue("items") instanceof JsonObject items) {
            return "[" + schemaOf(items) + "]";
        }
        if (schema.getValue("additionalProperties") instanceof JsonObject values) {
            return "{" + schemaOf(values) + "}";
        }
        return schema.getString("type", "");
    }

    private static String library() throws IOException {
        try (Stream<Path> files = Files.list(LIBRARY)) {
            return files.map(VocabularyTest::contents).reduce("", String::concat);
        }
    }

    private static String contents(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
