package chat.parlance.persistence;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Event;
import chat.parlance.model.Member;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.Role;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.model.Visibility;
import chat.parlance.room.Access;
import chat.parlance.room.MembershipRules;
import chat.parlance.room.NodeBus;
import chat.parlance.room.Range;
import chat.parlance.room.RoomStore;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Rooms and members in Postgres. Belongs to one event loop. */
final class PostgresRoomStore implements RoomStore {

    /**
     * Many at once: each with the events after one seq, as many as fit in a page of so many bytes, or those before one.
     * The first event of a page always fits.
     */
    private static final String ACCESS = """
        select q.ordinal, r.visibility, m.role, r.head, %s
        from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::int[])
             with ordinality as q (room_id, user_id, after, behind, before, page, ordinal)
        join room r on r.room_id = q.room_id
        left join member m on m.room_id = r.room_id and m.user_id = q.user_id
        left join lateral (
            (
                select %s
                from (%s) e
                where r.head - q.after <= q.behind
            )
            union all
            (
                select %s
                from event e
                where e.room_id = r.room_id and e.seq < q.before and e.seq <= r.head
                order by e.seq desc
                limit q.page
            )
        ) e on true
        order by q.ordinal, e.seq
        """.formatted(
                    EventRow.COLUMNS,
                    EventRow.COLUMNS,
                    EventReader.pageAfter("r.room_id", "q.after", "q.page"),
                    EventRow.COLUMNS);

    private static final int ACCESSES_AT_ONCE = 16;

    private static final String LIST = """
        select r.room_id, r.name, r.visibility, r.head, m.role
        from room r
        left join member m on m.room_id = r.room_id and m.user_id = $1
        where r.room_id > $2 and (r.visibility = 'public' or m.user_id is not null)
        order by r.room_id
        limit $3
        """;

    private static final String FIND = """
        select r.room_id, r.name, r.visibility, r.head, m.role
        from room r
        left join member m on m.room_id = r.room_id and m.user_id = $2
        where r.room_id = $1
        """;

    private static final String MEMBERS = """
        select m.user_id, a.name, m.role
        from member m
        join account a on a.user_id = m.user_id
        where m.room_id = $1 and m.user_id > $2
        order by m.user_id
        limit $3
        """;

    private static final String INSERT_ROOM = """
        insert into room (room_id, name, visibility) values ($1, $2, $3) on conflict do nothing
        """;

    private static final String LOCK = """
        select visibility from room where room_id = $1 for no key update
        """;

    /** Runs after {@link #LOCK} in a statement of its own, so that its snapshot has all that was committed before. */
    private static final String SITUATION = """
        select (select role from member where room_id = $1 and user_id = $2) as actor_role,
               (select role from member where room_id = $1 and user_id = $3) as user_role,
               (select count(*) from member where room_id = $1 and role = 'owner') as owners,
               exists (select from account where user_id = $3) as user_exists
        """;

    private static final String ADD_MEMBERS = """
        insert into member (room_id, user_id, role)
        select $1, u.user_id, $3 from unnest($2::text[]) as u (user_id)
        """;

    private static final String REMOVE_MEMBER = """
        delete from member where room_id = $1 and user_id = $2
        """;

    private static final String APPEND_MEMBERSHIP = """
        with advanced as (
            update room set head = head + cardinality($3::text[]) where room_id = $1 returning head
        )
        insert into event (room_id, seq, at, sender, kind, subject, text)
        select $1, a.head - cardinality($3::text[]) + u.ordinal,
               date_trunc('milliseconds', clock_timestamp()), $2, 'membership', u.user_id, $4
        from advanced a, unnest($3::text[]) with ordinality as u (user_id, ordinal)
        returning seq, at, sender, kind, client_id, subject, text
        """;

    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private record Wanted(RoomId room, UserId user, Range range) {

        long after() {
            return range instanceof Range.After after ? after.seq() : Long.MAX_VALUE;
        }

        long behind() {
            return range instanceof Range.After after ? after.maxBehind() : 0;
        }

        long before() {
            return range instanceof Range.Before before ? before.seq() : 0;
        }
    }

    private final Statements statements;
    private final NodeBus bus;
    private final Gathering<Wanted, Optional<Access>> accesses = new Gathering<>(this::access, ACCESSES_AT_ONCE);

    PostgresRoomStore(Statements statements, NodeBus bus) {
        this.statements = statements;
        this.bus = bus;
    }

    @Override
    public Future<Optional<Access>> access(RoomId room, UserId user, Range range) {
        return accesses.ask(new Wanted(room, user, range));
    }

    private Future<List<Optional<Access>>> access(List<Wanted> wanted) {
        Tuple parameters = Tuple.of(
                wanted.stream().map(one -> one.room().value()).toArray(String[]::new),
                wanted.stream().map(one -> one.user().value()).toArray(String[]::new),
                wanted.stream().map(Wanted::after).toArray(Long[]::new),
                wanted.stream().map(Wanted::behind).toArray(Long[]::new),
                wanted.stream().map(Wanted::before).toArray(Long[]::new),
                wanted.stream().map(one -> one.range().limit()).toArray(Integer[]::new));
        return statements.run(ACCESS, parameters).map(rows -> {
            Map<Long, List<Row>> byOrdinal = stream(rows).collect(Collectors.groupingBy(row -> row.getLong("ordinal")));
            List<Optional<Access>> found = new ArrayList<>(wanted.size());
            for (int i = 0; i < wanted.size(); i++) {
                RoomId room = wanted.get(i).room();
                found.add(Optional.ofNullable(byOrdinal.get(i + 1L))
                        .map(own -> new Access(
                                visibility(own.getFirst()),
                                role(own.getFirst(), "role"),
                                EventReader.page(room, own))));
            }
            return found;
        });
    }

