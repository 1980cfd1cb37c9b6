package chat.parlance.persistence;

import chat.parlance.error.StartupException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tables of the schema as Postgres's catalogue has them, so that a new migration needs no entry anywhere. Transaction
 * ids and snapshots mean something in one server alone: a column of them is not copied, and neither is a table that
 * cannot be without, such as {@code commit_log}.
 */
final class Catalogue {

    private static final String COLUMNS = """
        select c.relname as table_name, a.attname as column_name
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
             and a.atttypid not in ('xid8'::regtype, 'pg_snapshot'::regtype)
        where n.nspname = current_schema() and c.relkind in ('r', 'p') and not c.relispartition
          and c.relname <> 'flyway_schema_history'
          and not exists (
              select from pg_attribute x
              where x.attrelid = c.oid and not x.attisdropped and x.attnotnull
                    and x.atttypid in ('xid8'::regtype, 'pg_snapshot'::regtype)
          )
        order by c.relname, a.attnum
        """;

    private static final String REFERENCES = """
        select c.relname as table_name, r.relname as referenced
        from pg_constraint k
        join pg_class c on c.oid = k.conrelid
        join pg_class r on r.oid = k.confrelid
        where k.contype = 'f' and k.connamespace = current_schema()::regnamespace and k.conrelid <> k.confrelid
        """;

    private Catalogue() {}

    /** Tables in an order in which each stands behind those that it references. */
    static List<StoredTable> tables(Connection connection) throws SQLException {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        Map<String, Set<String>> references = new HashMap<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(COLUMNS)) {
                while (rows.next()) {
                    columns.computeIfAbsent(rows.getString("table_name"), first -> new ArrayList<>())
                            .add(rows.getString("column_name"));
                }
            }
            try (ResultSet rows = statement.executeQuery(REFERENCES)) {
                while (rows.next()) {
                    references
                            .computeIfAbsent(rows.getString("table_name"), first -> new HashSet<>())
                            .add(rows.getString("referenced"));
                }
            }
        }
        return inOrder(columns, references);
    }

    private static List<StoredTable> inOrder(Map<String, List<String>> columns, Map<String, Set<String>> references) {
        Map<String, List<String>> left = new LinkedHashMap<>(columns);
        List<StoredTable> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            int before = left.size();
            for (Iterator<Map.Entry<String, List<String>>> tables =
                            left.entrySet().iterator();
                    tables.hasNext(); ) {
                Map.Entry<String, List<String>> table = tables.next();
                if (references.getOrDefault(table.getKey(), Set.of()).stream()
                        .noneMatch(name -> isIn(left, name, table.getKey()))) {
                    ordered.add(new StoredTable(table.getKey(), table.getValue()));
                    tables.remove();
                }
            }
            if (left.size() == before) {
                throw new StartupException("tables reference each other in a circle: " + left.keySet());
            }
        }
        return ordered;
    }

    private static boolean isIn(Map<String, List<String>> left, String referenced, String table) {
        return !referenced.equals(table) && left.containsKey(referenced);
    }
}
