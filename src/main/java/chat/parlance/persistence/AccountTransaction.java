package chat.parlance.persistence;

import chat.parlance.account.AccountRules;
import chat.parlance.account.AccountRules.Situation;
import chat.parlance.account.Actor;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.ServerRole;
import chat.parlance.model.UserId;
import chat.parlance.room.Permission;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

/** Statements of one transaction that changes an account or an invite, and its entry in the audit trail. */
final class AccountTransaction {

    /** Serializes changes of roles and of disabled accounts: each counts the owners that the one before has left. */
    private static final String LOCK_OWNERS = "select lock_owners()";

    private static final String ROLE = """
        select server_role from account where user_id = $1 and disabled_at is null
        """;

    /** Locks the account, so that a log-in which is under way ends before its sessions are revoked. */
    private static final String SUBJECT = """
        select a.server_role, a.disabled_at is not null as disabled, a.bot_owner is not null as bot,
               (select count(*) from account o where o.server_role = 'owner' and o.disabled_at is null) as owners
        from account a
        where a.user_id = $1
        for no key update of a
        """;

    private static final String AUDIT = "insert into audit (actor, action, subject, detail) values ($1, $2, $3, $4)";

    private final SqlConnection connection;
    private final @Nullable UserId actor;

    AccountTransaction(SqlConnection connection, Actor actor) {
        this.connection = connection;
        this.actor = actor.user();
    }

    Future<?> lockOwners() {
        return run(LOCK_OWNERS, Tuple.tuple());
    }

    /** Role of the actor, null for the command line. Fails with {@code account.forbidden} without the permission. */
    Future<@Nullable ServerRole> require(Permission permission) {
        if (actor == null) {
            return Future.succeededFuture();
        }
        return run(ROLE, Tuple.of(actor.value())).map(rows -> {
            if (rows.size() == 0) {
                throw new ChatException(ErrorCode.ACCOUNT_FORBIDDEN);
            }
            ServerRole role = ServerRole.of(rows.iterator().next().getString("server_role"));
            AccountRules.require(permission, role);
            return role;
        });
    }

    /** The actor and the account that it acts on. Fails like {@link #require}, and then with {@code user.not_found}. */
    Future<Situation> situation(UserId subject) {
        return require(Permission.MANAGE_USERS)
                .compose(role -> run(SUBJECT, Tuple.of(subject.value())).map(rows -> {
                    if (rows.size() == 0) {
                        throw new ChatException(ErrorCode.USER_NOT_FOUND);
                    }
                    Row row = rows.iterator().next();
                    return new Situation(
                            role,
                            ServerRole.of(row.getString("server_role")),
                            row.getBoolean("disabled"),
                            row.getBoolean("bot"),
                            row.getLong("owners"));
                }));
    }

    /** Adds an entry to the audit trail; {@code detail} holds no secret. */
    Future<?> audit(String action, String subject, String detail) {
        return run(AUDIT, Tuple.of(actor == null ? null : actor.value(), action, subject, detail));
    }

    Future<RowSet<Row>> run(String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters);
    }
}
