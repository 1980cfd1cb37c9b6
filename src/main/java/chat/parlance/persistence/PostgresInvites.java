package chat.parlance.persistence;

import chat.parlance.account.AccountRules;
import chat.parlance.account.Actor;
import chat.parlance.account.Invite;
import chat.parlance.account.InviteStore;
import chat.parlance.account.LinkCode;
import chat.parlance.auth.NewAccount;
import chat.parlance.model.RoomId;
import chat.parlance.model.ServerRole;
import chat.parlance.model.UserId;
import chat.parlance.room.Permission;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Invites to the server in Postgres. */
final class PostgresInvites implements InviteStore {

    private static final String MAKE = """
        insert into invite (invite_id, token_hash, role, rooms, max_uses, made_by, made_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    private static final String USABLE = "revoked_at is null and expires_at > now() and uses < max_uses";

    private static final String COLUMNS = """
        invite_id, role, rooms, max_uses, uses, made_by, made_at, expires_at, revoked_at is not null as revoked
        """;

    private static final String LIST = "select " + COLUMNS + " from invite where " + USABLE + """
         and ($1::uuid is null
              or made_at < (select made_at from invite where invite_id = $1)
              or (made_at = (select made_at from invite where invite_id = $1) and invite_id > $1))
        order by made_at desc, invite_id
        limit $2
        """;

    private static final String FIND = "select " + COLUMNS + " from invite where token_hash = $1 and " + USABLE;

    private static final String REVOKE = "update invite set revoked_at = now() where invite_id = $1 and " + USABLE;

    /** Counts a use. Concurrent uses wait for the row, and the last of them no longer find it usable. */
    private static final String USE =
            "update invite set uses = uses + 1 where token_hash = $1 and " + USABLE + " returning " + COLUMNS;

    private static final String EXPECT = """
        insert into invited_room (user_id, room_id, invited_by) select $1, unnest($2::text[]), $3
        """;

    private static final String TAKE = """
        update invited_room set at = clock_timestamp(), attempts = attempts + 1
        where (user_id, room_id) in (
            select user_id, room_id
            from invited_room
            where at < now() - make_interval(secs => $1)
            order by at
            limit $2
            for update skip locked
        )
        returning user_id, room_id, invited_by, attempts
        """;

    private static final String SETTLE = "delete from invited_room where user_id = $1 and room_id = $2";

    private final Statements statements;

    PostgresInvites(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<Void> make(Actor actor, Invite invite, LinkCode code) {
        UserId maker = invite.madeBy();
        Tuple row = Tuple.of(
                invite.id(),
                digest(code),
                invite.role().wireName(),
                ids(invite.rooms()),
                invite.maxUses(),
                maker == null ? null : maker.value(),
                invite.madeAt().atOffset(ZoneOffset.UTC),
                invite.expiresAt().atOffset(ZoneOffset.UTC));
        String detail = "%s, uses %d".formatted(invite.role().wireName(), invite.maxUses());
        return statements
                .transaction(connection -> {
                    AccountTransaction transaction = new AccountTransaction(connection, actor);
                    // Not between the end of the actor's rights and the revocation of the actor's invites.
                    return transaction
                            .lockOwners()
                            .compose(locked -> transaction.require(Permission.INVITE_TO_SERVER))
                            .compose(role -> {
                                AccountRules.checkGrant(role, invite.role());
                                return transaction.run(MAKE, row);
                            })
                            .compose(made ->
                                    transaction.audit("invite.made", invite.id().toString(), detail));
                })
                .mapEmpty();
    }

    @Override
    public Future<List<Invite>> list(@Nullable UUID after, int limit) {
        return statements
                .run(LIST, Tuple.of(after, limit))
                .map(rows -> invites(rows).toList());
    }

    @Override
    public Future<Boolean> revoke(Actor actor, UUID invite) {
        return statements.transaction(connection -> {
            AccountTransaction transaction = new AccountTransaction(connection, actor);
            return transaction
                    .require(Permission.INVITE_TO_SERVER)
                    .compose(allowed -> transaction.run(REVOKE, Tuple.of(invite)))
                    .compose(revoked -> revoked.rowCount() == 0
                            ? Future.succeededFuture(false)
                            : transaction
                                    .audit("invite.revoked", invite.toString(), "")
                                    .map(true));
        });
    }

    @Override
    public Future<Optional<Invite>> find(LinkCode code) {
        return statements
                .run(FIND, Tuple.of(digest(code)))
                .map(rows -> invites(rows).findFirst());
    }

    @Override
    public Future<Optional<Invite>> use(LinkCode code, NewAccount account) {
        return statements.transaction(connection -> {
            AccountTransaction transaction = new AccountTransaction(connection, Actor.COMMAND_LINE);
            return transaction.run(USE, Tuple.of(digest(code))).compose(rows -> {
                Optional<Invite> used = invites(rows).findFirst();
                return used.isEmpty()
                        ? Future.succeededFuture(used)
                        : PostgresAccounts.create(
                                        transaction, account, used.get().role())
                                .compose(made -> expect(transaction, used.get(), account.user()))
                                .compose(expected -> transaction.audit(
                                        "invite.used",
                                        account.user().value(),
                                        used.get().id().toString()))
                                .map(used);
            });
        });
    }

    private static Future<?> expect(AccountTransaction transaction, Invite invite, UserId user) {
        UserId inviter = invite.madeBy();
        return transaction.run(
                EXPECT, Tuple.of(user.value(), ids(invite.rooms()), inviter == null ? null : inviter.value()));
    }

    @Override
    public Future<List<PendingRoom>> takePendingRooms(Duration age, int limit) {
        return statements
                .run(TAKE, Tuple.of((double) age.toSeconds(), limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new PendingRoom(
                                new UserId(row.getString("user_id")),
                                new RoomId(row.getString("room_id")),
                                inviter(row.getString("invited_by")),
                                row.getInteger("attempts")))
                        .toList());
    }

    @Override
    public Future<Void> settle(PendingRoom room) {
        return statements
                .run(SETTLE, Tuple.of(room.user().value(), room.room().value()))
                .mapEmpty();
    }

    private static String[] ids(List<RoomId> rooms) {
        return rooms.stream().map(RoomId::value).toArray(String[]::new);
    }

    private static @Nullable UserId inviter(@Nullable String id) {
        return id == null ? null : new UserId(id);
    }

    private static Buffer digest(LinkCode code) {
        return Buffer.buffer(code.digest());
    }

    private static Stream<Invite> invites(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(PostgresInvites::invite);
    }

    private static Invite invite(Row row) {
        return new Invite(
                row.getUUID("invite_id"),
                ServerRole.of(row.getString("role")),
                Stream.of(row.getArrayOfStrings("rooms")).map(RoomId::new).toList(),
                row.getInteger("max_uses"),
                row.getInteger("uses"),
                inviter(row.getString("made_by")),
                row.getOffsetDateTime("made_at").toInstant(),
                row.getOffsetDateTime("expires_at").toInstant(),
                row.getBoolean("revoked"));
    }
}