    @Override
    public Future<List<Room>> list(UserId user, String after, int limit) {
        return statements
                .run(LIST, Tuple.of(user.value(), after, limit))
                .map(rows -> stream(rows).map(PostgresRoomStore::room).toList());
    }

    @Override
    public Future<Optional<Room>> find(RoomId room, UserId user) {
        return statements
                .run(FIND, Tuple.of(room.value(), user.value()))
                .map(rows -> stream(rows).map(PostgresRoomStore::room).findFirst());
    }

    @Override
    public Future<List<Member>> members(RoomId room, String after, int limit) {
        return statements
                .run(MEMBERS, Tuple.of(room.value(), after, limit))
                .map(rows -> stream(rows)
                        .map(row -> new Member(
                                new UserId(row.getString("user_id")),
                                row.getString("name"),
                                Role.of(row.getString("role"))))
                        .toList());
    }

    @Override
    public Future<Room> create(RoomId room, String name, Visibility visibility, UserId creator, List<UserId> members) {
        Future<List<Event>> created = statements.transaction(connection -> run(
                        connection, INSERT_ROOM, Tuple.of(room.value(), name, visibility.wireName()))
                .compose(inserted -> inserted.rowCount() == 0
                        ? Future.failedFuture(new ChatException(ErrorCode.ROOM_EXISTS))
                        : addMembers(connection, room, List.of(creator), Role.OWNER))
                .compose(added -> addMembers(connection, room, members, Role.MEMBER))
                .compose(added -> {
                    List<UserId> all = new ArrayList<>(members);
                    all.addFirst(creator);
                    return append(connection, room, creator, all, MembershipChange.JOINED);
                }));
        return created.map(events -> {
            bus.publish(events);
            return new Room(room, name, visibility, events.size(), Role.OWNER);
        });
    }

    @Override
    public Future<Void> changeMembership(RoomId room, UserId actor, UserId user, MembershipChange change) {
        Future<List<Event>> changed = statements.transaction(connection -> run(connection, LOCK, Tuple.of(room.value()))
                .compose(locked -> {
                    if (locked.size() == 0) {
                        return Future.failedFuture(new ChatException(ErrorCode.ROOM_NOT_FOUND));
                    }
                    Visibility visibility = visibility(locked.iterator().next());
                    return run(connection, SITUATION, Tuple.of(room.value(), actor.value(), user.value()))
                            .compose(rows -> {
                                Row row = rows.iterator().next();
                                return apply(
                                        connection,
                                        room,
                                        actor,
                                        user,
                                        change,
                                        situation(visibility, row, actor, user),
                                        row);
                            });
                }));
        return changed.map(events -> {
            bus.publish(events);
            return null;
        });
    }

    private static MembershipRules.Situation situation(Visibility visibility, Row row, UserId actor, UserId user) {
        return new MembershipRules.Situation(
                visibility, role(row, "actor_role"), role(row, "user_role"), actor.equals(user), row.getLong("owners"));
    }

    private static Future<List<Event>> apply(
            SqlConnection connection,
            RoomId room,
            UserId actor,
            UserId user,
            MembershipChange change,
            MembershipRules.Situation situation,
            Row row) {
        if (!MembershipRules.check(change, situation)) {
            return Future.succeededFuture(List.of());
        }
        if (!row.getBoolean("user_exists")) {
            return Future.failedFuture(new ChatException(ErrorCode.USER_NOT_FOUND));
        }
        Future<?> members = switch (change) {
            case JOINED -> addMembers(connection, room, List.of(user), Role.MEMBER);
            case LEFT -> run(connection, REMOVE_MEMBER, Tuple.of(room.value(), user.value()));
        };
        return members.compose(done -> append(connection, room, actor, List.of(user), change));
    }

    private static Future<Void> addMembers(SqlConnection connection, RoomId room, List<UserId> users, Role role) {
        return run(connection, ADD_MEMBERS, Tuple.of(room.value(), ids(users), role.wireName()))
                .<Void>mapEmpty()
                .recover(failure ->
                        failure instanceof PgException refused && FOREIGN_KEY_VIOLATION.equals(refused.getSqlState())
                                ? Future.failedFuture(new ChatException(ErrorCode.USER_NOT_FOUND))
                                : Future.failedFuture(failure));
    }

    private static Future<List<Event>> append(
            SqlConnection connection, RoomId room, UserId actor, List<UserId> users, MembershipChange change) {
        return run(connection, APPEND_MEMBERSHIP, Tuple.of(room.value(), actor.value(), ids(users), change.wireName()))
                .map(rows -> stream(rows).map(row -> EventRow.event(room, row)).toList());
    }

    private static Future<RowSet<Row>> run(SqlConnection connection, String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters);
    }

    private static String[] ids(List<UserId> users) {
        return users.stream().map(UserId::value).toArray(String[]::new);
    }

    private static Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    private static Room room(Row row) {
        return new Room(
                new RoomId(row.getString("room_id")),
                row.getString("name"),
                visibility(row),
                row.getLong("head"),
                role(row, "role"));
    }

    private static Visibility visibility(Row row) {
        return Visibility.of(row.getString("visibility"));
    }

    private static @Nullable Role role(Row row, String column) {
        String role = row.getString(column);
        return role == null ? null : Role.of(role);
    }
}
