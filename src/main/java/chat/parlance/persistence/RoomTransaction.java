package chat.parlance.persistence;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Event;
import chat.parlance.model.EventKind;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.Role;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomProfile;
import chat.parlance.model.ServerRole;
import chat.parlance.model.UserId;
import chat.parlance.model.Visibility;
import chat.parlance.room.Permission;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Statements of one transaction that creates or changes a room, its members or its settings, and appends the events of
 * the change.
 */
final class RoomTransaction {

    private static final String INSERT_ROOM = """
        insert into room (room_id, name, topic, description, visibility)
        values ($1, $2, $3, $4, $5) on conflict do nothing
        """;

    private static final String LOCK = """
        select visibility, archived, name, topic, description from room where room_id = $1 for no key update
        """;

    /** Runs after {@link #LOCK} as a separate statement, so that its snapshot has everything committed before. */
    private static final String SITUATION = """
        select a.membership as actor_membership, a.role as actor_role, a.muted as actor_muted,
               u.membership as user_membership, u.role as user_role, u.muted as user_muted,
               (select count(*) from member where room_id = $1 and role = 'owner' and membership = 'joined') as owners,
               exists (select from account where user_id = $3) as user_exists,
               (select server_role from account where user_id = $2) as actor_server_role
        from room r
        left join member a on a.room_id = r.room_id and a.user_id = $2
        left join member u on u.room_id = r.room_id and u.user_id = $3
        where r.room_id = $1
        """;

    /** Adds a member. Earlier messages do not count as unread for a new member. */
    private static final String ADD = """
        with forgotten as (
            delete from room_preference where room_id = $1 and user_id = any ($2::text[]) and $3 <> 'joined'
        )
        insert into member (room_id, user_id, membership, role, read_seq, invited_by)
        select r.room_id, u.user_id, $3, $4, r.head, $5
        from room r
        cross join unnest($2::text[]) as u (user_id)
        where r.room_id = $1
        on conflict (room_id, user_id) do update
        set membership = excluded.membership, role = excluded.role, read_seq = excluded.read_seq,
            invited_by = excluded.invited_by
        """;

    private static final String REMOVE = """
        delete from member where room_id = $1 and user_id = $2 and not muted
        """;

    private static final String REMOVE_MUTED = """
        with forgotten as (
            delete from room_preference where room_id = $1 and user_id = $2
        )
        update member set membership = 'left', role = 'member' where room_id = $1 and user_id = $2
        """;

    private static final String SET_MUTED = """
        update member set muted = $3 where room_id = $1 and user_id = $2
        """;

    private static final String SET_ROLE = """
        update member set role = $3 where room_id = $1 and user_id = $2
        """;

    private static final String SET = """
        update room
        set name = coalesce($2, name), topic = coalesce($3, topic), description = coalesce($4, description),
            archived = coalesce($5, archived)
        where room_id = $1
        """;

    /**
     * Appends an event. The transaction holds the room's row, so the head at the start of the statement is the room's
     * last event.
     */
    private static final String APPEND = """
        with input as materialized (
            select u.*, 1 + floor(random() * (2 ^ 48 - 1))::bigint as stamp
            from unnest($4::text[], $5::text[]) with ordinality as u (subject, text, ordinal)
        ), fresh as materialized (
            select i.*, r.head + i.ordinal as seq,
                   coalesce(lag(i.stamp) over (order by i.ordinal), r.head_stamp) as previous
            from room r, input i
            where r.room_id = $1
        ), advanced as (
            update room r
            set head = f.seq, head_stamp = f.stamp
            from (select seq, stamp from fresh order by seq desc limit 1) f
            where r.room_id = $1
        )
        insert into event (room_id, seq, stamp, previous, at, sender, kind, subject, text)
        select $1, f.seq, f.stamp, f.previous, date_trunc('milliseconds', clock_timestamp()), $2, $3, f.subject, f.text
        from fresh f
        order by f.seq
        returning seq, stamp, previous, at, sender, kind, client_id, subject, text, target, thread, removed
        """;

    /** Serializes the joins of one user, so that each counts the others. Readers of the account do not wait. */
    private static final String LOCK_ACCOUNT = "select from account where user_id = $1 for no key update";

    private static final String ROOMS_OF_USER = """
        select count(*) as rooms
        from member m
        join room r on r.room_id = m.room_id
        where m.user_id = $1 and m.membership = 'joined' and r.visibility <> 'direct'
        """;

    private static final String SERVER_ROLE = "select server_role from account where user_id = $1";

    private static final String AUDIT = "insert into audit (actor, action, subject) values ($1, $2, $3)";

    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final SqlConnection connection;
    private final int maxRooms;
    private final RoomId room;
    private final UserId actor;

    /** @param maxRooms the most rooms that one user may be in, without direct ones */
    RoomTransaction(SqlConnection connection, int maxRooms, RoomId room, UserId actor) {
        this.connection = connection;
        this.maxRooms = maxRooms;
        this.room = room;
        this.actor = actor;
    }

