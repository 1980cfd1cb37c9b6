package chat.parlance.persistence;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Event;
import chat.parlance.model.EventKind;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.Role;
import chat.parlance.model.RoomChanges;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomProfile;
import chat.parlance.model.RoomSetting;
import chat.parlance.model.Standing;
import chat.parlance.model.UserId;
import chat.parlance.model.Visibility;
import chat.parlance.room.MemberChange;
import chat.parlance.room.RoomRules;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * One transaction that changes a room, its members or its settings, and appends the events of the change. It locks the
 * room's row from the first statement on, so its view of the room stays true until it ends.
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
               exists (select from account where user_id = $3) as user_exists
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

    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final SqlConnection connection;
    private final int maxRooms;
    private final RoomId room;
    private final UserId actor;
    private final Visibility visibility;
    private final boolean archived;
    private final RoomProfile profile;

    private RoomTransaction(SqlConnection connection, int maxRooms, RoomId room, UserId actor, Row row) {
        this.connection = connection;
        this.maxRooms = maxRooms;
        this.room = room;
        this.actor = actor;
        this.visibility = RoomRow.visibility(row);
        this.archived = row.getBoolean("archived");
        this.profile = new RoomProfile(row.getString("name"), row.getString("topic"), row.getString("description"));
    }

    /**
     * Starts a change; fails with {@code room.not_found} when there is no such room.
     *
     * @param maxRooms the most rooms that one user may be in, without direct ones
     */
    static Future<RoomTransaction> lock(SqlConnection connection, int maxRooms, RoomId room, UserId actor) {
        return run(connection, LOCK, Tuple.of(room.value()))
                .compose(rows -> rows.size() == 0
                        ? Future.failedFuture(new ChatException(ErrorCode.ROOM_NOT_FOUND))
                        : Future.succeededFuture(new RoomTransaction(
                                connection,
                                maxRooms,
                                room,
                                actor,
                                rows.iterator().next())));
    }

    /**
     * Creates a room with its first members, the creator as owner.
     *
     * @param maxRooms the most rooms that the creator may be in, without direct ones
     */
    static Future<List<Event>> create(
            SqlConnection connection,
            int maxRooms,
            RoomId room,
            RoomProfile profile,
            Visibility visibility,
            UserId creator,
            List<UserId> members) {
        List<UserId> all = new ArrayList<>(members);
        all.addFirst(creator);
        return insert(connection, room, profile, visibility)
                .compose(inserted -> inserted
                        ? checkRooms(connection, maxRooms, creator)
                                .compose(allowed -> add(connection, room, List.of(creator), "joined", Role.OWNER))
                        : Future.failedFuture(new ChatException(ErrorCode.ROOM_EXISTS)))
                .compose(added -> add(connection, room, members, "joined", Role.MEMBER))
                .compose(added -> appendJoins(connection, room, creator, all));
    }

    /** Creates the direct room of two users, unless it exists already. */
    static Future<List<Event>> createDirect(SqlConnection connection, UserId creator, UserId other) {
        RoomId room = RoomId.direct(creator, other);
        RoomProfile profile = new RoomProfile(creator + ", " + other, "", "");
        return insert(connection, room, profile, Visibility.DIRECT)
                .compose(inserted -> inserted
                        ? add(connection, room, List.of(creator, other), "joined", Role.MEMBER)
                                .compose(added -> appendJoins(connection, room, creator, List.of(creator, other)))
                        : Future.succeededFuture(List.of()));
    }

    /** Applies the changes that change anything, one after the other. */
    Future<List<Event>> changeMembers(List<MemberChange> changes) {
        Future<List<Event>> done = Future.succeededFuture(List.of());
        for (MemberChange change : changes) {
            done = done.compose(before -> change(change).map(after -> concat(before, after)));
        }
        return done;
    }

    /** Sets the settings that differ. */
    Future<List<Event>> changeSettings(RoomChanges wanted) {
        return situation(actor).compose(row -> {
            RoomProfile next = new RoomProfile(
                    wanted.name() == null ? profile.name() : wanted.name(),
                    wanted.topic() == null ? profile.topic() : wanted.topic(),
                    wanted.description() == null ? profile.description() : wanted.description());
            Map<RoomSetting, String> settings = settings(next, wanted.archived());
            RoomRules.Situation situation = situation(row);
            // Checked even if nothing is to change: a user who may not change a setting must not learn its value.
            asked(wanted).forEach(setting -> RoomRules.check(setting, situation));
            if (settings.isEmpty()) {
                return Future.succeededFuture(List.of());
            }
            return run(
                            connection,
                            SET,
                            Tuple.of(room.value(), next.name(), next.topic(), next.description(), wanted.archived()))
                    .compose(set -> append(
                            connection,
                            room,
                            actor,
                            EventKind.ROOM,
                            settings.keySet().stream()
                                    .map(RoomSetting::wireName)
                                    .toArray(String[]::new),
                            settings.values().toArray(String[]::new)));
        });
    }

    private static List<RoomSetting> asked(RoomChanges wanted) {
        List<RoomSetting> asked = new ArrayList<>();
        if (wanted.archived() != null) {
            asked.add(wanted.archived() ? RoomSetting.ARCHIVED : RoomSetting.UNARCHIVED);
        }
        if (wanted.name() != null || wanted.topic() != null || wanted.description() != null) {
            asked.add(RoomSetting.NAME);
        }
        return asked;
    }

    private Map<RoomSetting, String> settings(RoomProfile next, @Nullable Boolean archive) {
        Map<RoomSetting, String> settings = new EnumMap<>(RoomSetting.class);
        if (!next.name().equals(profile.name())) {
            settings.put(RoomSetting.NAME, next.name());
        }
        if (!next.topic().equals(profile.topic())) {
            settings.put(RoomSetting.TOPIC, next.topic());
        }
        if (!next.description().equals(profile.description())) {
            settings.put(RoomSetting.DESCRIPTION, next.description());
        }
        if (archive != null && archive != archived) {
            settings.put(archive ? RoomSetting.ARCHIVED : RoomSetting.UNARCHIVED, "");
        }
        return settings;
    }

    private Future<List<Event>> change(MemberChange wanted) {
        UserId user = wanted.user();
        return situation(user).compose(row -> {
            RoomRules.Subject subject =
                    new RoomRules.Subject(RoomRow.standing(row, "user_"), actor.equals(user), row.getLong("owners"));
            if (!RoomRules.check(wanted.change(), situation(row), subject)) {
                return Future.succeededFuture(List.of());
            }
            if (!row.getBoolean("user_exists")) {
                return Future.failedFuture(new ChatException(ErrorCode.USER_NOT_FOUND));
            }
            return apply(user, wanted.change())
                    .compose(applied -> append(
                            connection, room, actor, EventKind.MEMBERSHIP, new String[] {user.value()}, new String[] {
                                wanted.change().wireName()
                            }));
        });
    }

    private Future<?> apply(UserId user, MembershipChange change) {
        return switch (change) {
            case JOINED ->
                checkRooms(connection, maxRooms, user)
                        .compose(allowed -> add(connection, room, List.of(user), "joined", Role.MEMBER));
            case INVITED -> add(connection, room, List.of(user), "invited", Role.MEMBER, actor);
            case BANNED -> add(connection, room, List.of(user), "banned", Role.MEMBER);
            case LEFT, DECLINED, KICKED, UNBANNED ->
                run(connection, REMOVE, Tuple.of(room.value(), user.value()))
                        .compose(removed -> removed.rowCount() > 0
                                ? Future.succeededFuture(removed)
                                : run(connection, REMOVE_MUTED, Tuple.of(room.value(), user.value())));
            case MUTED -> run(connection, SET_MUTED, Tuple.of(room.value(), user.value(), true));
            case UNMUTED -> run(connection, SET_MUTED, Tuple.of(room.value(), user.value(), false));
            case OWNER -> setRole(user, Role.OWNER);
            case ADMIN -> setRole(user, Role.ADMIN);
            case MEMBER -> setRole(user, Role.MEMBER);
        };
    }

    /** Fails with {@code room.limit} when the user is in too many rooms already. */
    private static Future<Void> checkRooms(SqlConnection connection, int maxRooms, UserId user) {
        if (maxRooms == Integer.MAX_VALUE) {
            return Future.succeededFuture();
        }
        Tuple parameters = Tuple.of(user.value());
        return run(connection, LOCK_ACCOUNT, parameters)
                .compose(locked -> run(connection, ROOMS_OF_USER, parameters))
                .compose(rows -> rows.iterator().next().getLong("rooms") < maxRooms
                        ? Future.succeededFuture()
                        : Future.failedFuture(new ChatException(ErrorCode.ROOM_LIMIT)));
    }

    private Future<?> setRole(UserId user, Role role) {
        return run(connection, SET_ROLE, Tuple.of(room.value(), user.value(), role.wireName()));
    }

    private Future<Row> situation(UserId user) {
        return run(connection, SITUATION, Tuple.of(room.value(), actor.value(), user.value()))
                .map(rows -> rows.iterator().next());
    }

    private RoomRules.Situation situation(Row row) {
        Standing standing = RoomRow.standing(row, "actor_");
        return new RoomRules.Situation(visibility, archived, standing);
    }

    private static Future<Boolean> insert(
            SqlConnection connection, RoomId room, RoomProfile profile, Visibility visibility) {
        return run(
                        connection,
                        INSERT_ROOM,
                        Tuple.of(
                                room.value(),
                                profile.name(),
                                profile.topic(),
                                profile.description(),
                                visibility.wireName()))
                .map(inserted -> inserted.rowCount() > 0);
    }

    private static Future<Void> add(
            SqlConnection connection, RoomId room, List<UserId> users, String membership, Role role) {
        return add(connection, room, users, membership, role, null);
    }

    private static Future<Void> add(
            SqlConnection connection,
            RoomId room,
            List<UserId> users,
            String membership,
            Role role,
            @Nullable UserId invitedBy) {
        String inviter = invitedBy == null ? null : invitedBy.value();
        return run(connection, ADD, Tuple.of(room.value(), ids(users), membership, role.wireName(), inviter))
                .<Void>mapEmpty()
                .recover(failure ->
                        failure instanceof PgException refused && FOREIGN_KEY_VIOLATION.equals(refused.getSqlState())
                                ? Future.failedFuture(new ChatException(ErrorCode.USER_NOT_FOUND))
                                : Future.failedFuture(failure));
    }

    private static Future<List<Event>> appendJoins(
            SqlConnection connection, RoomId room, UserId actor, List<UserId> users) {
        String[] joined =
                users.stream().map(user -> MembershipChange.JOINED.wireName()).toArray(String[]::new);
        return append(connection, room, actor, EventKind.MEMBERSHIP, ids(users), joined);
    }

    private static Future<List<Event>> append(
            SqlConnection connection, RoomId room, UserId actor, EventKind kind, String[] subjects, String[] texts) {
        return run(connection, APPEND, Tuple.of(room.value(), actor.value(), kind.wireName(), subjects, texts))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> EventRow.event(room, row))
                        .toList());
    }

    private static Future<RowSet<Row>> run(SqlConnection connection, String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters);
    }

    private static String[] ids(List<UserId> users) {
        return users.stream().map(UserId::value).toArray(String[]::new);
    }

    private static List<Event> concat(List<Event> some, List<Event> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
