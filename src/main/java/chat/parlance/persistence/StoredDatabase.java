package chat.parlance.persistence;

import chat.parlance.error.StartupException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The database of a configuration for a command: a Postgres of its own server, the embedded one of a running node, or
 * the embedded one of a folder that no node uses, which runs until this is closed. Blocks.
 */
public final class StoredDatabase implements AutoCloseable {

    private static final String LAST_TABLE = "select to_regclass('signing_key') is not null";

    private final PostgresUri uri;
    private final @Nullable OwnDatabase own;

    private StoredDatabase(PostgresUri uri, @Nullable OwnDatabase own) {
        this.uri = uri;
        this.own = own;
    }

    /**
     * Opens a database.
     *
     * @param settings of a Postgres, or of the embedded one
     * @param data folder of the embedded one
     * @throws StartupException when there is none
     */
    public static StoredDatabase open(PostgresSettings settings, Path data) {
        return open(settings, data, false);
    }

    /** {@link #open} that makes the embedded database when there is none. */
    public static StoredDatabase openOrMake(PostgresSettings settings, Path data) {
        return open(settings, data, true);
    }

    private static StoredDatabase open(PostgresSettings settings, Path data, boolean make) {
        if (!settings.isEmbedded()) {
            return new StoredDatabase(settings.server(), null);
        }
        Optional<PostgresUri> running = EmbeddedDatabase.running(data);
        if (running.isPresent()) {
            return new StoredDatabase(running.get(), null);
        }
        if (!make && !EmbeddedDatabase.exists(data)) {
            throw new StartupException("there is no database in " + data);
        }
        OwnDatabase own = OwnDatabase.open(data);
        return new StoredDatabase(own.uri(), own);
    }

    public PostgresUri uri() {
        return uri;
    }

    /** @throws StartupException when the database has no schema of this version */
    public void requireSchema() {
        try (Connection connection = uri.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(LAST_TABLE)) {
            rows.next();
            if (!rows.getBoolean(1)) {
                throw new StartupException(
                        "there is no Parlance of this version in the database; start a node of it first");
            }
        } catch (SQLException refused) {
            throw new StartupException("the database could not be read: " + refused.getMessage(), refused);
        }
    }

    @Override
    public void close() throws IOException {
        if (own != null) {
            own.close();
        }
    }
}
