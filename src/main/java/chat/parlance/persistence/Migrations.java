package chat.parlance.persistence;

import chat.parlance.error.StartupException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * Migrates the schema to this version, in a Postgres whose commits are durable. Forward only; nodes that start at the
 * same time take turns. Blocks.
 */
public final class Migrations {

    private static final String LOCATION = "classpath:db/migration";
    private static final String CONNECTION_FAILURE_CLASS = "08";

    /** SQL state of a connection refused by a server without TLS. */
    private static final String REJECTED = "08004";

    private static final String STARTING_UP = "57P03";
    private static final int RETRY_MS = 250;

    private Migrations() {}

    /**
     * Migrates the schema.
     *
     * @param startTimeoutMs time for Postgres to answer
     * @throws StartupException when it does not answer, refuses, or may lose commits, or when a newer version created
     *     the schema
     */
    public static void run(PostgresUri uri, int startTimeoutMs) {
        awaitDurablePostgres(uri, startTimeoutMs);
        try {
            Flyway.configure()
                    .dataSource(uri.jdbcUrl(), uri.user(), uri.password())
                    .locations(LOCATION)
                    .cleanDisabled(true)
                    .load()
                    .migrate();
        } catch (FlywayException failed) {
            throw new StartupException(
                    "the database " + uri + " cannot be brought up to date: "
                            + String.valueOf(failed.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse(""),
                    failed);
        }
    }

    private static void awaitDurablePostgres(PostgresUri uri, int startTimeoutMs) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(startTimeoutMs);
        while (true) {
            try (Connection connection = uri.connect()) {
                Durability.require(connection, uri);
                return;
            } catch (SQLException refused) {
                if (!mayComeBack(refused) || System.nanoTime() > end) {
                    throw new StartupException("Postgres at " + uri + " refuses: " + refused.getMessage(), refused);
                }
                pause();
            }
        }
    }

    private static boolean mayComeBack(SQLException refused) {
        String state = String.valueOf(refused.getSQLState());
        return (state.startsWith(CONNECTION_FAILURE_CLASS) && !state.equals(REJECTED) && !isOfTls(refused))
                || state.equals(STARTING_UP);
    }

    /** True for a failure of TLS, which a retry cannot mend. */
    private static boolean isOfTls(@Nullable Throwable failure) {
        return failure != null && (failure instanceof SSLException || isOfTls(failure.getCause()));
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartupException("interrupted while waiting for Postgres", interrupted);
        }
    }
}
