package chat.parlance.persistence;

import chat.parlance.model.Cursor;
import chat.parlance.model.Event;
import chat.parlance.model.Member;
import chat.parlance.model.MembershipState;
import chat.parlance.model.ReadMarker;
import chat.parlance.model.Room;
import chat.parlance.model.RoomChanges;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomProfile;
import chat.parlance.model.Target;
import chat.parlance.model.UserId;
import chat.parlance.model.Visibility;
import chat.parlance.room.EventPage;
import chat.parlance.room.MemberChange;
import chat.parlance.room.MovedMarker;
import chat.parlance.room.NodeBus;
import chat.parlance.room.Permission;
import chat.parlance.room.Range;
import chat.parlance.room.RoomAccess;
import chat.parlance.room.RoomFilter;
import chat.parlance.room.RoomStore;
import chat.parlance.room.Selection;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Rooms and members in Postgres. Belongs to one event loop. */
final class PostgresRoomStore implements RoomStore {

    /**
     * The member row of user and room {@code q}, by both columns of its key, whatever Postgres expects: a room may have gained
     * all of its members since the last analysis.
     */
    private static final String MEMBER_BY_KEY = """
        left join lateral (
            select x.* from member x where x.room_id = q.room_id and x.user_id = q.user_id offset 0
        ) m on true
        """;

    /**
     * Memberships of many users at once: each with the events after one seq, as many as fit in a page, or those before
     * one. The first event of a page always fits.
     */
    private static final String ACCESS = """
        select q.ordinal, r.visibility, r.archived, m.membership, m.role, m.muted, r.head, r.head_stamp,
               a.stamp as after_stamp, %s
        from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::int[])
             with ordinality as q (room_id, user_id, after, behind, before, page, ordinal)
        join room r on r.room_id = q.room_id
        %s
        left join lateral (
            select x.stamp from event x where x.room_id = r.room_id and x.seq = q.after offset 0
        ) a on true
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
        where %s
        order by q.ordinal, e.seq
        """.formatted(
                    EventRow.COLUMNS,
                    MEMBER_BY_KEY,
                    EventRow.COLUMNS,
                    EventReader.pageAfter("r.room_id", "q.after", "q.page"),
                    EventRow.COLUMNS,
                    PublicRooms.orOwn("q.user_id"));

    private static final int ACCESSES_AT_ONCE = 16;

    private static final int FINDS_AT_ONCE = 16;

    /** Memberships of many users at once, with the heads of the rooms. */
    private static final String MEMBERSHIP = """
        select q.ordinal, r.visibility, r.archived, m.membership, m.role, m.muted, r.head, r.head_stamp
        from unnest($1::text[], $2::text[]) with ordinality as q (room_id, user_id, ordinal)
        cross join lateral (
            select x.room_id, x.visibility, x.archived, x.head, x.head_stamp from room x where x.room_id = q.room_id offset 0
        ) r
        left join lateral (
            select x.membership, x.role, x.muted
            from member x
            where x.room_id = q.room_id and x.user_id = q.user_id
            offset 0
        ) m on true
        where %s
        """.formatted(PublicRooms.orOwn("q.user_id"));

    private static final int MEMBERSHIPS_AT_ONCE = 64;

    private static final String FILTER = """
          and ($4::boolean is null or r.archived = $4)
          and ($5 = '' or position(lower($5) in lower(r.room_id || ' ' || r.name || ' ' || r.topic)) > 0)
        order by r.room_id
        limit $3
        """;

    private static final String LIST = "select "
            + roomSeenBy("$1", "room r left join member m on m.room_id = r.room_id and m.user_id = $1")
            + """
            where r.room_id > $2
              and (r.visibility = 'public' and m.membership is distinct from 'banned' and %s
                   or m.membership in ('joined', 'invited'))
            """.formatted(PublicRooms.seenBy("$1"))
            + FILTER;

