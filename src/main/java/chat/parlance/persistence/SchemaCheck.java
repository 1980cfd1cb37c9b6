package chat.parlance.persistence;

import chat.parlance.build.Build;
import chat.parlance.error.StartupException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares the objects of a database with those that the migrations make. Blocks. */
public final class SchemaCheck {

    /** State of a trigger that fires, in {@code pg_trigger}. */
    private static final String FIRES = "O";

    private static final String OBJECTS = """
        select 'table' as kind, c.relname as name, '' as detail
        from pg_class c
        where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        union all
        select 'index', c.relname, case when i.indisvalid and i.indisready then '' else 'broken' end
        from pg_index i
        join pg_class c on c.oid = i.indexrelid
        where c.relnamespace = current_schema()::regnamespace
        union all
        select 'function', p.proname || '/' || p.pronargs, coalesce(p.prosrc, '')
        from pg_proc p
        where p.pronamespace = current_schema()::regnamespace
        union all
        select 'trigger', t.tgname || ' on ' || c.relname, t.tgenabled::text
        from pg_trigger t
        join pg_class c on c.oid = t.tgrelid
        where c.relnamespace = current_schema()::regnamespace and not t.tgisinternal
        """;

    /**
     * Differences.
     *
     * @param texts a line each
     * @param readable false when a table is missing, so that the data cannot be read
     */
    public record Result(List<String> texts, boolean readable) {

        public Result {
            texts = List.copyOf(texts);
        }
    }

    private SchemaCheck() {}

    /** @throws StartupException when the database has no schema of this build */
    public static Result run(PostgresUri uri) {
        try (Connection connection = uri.connect()) {
            requireThisBuild(Schema.read(connection), uri);
            return compare(SchemaObjects.of(Migrations.files()).bodies(), present(connection));
        } catch (SQLException refused) {
            throw new StartupException("the database could not be read: " + refused.getMessage(), refused);
        }
    }

    private static void requireThisBuild(Schema schema, PostgresUri uri) {
        Build build = Build.load();
        if (schema.version() == 0) {
            throw new StartupException("there is no Parlance in this database");
        }
        if (schema.version() != build.schema()) {
            throw new StartupException(
                    "the database %s has the schema of version %d, and this is Parlance %s with version %d; %s"
                            .formatted(
                                    uri,
                                    schema.version(),
                                    build.version(),
                                    build.schema(),
                                    schema.version() < build.schema()
                                            ? "start a node of this version first, which migrates it"
                                            : "use Parlance " + schema.madeBy() + " or newer"));
        }
    }

    /** Objects of the database with the text of a function, the state of a trigger, or the defect of an index. */
    static Map<SchemaObject, String> present(Connection connection) throws SQLException {
        Map<SchemaObject, String> present = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(OBJECTS)) {
            while (rows.next()) {
                present.put(
                        new SchemaObject(SchemaObject.Kind.of(rows.getString("kind")), rows.getString("name")),
                        rows.getString("detail"));
            }
        }
        return present;
    }

    static Result compare(Map<SchemaObject, String> expected, Map<SchemaObject, String> present) {
        List<String> texts = new ArrayList<>();
        boolean readable = true;
        for (Map.Entry<SchemaObject, String> object : expected.entrySet()) {
            SchemaObject key = object.getKey();
            String detail = present.get(key);
            if (detail == null) {
                texts.add(key + " is missing");
                readable &= key.kind() != SchemaObject.Kind.TABLE;
            } else if (key.kind() == SchemaObject.Kind.TRIGGER && !detail.equals(FIRES)) {
                texts.add(key + " is disabled");
            } else if (key.kind() == SchemaObject.Kind.INDEX && !detail.isEmpty()) {
                texts.add(key + " is not valid");
            } else if (key.kind() == SchemaObject.Kind.FUNCTION
                    && !object.getValue().isEmpty()
                    && !detail.equals(object.getValue())) {
                texts.add(key + " is not that of the migrations");
            }
        }
        return new Result(texts, readable);
    }
}
