package chat.parlance.persistence;

import chat.parlance.auth.UserStore;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Accounts in Postgres. */
final class PostgresUserStore implements UserStore {

    private static final String CREATE = """
        insert into account (user_id, name, email, password_hash) values ($1, $2, $3, $4) on conflict do nothing
        """;

    private static final String PASSWORD_HASH = """
        select password_hash from account where user_id = $1
        """;

    private static final String CHANGE_PASSWORD_HASH = """
        update account set password_hash = $2 where user_id = $1
        """;

    private final Statements statements;

    PostgresUserStore(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<Void> create(UserId user, String name, @Nullable String email, String passwordHash) {
        return statements
                .run(CREATE, Tuple.of(user.value(), name, email, passwordHash))
                .compose(inserted -> inserted.rowCount() == 1
                        ? Future.succeededFuture()
                        : Future.failedFuture(new ChatException(ErrorCode.USER_EXISTS)));
    }

    @Override
    public Future<Optional<String>> passwordHash(UserId user) {
        return statements.run(PASSWORD_HASH, Tuple.of(user.value())).map(rows -> {
            for (Row row : rows) {
                return Optional.of(row.getString("password_hash"));
            }
            return Optional.empty();
        });
    }

    @Override
    public Future<Void> changePasswordHash(UserId user, String passwordHash) {
        return statements
                .run(CHANGE_PASSWORD_HASH, Tuple.of(user.value(), passwordHash))
                .mapEmpty();
    }
}
