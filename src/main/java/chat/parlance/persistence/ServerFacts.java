package chat.parlance.persistence;

import chat.parlance.error.StartupException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Facts about a Postgres that an operator asks for.
 *
 * @param version as Postgres names it, such as {@code 18.4}
 * @param majorVersion such as 18
 * @param weaknesses reasons why a commit may not survive a crash; empty when it does
 * @param encrypted true when the connection is
 * @param roundTripNs time of the median of a few empty queries
 * @param clockAheadMs its clock minus this machine's
 * @param bytes size of the database
 * @param maxConnections limit of the connections of all its clients
 * @param connections open connections of all its clients
 * @param folder its data folder, if the role may know it
 */
public record ServerFacts(
        String version,
        int majorVersion,
        List<String> weaknesses,
        boolean encrypted,
        long roundTripNs,
        long clockAheadMs,
        long bytes,
        int maxConnections,
        int connections,
        @Nullable Path folder) {

    private static final int ROUND_TRIPS = 5;
    private static final int VERSIONS_OF_MAJOR = 10_000;

    private static final String FACTS = """
        select current_setting('server_version') as version,
               current_setting('server_version_num')::int as version_number,
               coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as encrypted,
               pg_database_size(current_database()) as bytes,
               current_setting('max_connections')::int
               - current_setting('superuser_reserved_connections')::int as max_connections,
               (select sum(numbackends) from pg_stat_database)::int as connections,
               case
                   when pg_has_role('pg_read_all_settings', 'usage') then current_setting('data_directory')
               end as folder
        """;

    private static final String CLOCK = "select (extract(epoch from clock_timestamp()) * 1000)::bigint";

    public ServerFacts {
        weaknesses = List.copyOf(weaknesses);
    }

    /**
     * Asks a server. Blocks.
     *
     * @throws StartupException when it does not answer
     */
    public static ServerFacts read(PostgresUri uri) {
        try (Connection connection = uri.connect();
                Statement statement = connection.createStatement()) {
            long[] times = LongStream.generate(() -> roundTripNs(statement))
                    .limit(ROUND_TRIPS)
                    .sorted()
                    .toArray();
            long clockAheadMs = clockAheadMs(statement);
            List<String> weaknesses = Durability.weaknesses(connection);
            try (ResultSet facts = statement.executeQuery(FACTS)) {
                facts.next();
                String folder = facts.getString("folder");
                return new ServerFacts(
                        facts.getString("version"),
                        facts.getInt("version_number") / VERSIONS_OF_MAJOR,
                        weaknesses,
                        facts.getBoolean("encrypted"),
                        times[ROUND_TRIPS / 2],
                        clockAheadMs,
                        facts.getLong("bytes"),
                        facts.getInt("max_connections"),
                        facts.getInt("connections"),
                        folder == null ? null : Path.of(folder));
            }
        } catch (SQLException refused) {
            throw new StartupException(String.valueOf(refused.getMessage()), refused);
        }
    }

    private static long roundTripNs(Statement statement) {
        long begin = System.nanoTime();
        try {
            statement.execute("select 1");
        } catch (SQLException refused) {
            throw new StartupException(String.valueOf(refused.getMessage()), refused);
        }
        return System.nanoTime() - begin;
    }

    /** Compares its clock with the middle of the time that the query takes here. */
    private static long clockAheadMs(Statement statement) throws SQLException {
        long beginNs = System.nanoTime();
        long beginMs = System.currentTimeMillis();
        try (ResultSet clock = statement.executeQuery(CLOCK)) {
            clock.next();
            return clock.getLong(1) - beginMs - TimeUnit.NANOSECONDS.toMillis((System.nanoTime() - beginNs) / 2);
        }
    }
}
