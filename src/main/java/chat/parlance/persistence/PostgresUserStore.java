package chat.parlance.persistence;

import chat.parlance.auth.NewAccount;
import chat.parlance.auth.UserStore;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.ServerRole;
import chat.parlance.model.SessionId;
import chat.parlance.model.TextFolding;
import chat.parlance.model.User;
import chat.parlance.model.UserId;
import chat.parlance.text.Looks;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Accounts in Postgres. */
final class PostgresUserStore implements UserStore {

    static final String CREATE = """
        with created as (
            insert into account (user_id, name, email, password_hash, folded_name, server_role)
            values ($1, $2, $3, $4, $5, $7)
            on conflict do nothing
            returning user_id
        ), looks as (
            insert into look (look, user_id) select l.look, c.user_id from created c cross join unnest($6::text[]) as l (look)
        )
        select user_id from created
        """;

    /** True when the account {@code a} shares a look with another one, which is found by index. */
    static final String AMBIGUOUS = """
        exists (
            select
            from look l
            join look o on o.look = l.look and o.user_id <> l.user_id
            where l.user_id = a.user_id
        ) as ambiguous
        """;

    private static final String PASSWORD = """
        select password_hash, password_version
        from account
        where user_id = $1 and disabled_at is null and password_hash is not null
        """;

    private static final String RENEW_PASSWORD_HASH = """
        update account set password_hash = $3 where user_id = $1 and password_version = $2
        """;

    private static final String CHANGE_PASSWORD = "select change_password($1, $2, $3, $4) as changed";

    private static final String FIND = """
        select a.user_id, a.name, a.bot_owner is not null as bot, %s from account a where a.user_id = $1
        """.formatted(AMBIGUOUS);

    private static final String BY_ID = """
        select a.user_id, a.name, a.bot_owner is not null as bot, %s
        from account a
        where a.user_id >= $1 and a.user_id < $2 and a.user_id > $3
        order by a.user_id
        limit $4
        """.formatted(AMBIGUOUS);

    private static final String BY_NAME = """
        select a.user_id, a.name, a.bot_owner is not null as bot, %s
        from account a
        where a.folded_name >= $1 and a.folded_name < $2 and not (a.user_id >= $3 and a.user_id < $4)
          and (a.folded_name, a.user_id) > (coalesce((select folded_name from account where user_id = $5), ''), $5)
        order by a.folded_name, a.user_id
        limit $6
        """.formatted(AMBIGUOUS);

    /** Upper bound of all texts with a prefix, when it is appended to the prefix. */
    private static final String BEYOND = Character.toString(Character.MAX_CODE_POINT);

    private final Statements statements;

    PostgresUserStore(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<Void> create(NewAccount account) {
        return statements
                .run(CREATE, row(account, ServerRole.MEMBER))
                .compose(inserted -> inserted.size() == 1
                        ? Future.succeededFuture()
                        : Future.failedFuture(new ChatException(ErrorCode.USER_EXISTS)));
    }

    /** Parameters of {@link #CREATE}. */
    static Tuple row(NewAccount account, ServerRole role) {
        return Tuple.of(
                account.user().value(),
                account.name(),
                account.email(),
                account.passwordHash(),
                TextFolding.foldWords(account.name()),
                looks(account.user(), account.name()),
                role.wireName());
    }

    @Override
    public Future<Optional<StoredPassword>> password(UserId user) {
        return statements.run(PASSWORD, Tuple.of(user.value())).map(rows -> {
            for (Row row : rows) {
                return Optional.of(
                        new StoredPassword(row.getString("password_hash"), row.getInteger("password_version")));
            }
            return Optional.empty();
        });
    }

    @Override
    public Future<Void> renewPasswordHash(UserId user, int version, String hash) {
        return statements
                .run(RENEW_PASSWORD_HASH, Tuple.of(user.value(), version, hash))
                .mapEmpty();
    }

    @Override
    public Future<Boolean> changePassword(UserId user, int version, String hash, SessionId except) {
        return statements
                .run(CHANGE_PASSWORD, Tuple.of(user.value(), version, hash, except.value()))
                .map(rows -> rows.iterator().next().getBoolean("changed"));
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
        String name = TextFolding.foldWords(prefix);
        return name.isEmpty()
                ? Future.succeededFuture(List.of())
                : statements
                        .run(BY_NAME, Tuple.of(name, name + BEYOND, id, id + BEYOND, after, limit))
                        .map(rows -> users(rows).toList());
    }

    /** Skeletons of an id and a name. */
    static String[] looks(UserId user, String name) {
        return Stream.of(user.value(), name)
                .flatMap(shown -> Looks.of(shown).stream())
                .distinct()
                .toArray(String[]::new);
    }

    private static Stream<User> users(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(PostgresUserStore::user);
    }

    /** Reads the columns {@code user_id, name, ambiguous} and {@code bot}. */
    static User user(Row row) {
        return new User(
                new UserId(row.getString("user_id")),
                row.getString("name"),
                row.getBoolean("ambiguous"),
                row.getBoolean("bot"));
    }
}
