package chat.parlance.persistence;

import chat.parlance.account.Account;
import chat.parlance.account.AccountChange;
import chat.parlance.account.AccountFilter;
import chat.parlance.account.AccountRules;
import chat.parlance.account.AccountRules.Situation;
import chat.parlance.account.AccountStore;
import chat.parlance.account.Actor;
import chat.parlance.account.LinkCode;
import chat.parlance.auth.NewAccount;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.ServerRole;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Accounts in Postgres, as administrators change them. */
final class PostgresAccounts implements AccountStore {

    private static final String ROLE = """
        select server_role from account where user_id = $1 and disabled_at is null
        """;

    private static final String ACCOUNT = """
        select a.user_id, a.name, a.email, a.server_role, a.disabled_at is not null as disabled, a.bot_owner, a.created_at,
               (select max(s.used_at) from session s where s.user_id = a.user_id) as used_at
        from account a
        """;

    private static final String LIST = ACCOUNT + """
        where a.user_id > $1
          and ($2 = '' or position(lower($2) in lower(a.user_id || ' ' || a.name || ' ' || coalesce(a.email, ''))) > 0)
          and ($3::text is null or a.server_role = $3)
          and ($4::boolean is null or (a.disabled_at is not null) = $4)
        order by a.user_id
        limit $5
        """;

    private static final String FIND = ACCOUNT + "where a.user_id = $1";

    private static final String SET_ROLE = "update account set server_role = $2 where user_id = $1";

    private static final String DISABLE = "update account set disabled_at = now() where user_id = $1";

    private static final String ENABLE = "update account set disabled_at = null where user_id = $1";

    private static final String END_SESSIONS = """
        update session set revoked_at = now() where user_id = $1 and revoked_at is null
        """;

    /** Nobody answers for the bots of a disabled account, so their tokens end with it. */
    private static final String END_BOT_SESSIONS = """
        update session set revoked_at = now()
        where user_id in (select user_id from account where bot_owner = $1) and revoked_at is null
        """;

    private static final String DELETE_RESET = "delete from password_reset where user_id = $1";

    private static final String REVOKE_INVITES = """
        update invite set revoked_at = now() where made_by = $1 and revoked_at is null
        """;

    private static final String MAKE_RESET = """
        insert into password_reset (user_id, token_hash, expires_at)
        values ($1, $2, now() + make_interval(secs => $3))
        on conflict (user_id) do update set token_hash = excluded.token_hash, expires_at = excluded.expires_at
        """;

    private static final String OF_RESET = ACCOUNT + """
        join password_reset p on p.user_id = a.user_id
        where p.token_hash = $1 and p.expires_at > now() and a.disabled_at is null
        """;

    private static final String USE_RESET = """
        delete from password_reset p
        using account a
        where p.token_hash = $1 and p.expires_at > now() and a.user_id = p.user_id and a.disabled_at is null
        returning p.user_id
        """;

    private static final String SET_PASSWORD = """
        update account set password_hash = $2, password_version = password_version + 1 where user_id = $1
        """;

    /** Replaces only an expired code: of two nodes that start together one stores its code. */
    private static final String OFFER_SETUP = """
        insert into setup_code (token_hash, expires_at)
        select $1, now() + make_interval(secs => $2)
        where not exists (select from account where server_role = 'owner')
        on conflict (only_row) do update
        set token_hash = excluded.token_hash, expires_at = excluded.expires_at
        where setup_code.expires_at <= now()
        """;

    private static final String SETUP = """
        select from setup_code
        where token_hash = $1 and expires_at > now() and not exists (select from account where server_role = 'owner')
        """;

    private static final String USE_SETUP = """
        delete from setup_code
        where token_hash = $1 and expires_at > now() and not exists (select from account where server_role = 'owner')
        """;

    private final Statements statements;

