package chat.parlance.backup;

import chat.parlance.persistence.Schema;
import chat.parlance.persistence.StoredTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Contents of a backup.
 *
 * @param schema of the rows
 * @param tables in the order of their references, with the numbers of their rows
 * @param sequences last values by name
 */
record Manifest(Instant madeAt, Schema schema, List<Rows> tables, Map<String, Long> sequences) {

    /** Version of the form of the file; a reader refuses any other. */
    static final int FORMAT = 1;

    /** Rows of a table. */
    record Rows(StoredTable table, long count) {}

    Manifest {
        tables = List.copyOf(tables);
        sequences = Map.copyOf(sequences);
    }

    List<StoredTable> storedTables() {
        return tables.stream().map(Rows::table).toList();
    }

    long rows() {
        return tables.stream().mapToLong(Rows::count).sum();
    }

    JsonObject toJson() {
        JsonArray migrations = new JsonArray();
        schema.migrations()
                .forEach(each -> migrations.add(
                        new JsonObject().put("version", each.version()).put("checksum", each.checksum())));
        JsonArray rows = new JsonArray();
        tables.forEach(each -> rows.add(new JsonObject()
                .put("name", each.table().name())
                .put("columns", new JsonArray(each.table().columns()))
                .put("rowCount", each.count())));
        return new JsonObject()
                .put("format", FORMAT)
                .put("madeAt", madeAt.toString())
                .put("parlance", schema.madeBy())
                .put("schema", schema.version())
                .put("migrations", migrations)
                .put("tables", rows)
                .put("sequences", new JsonObject(new TreeMap<>(sequences)));
    }

    /** @throws RuntimeException for anything that {@link #toJson} does not make */
    static Manifest of(JsonObject json) {
        List<Schema.Migration> migrations = new ArrayList<>();
        for (Object each : json.getJsonArray("migrations")) {
            JsonObject migration = (JsonObject) each;
            migrations.add(new Schema.Migration(migration.getInteger("version"), migration.getInteger("checksum")));
        }
        List<Rows> tables = new ArrayList<>();
        for (Object each : json.getJsonArray("tables")) {
            JsonObject table = (JsonObject) each;
            List<String> columns = table.getJsonArray("columns").stream()
                    .map(String.class::cast)
                    .toList();
            tables.add(new Rows(new StoredTable(table.getString("name"), columns), table.getLong("rowCount")));
        }
        Map<String, Long> sequences = new TreeMap<>();
        JsonObject last = json.getJsonObject("sequences");
        last.fieldNames().forEach(name -> sequences.put(name, last.getLong(name)));
        return new Manifest(
                Instant.parse(json.getString("madeAt")),
                new Schema(migrations, json.getString("parlance")),
                tables,
                sequences);
    }
}
