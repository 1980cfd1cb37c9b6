package chat.parlance.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Schema of a database, by the migrations that have made it.
 *
 * @param migrations in their order; empty for a database without a schema
 * @param madeBy version of Parlance that ran the last of them; empty when it is not known
 */
public record Schema(List<Migration> migrations, String madeBy) {

    /**
     * A migration that was run.
     *
     * @param checksum of its file, as Flyway computes it
     */
    public record Migration(int version, int checksum) {}

    private static final String EXISTS = "select to_regclass('flyway_schema_history') is not null";

    private static final String HISTORY = """
        select version::integer as version, coalesce(checksum, 0) as checksum,
               coalesce(obj_description('flyway_schema_history'::regclass, 'pg_class'), '') as made_by
        from flyway_schema_history
        where success and version is not null
        order by version::integer
        """;

    public Schema {
        migrations = List.copyOf(migrations);
    }

    /** Version of the newest migration, 0 without any. */
    public int version() {
        return migrations.isEmpty() ? 0 : migrations.getLast().version();
    }

    static Schema read(Connection connection) throws SQLException {
        List<Migration> migrations = new ArrayList<>();
        String madeBy = "";
        try (Statement statement = connection.createStatement()) {
            try (ResultSet exists = statement.executeQuery(EXISTS)) {
                exists.next();
                if (!exists.getBoolean(1)) {
                    return new Schema(migrations, madeBy);
                }
            }
            try (ResultSet rows = statement.executeQuery(HISTORY)) {
                while (rows.next()) {
                    migrations.add(new Migration(rows.getInt("version"), rows.getInt("checksum")));
                    madeBy = rows.getString("made_by");
                }
            }
        }
        return new Schema(migrations, madeBy);
    }
}
