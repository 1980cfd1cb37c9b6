package chat.parlance.persistence;

import chat.parlance.error.StartupException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Plain inserts of the rows of joins, for the bench: into tables with the same columns, checks and indexes, without
 * foreign keys, triggers and rules. Blocks.
 */
public final class JoinBaseline {

    private static final String TABLES = """
        create table bench_member (like member including all);
        create table bench_event (like event including all)
        """;

    private static final String INSERT = """
        with numbers as (
            select ?::bigint + i as number from generate_series(1, ?::integer) i
        ), members as (
            insert into bench_member (room_id, user_id, role)
            select 'bench-room-' || number % 500, 'bench-' || number, 'member' from numbers
        )
        insert into bench_event (room_id, seq, stamp, previous, at, sender, kind, subject, text)
        select 'bench-room-' || number % 500, number + 1, number + 1, number, now(), 'bench-' || number, 'membership',
               'bench-' || number, 'joined'
        from numbers
        """;

    private JoinBaseline() {}

    /**
     * Inserts rows, each batch in a transaction.
     *
     * @return rows a second, counting a member with its event as one
     */
    public static double insert(PostgresUri uri, int rows, int batch) {
        try (Connection connection = uri.connect();
                Statement tables = connection.createStatement()) {
            tables.execute(TABLES);
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                long begin = System.nanoTime();
                for (int done = 0; done < rows; done += batch) {
                    insert.setLong(1, done);
                    insert.setInt(2, Math.min(batch, rows - done));
                    insert.executeUpdate();
                }
                return rows / ((System.nanoTime() - begin) / 1e9);
            }
        } catch (SQLException refused) {
            throw new StartupException("the baseline could not be measured: " + refused.getMessage(), refused);
        }
    }
}
