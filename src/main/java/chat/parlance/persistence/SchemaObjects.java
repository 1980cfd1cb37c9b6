package chat.parlance.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tables, indexes, functions and triggers that the migrations make, read from their files: each statement begins at the
 * start of a line, and the text of a function stands between dollar signs.
 */
final class SchemaObjects {

    private static final Pattern STATEMENT = Pattern.compile(
            "^(create(?: or replace)?|drop) (?:unique )?(table|index|function|trigger)(?: concurrently)?(?: if (?:not"
                    + " )?exists)? (\\w+)",
            Pattern.MULTILINE);

    private static final Pattern TABLE_OF_TRIGGER = Pattern.compile("\\bon (\\w+)");
    private static final Pattern PARAMETERS = Pattern.compile("\\(([^()]*)\\)");
    private static final Pattern BODY = Pattern.compile("\\bas \\$(\\w*)\\$(.*?)\\$\\1\\$", Pattern.DOTALL);

    private final Map<SchemaObject, String> bodies = new TreeMap<>();

    private SchemaObjects() {}

    /** @param files of migrations on the class path, in their order */
    static SchemaObjects of(List<String> files) {
        SchemaObjects objects = new SchemaObjects();
        files.forEach(file -> objects.apply(read(file)));
        return objects;
    }

    /** Objects with the text of each function; it is empty for other objects, and for a function without dollar signs. */
    Map<SchemaObject, String> bodies() {
        return bodies;
    }

    private void apply(String sql) {
        List<Integer> starts =
                STATEMENT.matcher(sql).results().map(found -> found.start()).toList();
        for (int i = 0; i < starts.size(); i++) {
            int end = i + 1 < starts.size() ? starts.get(i + 1) : sql.length();
            applyStatement(sql.substring(starts.get(i), end));
        }
    }

    private void applyStatement(String statement) {
        Matcher head = STATEMENT.matcher(statement);
        if (!head.lookingAt()) {
            return;
        }
        SchemaObject.Kind kind = SchemaObject.Kind.of(head.group(2));
        SchemaObject key = new SchemaObject(kind, name(kind, head.group(3), statement));
        if (head.group(1).equals("drop")) {
            bodies.remove(key);
            return;
        }
        Matcher body = BODY.matcher(statement);
        bodies.put(key, kind == SchemaObject.Kind.FUNCTION && body.find() ? body.group(2) : "");
    }

    private static String name(SchemaObject.Kind kind, String word, String statement) {
        Matcher table = TABLE_OF_TRIGGER.matcher(statement);
        Matcher parameters = PARAMETERS.matcher(statement);
        return switch (kind) {
            case TRIGGER -> table.find() ? word + " on " + table.group(1) : word;
            case FUNCTION -> word + "/" + (parameters.find() ? count(parameters.group(1)) : 0);
            case TABLE, INDEX -> word;
        };
    }

    private static long count(String parameters) {
        return parameters.isBlank()
                ? 0
                : 1 + parameters.chars().filter(each -> each == ',').count();
    }

    private static String read(String file) {
        try (InputStream in = Objects.requireNonNull(SchemaObjects.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
