package chat.parlance.persistence;

import chat.parlance.account.AccountRules;
import chat.parlance.account.Actor;
import chat.parlance.account.IssuedToken;
import chat.parlance.account.TokenStore;
import chat.parlance.auth.AccessToken;
import chat.parlance.auth.AccessTokenStore;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Grant;
import chat.parlance.model.Principal;
import chat.parlance.model.RoomId;
import chat.parlance.model.Scope;
import chat.parlance.model.ServerRole;
import chat.parlance.model.SessionId;
import chat.parlance.model.TextFolding;
import chat.parlance.model.UserId;
import chat.parlance.room.Permission;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Personal and bot tokens, and bots, in Postgres. */
final class PostgresAccessTokens implements AccessTokenStore, TokenStore {

    private static final String VALID = "s.revoked_at is null and s.expires_at > now()";

    private static final String FIND = """
        select t.session_id, s.user_id, s.expires_at, t.scopes, t.rooms,
               t.used_at is null or t.used_at < now() - interval '10 minutes' as must_record
        from access_token t
        join session s on s.session_id = t.session_id
        join account a on a.user_id = s.user_id
        left join account o on o.user_id = a.bot_owner
        where t.token_hash = $1 and %s and a.disabled_at is null and o.disabled_at is null
        """.formatted(VALID);

    private static final String RECORD_USE = "select record_token_use($1, $2)";

    private static final String COLUMNS = """
        select t.session_id, s.user_id, t.name, t.scopes, t.rooms, s.created_at, s.expires_at, t.used_at
        from access_token t
        join session s on s.session_id = t.session_id
        """;

    private static final String LIST =
            COLUMNS + "where s.user_id = $1 and " + VALID + " order by s.created_at desc, t.session_id limit $2";

    private static final String OWNER = "select bot_owner from account where user_id = $1";

    /**
     * Locks the account and the owner of a bot, in the order of their ids, so that one who is being disabled gets no token
     * that outlives it.
     */
    private static final String LOCK = """
        select user_id
        from account
        where (user_id = $1 or user_id = (select b.bot_owner from account b where b.user_id = $1)) and disabled_at is null
        order by user_id
        for no key update
        """;

    private static final String COUNT = """
        select count(*) as tokens from access_token t join session s on s.session_id = t.session_id
        where s.user_id = $1 and %s
        """.formatted(VALID);

    private static final String MAKE = """
        with opened as (
            insert into session (session_id, user_id, created_at, expires_at, is_token) values ($1, $2, $3, $4, true)
            returning session_id
        )
        insert into access_token (session_id, token_hash, name, scopes, rooms)
        select session_id, $5, $6, $7, $8 from opened
        """;

    private static final String USER_OF = """
        select s.user_id from access_token t join session s on s.session_id = t.session_id where t.session_id = $1 and %s
        """.formatted(VALID);

    private static final String REVOKE = """
        update session set revoked_at = now() where session_id = $1 and is_token and revoked_at is null
        """;

    private static final String MAKE_BOT = """
        with made as (
            insert into account (user_id, name, folded_name, server_role, bot_owner)
            select $1, $2, $3, $4, o.user_id
            from account o
            where o.user_id = $5 and o.bot_owner is null and o.disabled_at is null
            on conflict do nothing
            returning user_id
        ), looks as (
            insert into look (look, user_id) select l.look, m.user_id from made m cross join unnest($6::text[]) as l (look)
        )
        select (select count(*) from made) as made,
               exists (select from account where user_id = $1) as taken
        """;

    private final Statements statements;