    /** Lists by the user's own memberships, so that other rooms cost nothing. */
    private static final String LIST_BY_MEMBERSHIP =
            "select " + roomSeenBy("$1", "member m join room r on r.room_id = m.room_id") + """
                where m.user_id = $1 and m.membership = any($6) and m.room_id > $2
                """ + FILTER;

    /** Rooms as many users see them. */
    private static final String FIND = "select q.ordinal, " + roomSeenBy("q.user_id", """
        unnest($1::text[], $2::text[]) with ordinality as q (room_id, user_id, ordinal)
        join room r on r.room_id = q.room_id
        """ + MEMBER_BY_KEY) + " where "
            + PublicRooms.orOwn("q.user_id");

    private static final String MEMBERS = """
        select m.user_id, a.name, a.bot_owner is not null as bot, m.membership, m.role, m.muted, %s
        from member m
        join account a on a.user_id = m.user_id
        where m.room_id = $1 and m.membership = $2 and m.user_id > $3
        order by m.user_id
        limit $4
        """.formatted(PostgresUserStore.AMBIGUOUS);

    private record Place(RoomId room, UserId user) {}

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

    private record Viewed(RoomId room, UserId user) {}

    private static final String LIMIT_LOCK_WAIT = """
        select set_config('lock_timeout', $1, true)
        """;

    private final Statements statements;
    private final Statements transactions;
    private final RoomWrites writes;
    private final RoomJoins joins;
    private final HistoryPages history;
    private final PostgresReadMarkers readMarkers;
    private final NodeBus bus;
    private final int maxRooms;
    private final QueryBatcher<Wanted, Optional<RoomAccess>> accesses =
            new QueryBatcher<>(this::access, ACCESSES_AT_ONCE);
    private final QueryBatcher<Viewed, Optional<Room>> finds = new QueryBatcher<>(this::find, FINDS_AT_ONCE);
    private final QueryBatcher<Place, Optional<RoomAccess>> memberships =
            new QueryBatcher<>(this::memberships, MEMBERSHIPS_AT_ONCE);

    /**
     * @param statements for reads, and for writes that wait for no lock
     * @param transactions for the statements of {@code writes}
     * @param maxRooms the most rooms that one user may be in, without direct ones
     */
    PostgresRoomStore(
            Statements statements,
            Statements transactions,
            RoomWrites writes,
            RoomJoins joins,
            NodeBus bus,
            int maxRooms) {
        this.statements = statements;
        this.transactions = transactions;
        this.writes = writes;
        this.joins = joins;
        this.history = new HistoryPages(statements);
        this.readMarkers = new PostgresReadMarkers(statements, transactions, writes);
        this.bus = bus;
        this.maxRooms = maxRooms;
    }

    /**
     * Columns and joins of a room as a user sees it, with the names of the users that a client then shows.
     *
     * @param user expression of the user's id
     * @param from joins of the room as {@code r} and the user's member row, if any, as {@code m}
     */
    private static String roomSeenBy(String user, String from) {
        return """
            r.room_id, r.name, r.topic, r.description, r.visibility, r.archived, r.head, r.head_stamp,
            m.membership, m.role, m.muted, m.read_seq, m.read_turn, u.unread, n.mentions,
            r.message_seq, r.message_at, f.starred, f.notifications, f.hidden_to, f.revision,
            m.invited_by, i.name as invited_by_name, i.ambiguous as invited_by_ambiguous,
            i.bot as invited_by_bot,
            p.user_id as peer, p.name as peer_name, p.ambiguous as peer_ambiguous, p.bot as peer_bot
            from %2$s
            %3$s
            left join room_preference f on f.room_id = r.room_id and f.user_id = %1$s
            left join lateral (
                select a.name, a.bot_owner is not null as bot, %4$s
                from account a
                where a.user_id = m.invited_by
            ) i on true
            left join lateral (
                select a.user_id, a.name, a.bot_owner is not null as bot, %4$s
                from member o
                join account a on a.user_id = o.user_id
                where r.visibility = 'direct' and o.room_id = r.room_id and o.user_id <> %1$s
            ) p on true
            """.formatted(
                        user,
                        from,
                        UnreadCounts.of("r.room_id", user, "(case when m.membership = 'joined' then m.read_seq end)"),
                        PostgresUserStore.AMBIGUOUS);
    }

