package chat.parlance.persistence;

import chat.parlance.account.Actor;
import chat.parlance.auth.SigningKeyStore;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.StreamSupport;

/** Keys that sign access tokens, in Postgres. */
final class PostgresSigningKeys implements SigningKeyStore {

    /** A retired key of the configuration has its row for ever: without one it would be valid. */
    private static final String LOAD = """
        select kid, salt, signs_from <= now() as signs, retired_at
        from signing_key
        where kid = '' or retired_at is null or retired_at > now()
        order by signs_from desc, kid
        """;

    private static final String ROTATE = "select rotate_signing_key($1, $2, make_interval(secs => $3))";

    private final Statements statements;

    PostgresSigningKeys(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<List<StoredKey>> load() {
        return statements
                .run(LOAD, Tuple.tuple())
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(PostgresSigningKeys::key)
                        .toList());
    }

    private static StoredKey key(Row row) {
        OffsetDateTime retiredAt = row.getOffsetDateTime("retired_at");
        return new StoredKey(
                row.getString("kid"),
                row.getBuffer("salt"),
                row.getBoolean("signs"),
                retiredAt == null ? null : retiredAt.toInstant());
    }

    @Override
    public Future<Void> rotate(String kid, Buffer salt, Duration life) {
        return statements
                .transaction(connection -> {
                    AccountTransaction transaction = new AccountTransaction(connection, Actor.COMMAND_LINE);
                    return transaction
                            .run(ROTATE, Tuple.of(kid, salt, (double) life.toSeconds()))
                            .compose(rotated -> transaction.audit("key.rotated", kid, ""));
                })
                .mapEmpty();
    }
}