    PostgresAccessTokens(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<Optional<Found>> find(AccessToken token) {
        return statements
                .run(FIND, Tuple.of(Buffer.buffer(token.digest())))
                .map(rows -> rows(rows)
                        .findFirst()
                        .map(row -> new Found(
                                new Principal(
                                        new UserId(row.getString("user_id")),
                                        new SessionId(row.getUUID("session_id")),
                                        row.getOffsetDateTime("expires_at").toInstant(),
                                        grant(row)),
                                row.getBoolean("must_record"))));
    }

    @Override
    public Future<Void> recordUse(Principal principal) {
        return statements
                .run(
                        RECORD_USE,
                        Tuple.of(principal.session().value(), principal.user().value()))
                .mapEmpty();
    }

    @Override
    public Future<Void> make(Actor actor, IssuedToken token, AccessToken secret, int maxTokens) {
        String user = token.user().value();
        return statements
                .transaction(connection -> {
                    AccountTransaction transaction = new AccountTransaction(connection, actor);
                    return answersFor(transaction, actor, token.user())
                            .compose(answers -> answers
                                    ? transaction.run(LOCK, Tuple.of(user))
                                    : Future.failedFuture(new ChatException(ErrorCode.ACCOUNT_FORBIDDEN)))
                            .compose(locked -> transaction
                                    .run(OWNER, Tuple.of(user))
                                    .map(rows -> {
                                        int people = rows.iterator().next().getString("bot_owner") == null ? 1 : 2;
                                        if (locked.size() < people) {
                                            throw new ChatException(
                                                    ErrorCode.ACCOUNT_FORBIDDEN, "The account is disabled");
                                        }
                                        return people;
                                    }))
                            .compose(checked -> transaction.run(COUNT, Tuple.of(user)))
                            .compose(counted -> {
                                if (counted.iterator().next().getLong("tokens") >= maxTokens) {
                                    throw ChatException.badRequest(
                                            "An account has at most " + maxTokens + " tokens, revoke one first");
                                }
                                return transaction.run(MAKE, row(token, secret));
                            })
                            .compose(made -> transaction.audit(
                                    "token.made",
                                    token.id().toString(),
                                    "of %s, %s".formatted(user, String.join(" ", scopes(token)))));
                })
                .mapEmpty();
    }

    private static Tuple row(IssuedToken token, AccessToken secret) {
        return Tuple.of(
                token.id().value(),
                token.user().value(),
                token.createdAt().atOffset(ZoneOffset.UTC),
                token.expiresAt().atOffset(ZoneOffset.UTC),
                Buffer.buffer(secret.digest()),
                token.name(),
                scopes(token),
                token.grant().rooms().stream().map(RoomId::value).sorted().toArray(String[]::new));
    }

    private static String[] scopes(IssuedToken token) {
        return token.grant().scopes().stream().sorted().map(Scope::wireName).toArray(String[]::new);
    }

    /**
     * True when the account is the actor, or a bot of the actor. The command line answers for every account; it fails with
     * {@code user.not_found} for none.
     */
    private static Future<Boolean> answersFor(AccountTransaction transaction, Actor actor, UserId user) {
        if (user.equals(actor.user())) {
            return Future.succeededFuture(true);
        }
        return transaction.run(OWNER, Tuple.of(user.value())).map(rows -> {
            if (actor.user() == null) {
                if (rows.size() == 0) {
                    throw new ChatException(ErrorCode.USER_NOT_FOUND);
                }
                return true;
            }
            return rows.size() == 1
                    && actor.user().value().equals(rows.iterator().next().getString("bot_owner"));
        });
    }

    @Override
    public Future<List<IssuedToken>> list(Actor actor, UserId user, int limit) {
        return statements.transaction(connection -> {
            AccountTransaction transaction = new AccountTransaction(connection, actor);
            return require(transaction, actor, user)
                    .compose(allowed -> transaction.run(LIST, Tuple.of(user.value(), limit)))
                    .map(rows -> rows(rows).map(PostgresAccessTokens::token).toList());
        });
    }

    /** Fails with {@code account.forbidden} unless the actor answers for the account, or administrates it. */
    private static Future<?> require(AccountTransaction transaction, Actor actor, UserId user) {
        return answersFor(transaction, actor, user)
                .compose(answers -> answers
                        ? Future.succeededFuture()
                        : transaction.situation(user).map(situation -> {
                            AccountRules.checkActOn(situation);
                            return null;
                        }));
    }

    @Override
    public Future<Boolean> revoke(Actor actor, SessionId token) {
        return statements.transaction(connection -> {
            AccountTransaction transaction = new AccountTransaction(connection, actor);
            return transaction.run(USER_OF, Tuple.of(token.value())).compose(rows -> {
                if (rows.size() == 0) {
                    return Future.succeededFuture(false);
                }
                UserId user = new UserId(rows.iterator().next().getString("user_id"));
                return require(transaction, actor, user)
                        .map(true)
                        .recover(refused -> ChatException.of(refused).code() == ErrorCode.ACCOUNT_FORBIDDEN
                                ? Future.succeededFuture(false)
                                : Future.failedFuture(refused))
                        .compose(allowed -> allowed ? revoke(transaction, token, user) : Future.succeededFuture(false));
            });
        });
    }

    private static Future<Boolean> revoke(AccountTransaction transaction, SessionId token, UserId user) {
        return transaction
                .run(REVOKE, Tuple.of(token.value()))
                .compose(revoked -> revoked.rowCount() == 0
                        ? Future.succeededFuture(false)
                        : transaction
                                .audit("token.revoked", token.toString(), "of " + user)
                                .map(true));
    }

    @Override
    public Future<Void> makeBot(Actor actor, UserId bot, String name, ServerRole role, UserId owner) {
        Tuple row = Tuple.of(
                bot.value(),
                name,
                TextFolding.foldWords(name),
                role.wireName(),
                owner.value(),
                PostgresUserStore.looks(bot, name));
        return statements
                .transaction(connection -> {
                    AccountTransaction transaction = new AccountTransaction(connection, actor);
                    return transaction
                            .require(Permission.MAKE_BOT)
                            .compose(own -> {
                                AccountRules.checkGrant(own, role);
                                return transaction.run(MAKE_BOT, row);
                            })
                            .compose(rows -> {
                                Row made = rows.iterator().next();
                                if (made.getLong("made") == 0) {
                                    throw new ChatException(
                                            made.getBoolean("taken")
                                                    ? ErrorCode.USER_EXISTS
                                                    : ErrorCode.USER_NOT_FOUND);
                                }
                                return transaction.audit("bot.made", bot.value(), "owner " + owner);
                            });
                })
                .mapEmpty();
    }

    private static IssuedToken token(Row row) {
        OffsetDateTime usedAt = row.getOffsetDateTime("used_at");
        return new IssuedToken(
                new SessionId(row.getUUID("session_id")),
                new UserId(row.getString("user_id")),
                row.getString("name"),
                grant(row),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("expires_at").toInstant(),
                usedAt == null ? null : usedAt.toInstant());
    }

    private static Grant grant(Row row) {
        Set<Scope> scopes =
                Stream.of(row.getArrayOfStrings("scopes")).map(Scope::of).collect(Collectors.toSet());
        Set<RoomId> rooms =
                Stream.of(row.getArrayOfStrings("rooms")).map(RoomId::new).collect(Collectors.toSet());
        return Grant.of(scopes, rooms);
    }

    private static Stream<Row> rows(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