    @Override
    public Future<Optional<RoomAccess>> access(RoomId room, UserId user, Range range) {
        return accesses.ask(new Wanted(room, user, range));
    }

    @Override
    public Future<Optional<RoomAccess>> membership(RoomId room, UserId user) {
        return memberships.ask(new Place(room, user));
    }

    @Override
    public Future<Optional<EventPage>> tail(RoomId room, Selection selection, int limit) {
        return history.tail(room, selection, limit);
    }

    @Override
    public Future<Optional<RoomAccess>> history(RoomId room, UserId user, Selection selection, Range range) {
        return history.read(room, user, selection, range);
    }

    private Future<List<Optional<RoomAccess>>> memberships(List<Place> places) {
        Tuple parameters = Tuple.tuple()
                .addArrayOfString(
                        places.stream().map(place -> place.room().value()).toArray(String[]::new))
                .addArrayOfString(
                        places.stream().map(place -> place.user().value()).toArray(String[]::new));
        return statements.run(MEMBERSHIP, parameters).map(rows -> {
            List<Optional<RoomAccess>> found = new ArrayList<>(Collections.nCopies(places.size(), Optional.empty()));
            for (Row row : rows) {
                found.set(
                        row.getLong("ordinal").intValue() - 1,
                        Optional.of(new RoomAccess(
                                RoomRow.visibility(row),
                                row.getBoolean("archived"),
                                RoomRow.membership(row),
                                EventPage.newest(List.of(), EventReader.head(row)))));
            }
            return found;
        });
    }

    private Future<List<Optional<RoomAccess>>> access(List<Wanted> wanted) {
        Tuple parameters = Tuple.of(
                wanted.stream().map(one -> one.room().value()).toArray(String[]::new),
                wanted.stream().map(one -> one.user().value()).toArray(String[]::new),
                wanted.stream().map(Wanted::after).toArray(Long[]::new),
                wanted.stream().map(Wanted::behind).toArray(Long[]::new),
                wanted.stream().map(Wanted::before).toArray(Long[]::new),
                wanted.stream().map(one -> one.range().limit()).toArray(Integer[]::new));
        return statements.run(ACCESS, parameters).map(rows -> {
            Map<Long, List<Row>> byOrdinal = stream(rows).collect(Collectors.groupingBy(row -> row.getLong("ordinal")));
            List<Optional<RoomAccess>> found = new ArrayList<>(wanted.size());
            for (int i = 0; i < wanted.size(); i++) {
                Wanted one = wanted.get(i);
                found.add(Optional.ofNullable(byOrdinal.get(i + 1L))
                        .map(own -> new RoomAccess(
                                RoomRow.visibility(own.getFirst()),
                                own.getFirst().getBoolean("archived"),
                                RoomRow.membership(own.getFirst()),
                                page(one, own))));
            }
            return found;
        });
    }

    private static EventPage page(Wanted wanted, List<Row> rows) {
        List<Event> events = EventReader.events(wanted.room(), rows);
        Cursor head = EventReader.head(rows.getFirst());
        return wanted.range() instanceof Range.After after
                ? new EventPage(events, head, EventReader.after(after.seq(), rows.getFirst()))
                : EventPage.newest(events, head);
    }

    @Override
    public Future<List<Room>> list(UserId user, RoomFilter filter, String after, int limit) {
        Tuple parameters = Tuple.of(user.value(), after, limit, filter.archived(), filter.text());
        Set<MembershipState> memberships = filter.memberships();
        Future<RowSet<Row>> rows = memberships.isEmpty()
                ? statements.run(LIST, parameters)
                : statements.run(
                        LIST_BY_MEMBERSHIP,
                        parameters.addArrayOfString(memberships.stream()
                                .map(MembershipState::wireName)
                                .toArray(String[]::new)));
        return rows.map(found -> stream(found).map(RoomRow::room).toList());
    }

