package chat.parlance.persistence;

import chat.parlance.auth.UserStore;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Folding;
import chat.parlance.model.User;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Accounts in Postgres. */
final class PostgresUserStore implements UserStore {

    private static final String CREATE = """
        insert into account (user_id, name, email, password_hash, folded_name) values ($1, $2, $3, $4, $5)
        on conflict do nothing
        """;

    private static final String PASSWORD_HASH = """
        select password_hash from account where user_id = $1
        """;

    private static final String CHANGE_PASSWORD_HASH = """
        update account set password_hash = $2 where user_id = $1
        """;

    private static final String FIND = """
        select user_id, name from account where user_id = $1
        """;

    private static final String BY_ID = """
        select user_id, name
        from account
        where user_id >= $1 and user_id < $2 and user_id > $3
        order by user_id
        limit $4
        """;

    private static final String BY_NAME = """
        select user_id, name
        from account
        where folded_name >= $1 and folded_name < $2 and not (user_id >= $3 and user_id < $4)
          and (folded_name, user_id) > (coalesce((select folded_name from account where user_id = $5), ''), $5)
        order by folded_name, user_id
        limit $6
        """;

    /** Whatever begins so is before this. */
    private static final String BEYOND = Character.toString(Character.MAX_CODE_POINT);

    private final Statements statements;

    PostgresUserStore(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<Void> create(UserId user, String name, @Nullable String email, String passwordHash) {
        return statements
                .run(CREATE, Tuple.of(user.value(), name, email, passwordHash, Folding.foldWords(name)))
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

    @Override
    public Future<Optional<User>> find(UserId user) {
        return statements
                .run(FIND, Tuple.of(user.value()))
                .map(rows -> users(rows).findFirst());
    }

    @Override
    public Future<List<User>> startingWith(String prefix, String after, int limit) {
        String id = prefix.toLowerCase(Locale.ROOT);
        if (!after.isEmpty() && !after.startsWith(id)) {
            return byName(prefix, id, after, limit);
        }
        return statements.run(BY_ID, Tuple.of(id, id + BEYOND, after, limit)).compose(rows -> {
            List<User> byId = users(rows).toList();
            return byId.size() == limit
                    ? Future.succeededFuture(byId)
                    : byName(prefix, id, "", limit - byId.size())
                            .map(byName -> Stream.concat(byId.stream(), byName.stream())
                                    .toList());
        });
    }

    private Future<List<User>> byName(String prefix, String id, String after, int limit) {
        String name = Folding.foldWords(prefix);
        return name.isEmpty()
                ? Future.succeededFuture(List.of())
                : statements
                        .run(BY_NAME, Tuple.of(name, name + BEYOND, id, id + BEYOND, after, limit))
                        .map(rows -> users(rows).toList());
    }

    private static Stream<User> users(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new User(new UserId(row.getString("user_id")), row.getString("name")));
    }
}
