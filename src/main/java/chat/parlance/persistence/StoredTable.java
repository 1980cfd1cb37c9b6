package chat.parlance.persistence;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Table whose rows are copied, with the columns that are copied of it.
 *
 * @param columns in the order of the table
 */
public record StoredTable(String name, List<String> columns) {

    public StoredTable {
        columns = List.copyOf(columns);
    }

    String quotedName() {
        return quote(name);
    }

    String quotedColumns() {
        return columns.stream().map(StoredTable::quote).collect(Collectors.joining(", "));
    }

    private static String quote(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