    RoomId room() {
        return room;
    }

    /** User who creates or changes the room. */
    UserId actor() {
        return actor;
    }

    /** Fails with {@code account.forbidden} when the actor lacks a permission on the server. */
    Future<Void> require(Permission permission) {
        return run(SERVER_ROLE, Tuple.of(actor.value()))
                .compose(rows -> rows.size() == 1
                                && permission.isOf(
                                        ServerRole.of(rows.iterator().next().getString("server_role")))
                        ? Future.succeededFuture()
                        : Future.failedFuture(new ChatException(ErrorCode.ACCOUNT_FORBIDDEN)));
    }

    /** Adds an act of the actor concerning this room to the audit trail. */
    Future<?> audit(String action) {
        return run(AUDIT, Tuple.of(actor.value(), action, room.value()));
    }

    /** Locks the room's row until the end of the transaction; fails with {@code room.not_found} when there is none. */
    Future<Row> lock() {
        return run(LOCK, Tuple.of(room.value()))
                .compose(rows -> rows.size() == 0
                        ? Future.failedFuture(new ChatException(ErrorCode.ROOM_NOT_FOUND))
                        : Future.succeededFuture(rows.iterator().next()));
    }

    /** Inserts the room's row; false when there is one already. */
    Future<Boolean> insert(RoomProfile profile, Visibility visibility) {
        return run(
                        INSERT_ROOM,
                        Tuple.of(
                                room.value(),
                                profile.name(),
                                profile.topic(),
                                profile.description(),
                                visibility.wireName()))
                .map(inserted -> inserted.rowCount() > 0);
    }

    /** Membership of the actor and of another user. */
    Future<Row> situation(UserId user) {
        return run(SITUATION, Tuple.of(room.value(), actor.value(), user.value()))
                .map(rows -> rows.iterator().next());
    }

    /** Fails with {@code room.limit} when the user is in too many rooms already. */
    Future<Void> checkRooms(UserId user) {
        if (maxRooms == Integer.MAX_VALUE) {
            return Future.succeededFuture();
        }
        Tuple parameters = Tuple.of(user.value());
        return run(LOCK_ACCOUNT, parameters)
                .compose(locked -> run(ROOMS_OF_USER, parameters))
                .compose(rows -> rows.iterator().next().getLong("rooms") < maxRooms
                        ? Future.succeededFuture()
                        : Future.failedFuture(new ChatException(ErrorCode.ROOM_LIMIT)));
    }

    /**
     * Adds members, or sets what they are to the room.
     *
     * @param invitedBy the inviter of users who are invited, else null
     */
    Future<Void> add(List<UserId> users, String membership, Role role, @Nullable UserId invitedBy) {
        String inviter = invitedBy == null ? null : invitedBy.value();
        return run(ADD, Tuple.of(room.value(), ids(users), membership, role.wireName(), inviter))
                .<Void>mapEmpty()
                .recover(failure ->
                        failure instanceof PgException refused && FOREIGN_KEY_VIOLATION.equals(refused.getSqlState())
                                ? Future.failedFuture(new ChatException(ErrorCode.USER_NOT_FOUND))
                                : Future.failedFuture(failure));
    }

    /** Removes a member. That a user is muted outlasts the membership. */
    Future<?> remove(UserId user) {
        return run(REMOVE, Tuple.of(room.value(), user.value()))
                .compose(removed -> removed.rowCount() > 0
                        ? Future.succeededFuture(removed)
                        : run(REMOVE_MUTED, Tuple.of(room.value(), user.value())));
    }

    Future<?> setMuted(UserId user, boolean muted) {
        return run(SET_MUTED, Tuple.of(room.value(), user.value(), muted));
    }

    Future<?> setRole(UserId user, Role role) {
        return run(SET_ROLE, Tuple.of(room.value(), user.value(), role.wireName()));
    }

    /** @param archived null when it stays as it is */
    Future<?> set(RoomProfile profile, @Nullable Boolean archived) {
        return run(SET, Tuple.of(room.value(), profile.name(), profile.topic(), profile.description(), archived));
    }

    /** Appends the events of users who have joined. */
    Future<List<Event>> appendJoins(List<UserId> users) {
        String[] joined =
                users.stream().map(user -> MembershipChange.JOINED.wireName()).toArray(String[]::new);
        return append(EventKind.MEMBERSHIP, ids(users), joined);
    }

    /** Appends one event for each subject. */
    Future<List<Event>> append(EventKind kind, String[] subjects, String[] texts) {
        return run(APPEND, Tuple.of(room.value(), actor.value(), kind.wireName(), subjects, texts))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> EventRow.event(room, row))
                        .toList());
    }

    private Future<RowSet<Row>> run(String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters);
    }

    private static String[] ids(List<UserId> users) {
        return users.stream().map(UserId::value).toArray(String[]::new);
    }
}