    PostgresAccounts(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<Optional<ServerRole>> role(UserId user) {
        return statements
                .run(ROLE, Tuple.of(user.value()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> ServerRole.of(row.getString("server_role")))
                        .findFirst());
    }

    @Override
    public Future<List<Account>> list(AccountFilter filter, String after, int limit) {
        ServerRole role = filter.role();
        return statements
                .run(
                        LIST,
                        Tuple.of(after, filter.text(), role == null ? null : role.wireName(), filter.disabled(), limit))
                .map(PostgresAccounts::accounts);
    }

    @Override
    public Future<Optional<Account>> find(UserId user) {
        return statements.run(FIND, Tuple.of(user.value())).map(PostgresAccounts::first);
    }

    @Override
    public Future<Account> change(Actor actor, UserId user, AccountChange change) {
        return statements.transaction(connection -> {
            AccountTransaction transaction = new AccountTransaction(connection, actor);
            return transaction
                    .lockOwners()
                    .compose(locked -> transaction.situation(user))
                    .compose(situation -> {
                        AccountRules.check(change, situation);
                        return setRole(transaction, user, change.role(), situation)
                                .compose(set -> setDisabled(transaction, user, change.disabled(), situation));
                    })
                    .compose(changed -> transaction.run(FIND, Tuple.of(user.value())))
                    .map(rows -> first(rows).orElseThrow());
        });
    }

    private static Future<?> setRole(
            AccountTransaction transaction, UserId user, @Nullable ServerRole role, Situation situation) {
        if (role == null || role == situation.subject()) {
            return Future.succeededFuture();
        }
        Future<?> set = transaction.run(SET_ROLE, Tuple.of(user.value(), role.wireName()));
        Future<?> fewer = situation.subject().isAbove(role)
                ? set.compose(done -> transaction.run(REVOKE_INVITES, Tuple.of(user.value())))
                : set;
        return fewer.compose(done -> transaction.audit(
                "role.changed", user.value(), situation.subject().wireName() + " to " + role.wireName()));
    }

    private static Future<?> setDisabled(
            AccountTransaction transaction, UserId user, @Nullable Boolean disabled, Situation situation) {
        if (disabled == null || disabled == situation.disabled()) {
            return Future.succeededFuture();
        }
        Tuple id = Tuple.of(user.value());
        return disabled
                ? transaction
                        .run(DISABLE, id)
                        .compose(done -> transaction.run(END_SESSIONS, id))
                        .compose(done -> transaction.run(END_BOT_SESSIONS, id))
                        .compose(done -> transaction.run(DELETE_RESET, id))
                        .compose(done -> transaction.run(REVOKE_INVITES, id))
                        .compose(done -> transaction.audit("user.disabled", user.value(), ""))
                : transaction.run(ENABLE, id).compose(done -> transaction.audit("user.enabled", user.value(), ""));
    }

    @Override
    public Future<Void> endSessions(Actor actor, UserId user) {
        return act(
                actor,
                user,
                (transaction, situation) -> transaction
                        .run(END_SESSIONS, Tuple.of(user.value()))
                        .compose(ended -> transaction.audit("sessions.ended", user.value(), "")));
    }

    @Override
    public Future<Void> makeReset(Actor actor, UserId user, LinkCode code, Duration life) {
        return act(actor, user, (transaction, situation) -> {
            AccountRules.checkPassword(situation);
            return transaction
                    .run(MAKE_RESET, Tuple.of(user.value(), digest(code), (double) life.toSeconds()))
                    .compose(made -> transaction.audit("reset.made", user.value(), ""));
        });
    }

    /** Act on an account that changes neither its role nor its state. */
    private Future<Void> act(Actor actor, UserId user, Act act) {
        return statements
                .transaction(connection -> {
                    AccountTransaction transaction = new AccountTransaction(connection, actor);
                    return transaction.situation(user).compose(situation -> {
                        AccountRules.checkActOn(situation);
                        return act.on(transaction, situation);
                    });
                })
                .mapEmpty();
    }

    @FunctionalInterface
    private interface Act {
        Future<?> on(AccountTransaction transaction, Situation situation);
    }

    @Override
    public Future<Optional<Account>> ofReset(LinkCode code) {
        return statements.run(OF_RESET, Tuple.of(digest(code))).map(PostgresAccounts::first);
    }

    @Override
    public Future<Boolean> reset(LinkCode code, String hash) {
        return statements.transaction(connection -> {
            AccountTransaction transaction = new AccountTransaction(connection, Actor.COMMAND_LINE);
            return transaction.run(USE_RESET, Tuple.of(digest(code))).compose(rows -> {
                if (rows.size() == 0) {
                    return Future.succeededFuture(false);
                }
                String user = rows.iterator().next().getString("user_id");
                return transaction
                        .run(SET_PASSWORD, Tuple.of(user, hash))
                        .compose(set -> transaction.run(END_SESSIONS, Tuple.of(user)))
                        .compose(ended -> transaction.audit("reset.used", user, ""))
                        .map(true);
            });
        });
    }

    @Override
    public Future<Boolean> offerSetup(LinkCode code, Duration life) {
        return statements
                .run(OFFER_SETUP, Tuple.of(digest(code), (double) life.toSeconds()))
                .map(rows -> rows.rowCount() == 1);
    }

    @Override
    public Future<Optional<LinkCode>> setup(LinkCode code) {
        return statements
                .run(SETUP, Tuple.of(digest(code)))
                .map(rows -> rows.size() == 1 ? Optional.of(code) : Optional.empty());
    }

    @Override
    public Future<Boolean> createFirstOwner(LinkCode code, NewAccount account) {
        return statements.transaction(connection -> {
            AccountTransaction transaction = new AccountTransaction(connection, Actor.COMMAND_LINE);
            return transaction
                    .lockOwners()
                    .compose(locked -> transaction.run(USE_SETUP, Tuple.of(digest(code))))
                    .compose(used -> used.rowCount() == 0
                            ? Future.succeededFuture(false)
                            : createOwner(transaction, account).map(true));
        });
    }

    @Override
    public Future<Void> createOwner(NewAccount account) {
        return statements
                .transaction(connection -> {
                    AccountTransaction transaction = new AccountTransaction(connection, Actor.COMMAND_LINE);
                    return transaction.lockOwners().compose(locked -> createOwner(transaction, account));
                })
                .mapEmpty();
    }

    private static Future<?> createOwner(AccountTransaction transaction, NewAccount account) {
        return create(transaction, account, ServerRole.OWNER)
                .compose(made ->
                        transaction.audit("owner.created", account.user().value(), ""));
    }

    /** Stores an account within a transaction; fails with {@code user.exists}. */
    static Future<?> create(AccountTransaction transaction, NewAccount account, ServerRole role) {
        return transaction
                .run(PostgresUserStore.CREATE, PostgresUserStore.row(account, role))
                .compose(rows -> rows.size() == 1
                        ? Future.succeededFuture()
                        : Future.failedFuture(new ChatException(ErrorCode.USER_EXISTS)));
    }

    private static Buffer digest(LinkCode code) {
        return Buffer.buffer(code.digest());
    }

    private static Optional<Account> first(RowSet<Row> rows) {
        return accounts(rows).stream().findFirst();
    }

    private static List<Account> accounts(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> {
                    String botOwner = row.getString("bot_owner");
                    OffsetDateTime usedAt = row.getOffsetDateTime("used_at");
                    return new Account(
                            new UserId(row.getString("user_id")),
                            row.getString("name"),
                            row.getString("email"),
                            ServerRole.of(row.getString("server_role")),
                            row.getBoolean("disabled"),
                            botOwner == null ? null : new UserId(botOwner),
                            Objects.requireNonNull(row.getOffsetDateTime("created_at"))
                                    .toInstant(),
                            usedAt == null ? null : usedAt.toInstant());
                })
                .toList();
    }
}