    @Override
    public Future<Optional<Room>> find(RoomId room, UserId user) {
        return finds.ask(new Viewed(room, user));
    }

    private Future<List<Optional<Room>>> find(List<Viewed> viewed) {
        Tuple parameters = Tuple.tuple()
                .addArrayOfString(viewed.stream().map(one -> one.room().value()).toArray(String[]::new))
                .addArrayOfString(viewed.stream().map(one -> one.user().value()).toArray(String[]::new));
        return statements.run(FIND, parameters).map(rows -> {
            List<Optional<Room>> found = new ArrayList<>(Collections.nCopies(viewed.size(), Optional.empty()));
            for (Row row : rows) {
                found.set(row.getInteger("ordinal") - 1, Optional.of(RoomRow.room(row)));
            }
            return found;
        });
    }

    @Override
    public Future<Optional<MovedMarker>> markRead(RoomId room, UserId user, Set<Target> targets) {
        return readMarkers.move(room, user, targets);
    }

    @Override
    public Future<Optional<ReadMarker>> markUnread(RoomId room, UserId user, Target target) {
        return readMarkers.moveBack(room, user, target);
    }

    @Override
    public Future<List<Member>> members(RoomId room, MembershipState membership, String after, int limit) {
        return statements
                .run(MEMBERS, Tuple.of(room.value(), membership.wireName(), after, limit))
                .map(rows -> stream(rows)
                        .map(row -> new Member(
                                PostgresUserStore.user(row), Objects.requireNonNull(RoomRow.membership(row))))
                        .toList());
    }

    @Override
    public Future<Void> create(
            RoomId room, RoomProfile profile, Visibility visibility, UserId creator, List<UserId> members) {
        return write(
                        room,
                        connection -> RoomCreation.create(
                                new RoomTransaction(connection, maxRooms, room, creator), profile, visibility, members))
                .mapEmpty();
    }

    @Override
    public Future<Void> createDirect(UserId creator, UserId other) {
        return write(RoomId.direct(creator, other), connection -> RoomCreation.createDirect(connection, creator, other))
                .mapEmpty();
    }

    @Override
    public Future<List<Event>> changeMembers(RoomId room, UserId actor, List<MemberChange> changes) {
        return write(
                room,
                connection -> RoomUpdate.lock(new RoomTransaction(connection, maxRooms, room, actor))
                        .compose(locked -> locked.changeMembers(changes)));
    }

    @Override
    public Future<List<Event>> join(RoomId room, UserId user) {
        return joins.join(room, user);
    }

    @Override
    public Future<List<Event>> joinAny(RoomId room, UserId actor) {
        return write(room, connection -> {
            RoomTransaction transaction = new RoomTransaction(connection, maxRooms, room, actor);
            // Before the room is looked up, so that a user without the permission learns of no room.
            return transaction
                    .require(Permission.JOIN_ANY_ROOM)
                    .compose(allowed -> RoomUpdate.lock(transaction))
                    .compose(RoomUpdate::joinAny);
        });
    }

    @Override
    public Future<List<Event>> changeSettings(RoomId room, UserId actor, RoomChanges changes) {
        return write(
                room,
                connection -> RoomUpdate.lock(new RoomTransaction(connection, maxRooms, room, actor))
                        .compose(locked -> locked.changeSettings(changes)));
    }

    /** Runs a transaction in its room's turn, and publishes its events. */
    private Future<List<Event>> write(RoomId room, Function<SqlConnection, Future<List<Event>>> work) {
        return writes.write(
                        room,
                        waitMs -> transactions.attemptTransaction(connection -> {
                            Future<?> limited = connection
                                    .preparedQuery(LIMIT_LOCK_WAIT)
                                    .execute(Tuple.of(Integer.toString(LockWait.timeoutMs(waitMs))));
                            // Sent together with the first statement of the work, so that it costs no round trip.
                            return work.apply(connection).compose(limited::map);
                        }))
                .onSuccess(bus::publish);
    }

    private static Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
