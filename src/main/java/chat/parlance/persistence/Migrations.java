package chat.parlance.persistence;

import chat.parlance.build.Build;
import chat.parlance.error.StartupException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.output.MigrateResult;
import org.jspecify.annotations.Nullable;

/**
 * Migrates the schema to this version, in a Postgres whose commits are durable. Forward only; nodes that start at the
 * same time take turns. Blocks.
 */
public final class Migrations {

    private static final String FOLDER = "db/migration";
    private static final String LOCATION = "classpath:" + FOLDER;
    private static final String CONNECTION_FAILURE_CLASS = "08";

    /** SQL state of a connection refused by a server without TLS. */
    private static final String REJECTED = "08004";

    private static final String STARTING_UP = "57P03";
    private static final int RETRY_MS = 250;

    private Migrations() {}

    /**
     * Migrates the schema to that of this build.
     *
     * @param startTimeoutMs time for Postgres to answer
     * @throws StartupException when it does not answer, refuses, or may lose commits, or when a newer version made the
     *     schema; the message names that version, and nothing is changed
     */
    public static void run(PostgresUri uri, int startTimeoutMs) {
        run(uri, startTimeoutMs, MigrationVersion.LATEST);
    }

    /** {@link #run} that ends with the migration of an earlier version. */
    public static void runTo(PostgresUri uri, int startTimeoutMs, int version) {
        run(uri, startTimeoutMs, MigrationVersion.fromVersion(Integer.toString(version)));
    }

    private static void run(PostgresUri uri, int startTimeoutMs, MigrationVersion target) {
        awaitDurablePostgres(uri, startTimeoutMs);
        requireKnown(uri);
        try {
            MigrateResult result = Flyway.configure()
                    .dataSource(uri.jdbcUrl(), uri.user(), uri.password())
                    .locations(LOCATION)
                    .target(target)
                    .cleanDisabled(true)
                    .load()
                    .migrate();
            if (result.migrationsExecuted > 0) {
                recordBuild(uri);
            }
        } catch (FlywayException failed) {
            throw new StartupException(
                    "the database " + uri + " cannot be brought up to date: "
                            + String.valueOf(failed.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse(""),
                    failed);
        }
        // A newer node may have migrated while this one waited for its turn.
        requireKnown(uri);
    }

    /** Refuses a schema that a newer build has made, which Flyway would accept. */
    private static void requireKnown(PostgresUri uri) {
        try (Connection connection = uri.connect()) {
            Schema schema = Schema.read(connection);
            Build build = Build.load();
            if (schema.version() > build.schema()) {
                throw new StartupException(
                        "the database %s has the schema of version %d, and this is Parlance %s, which knows versions up to %d; it needs Parlance %s or newer"
                                .formatted(uri, schema.version(), build.version(), build.schema(), schema.madeBy()));
            }
        } catch (SQLException refused) {
            throw new StartupException("Postgres at " + uri + " refuses: " + refused.getMessage(), refused);
        }
    }

    /** Keeps the version of this build beside the schema, for the message of an older build that meets it. */
    private static void recordBuild(PostgresUri uri) {
        try (Connection connection = uri.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("comment on table flyway_schema_history is "
                    + statement.enquoteLiteral(Build.load().version()));
        } catch (SQLException refused) {
            throw new StartupException("Postgres at " + uri + " refuses: " + refused.getMessage(), refused);
        }
    }

    /** Files of all migrations on the class path, in their order. */
    static List<String> files() {
        return Build.load().migrations().stream()
                .map(name -> "/" + FOLDER + "/" + name)
                .toList();
    }

    /** Waits until Postgres answers, and refuses one that may lose commits. */
    public static void awaitDurablePostgres(PostgresUri uri, int startTimeoutMs) {
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
