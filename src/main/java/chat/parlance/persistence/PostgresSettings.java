package chat.parlance.persistence;

import chat.parlance.setting.InvalidSettingException;
import chat.parlance.setting.Secret;
import chat.parlance.setting.Unwrapped;
import chat.parlance.setting.Within;

/** Section {@code postgres}. */
public record PostgresSettings(
        Secret uri,
        @Within(min = 0, max = 65_535) int embeddedPort,
        @Unwrapped Reads reads,
        @Unwrapped Changes changes,
        @Unwrapped Timeouts timeouts) {

    public PostgresSettings {
        if (!uri.isEmpty() && !uri.expose().matches("postgres(ql)?://\\S+")) {
            throw new InvalidSettingException("postgres.uri", "empty or postgresql://user:password@host:port/database");
        }
    }

    /** Connections for everything without connections of its own. */
    public record Reads(
            @Within(min = 1, max = 1_000) int readConnections,
            @Within(min = 1, max = 1_000_000) int maxWaitingReads) {}

    /** Connections for statements that need the lock of a room: joins, changes of members and settings. */
    public record Changes(
            @Within(min = 2, max = 1_000) int changeConnections,
            @Within(min = 1, max = 1_000_000) int maxWaitingChanges,
            @Within(min = 1, max = 1_000_000) int maxWaitingJoins) {}

    /** Time limits. */
    public record Timeouts(
            @Within(min = 100, max = 600_000) int startTimeoutMs,
            @Within(min = 100, max = 600_000) int statementTimeoutMs,
            @Within(min = 100, max = 600_000) int lockTimeoutMs) {}

    /** True for a node with a Postgres of its own. */
    public boolean isEmbedded() {
        return uri.isEmpty();
    }

    /**
     * Address of a Postgres that is not the node's own.
     *
     * @throws chat.parlance.error.StartupException when the URI cannot be used
     */
    public PostgresUri server() {
        return PostgresUri.parse(uri.expose());
    }
}
