package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.error.ErrorCode;
import chat.parlance.model.Event;
import chat.parlance.model.RoomId;
import chat.parlance.model.Stamp;
import chat.parlance.model.UserId;
import chat.parlance.persistence.JoinWriter.Join;
import chat.parlance.testing.Database;
import chat.parlance.testing.RoomLock;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches of joins, as {@code join_rooms} stores and refuses them. */
final class JoinsIT {

    private static final String OWNER = "joins-owner";
    private static final int WAIT_MS = 20_000;
    private static final int USERS = 40;
    private static final int NEWCOMERS = Integer.getInteger("joins.newcomers", 2000);
    private static final int WRITERS = 4;
    private static final int BATCHES = 25;

    /** Rooms whose rows, events and members contradict each other. */
    private static final String BROKEN = """
        select r.room_id
        from room r
        left join (
            select x.*, lag(x.stamp, 1, 0::bigint) over (partition by x.room_id order by x.seq) as before
            from event x
        ) e on e.room_id = r.room_id
        where r.room_id like 'joins-%'
        group by r.room_id, r.head, r.head_stamp
        having count(e.seq) <> r.head or min(e.seq) <> 1 or max(e.seq) <> r.head
            or not bool_and(e.previous = e.before) or count(distinct e.stamp) <> r.head
            or r.head_stamp <> max(e.stamp) filter (where e.seq = r.head)
            or (select count(*) from member m where m.room_id = r.room_id and m.membership = 'joined')
               <> sum(case when e.text = 'joined' then 1 when e.text in ('left', 'kicked') then -1 else 0 end)
        """;

    private static TestJoins joins;
    private static TestJoins other;

    private String room;
    private String second;

    @BeforeAll
    static void connect() throws SQLException {
        joins = new TestJoins();
        other = new TestJoins();
        account(OWNER, "member");
        account("joins-guest", "guest");
        for (int i = 0; i < USERS; i++) {
            account(user(i), "member");
        }
    }

    @AfterAll
    static void close() throws SQLException {
        joins.close();
        other.close();
        try (Connection connection = Database.connect();
                Statement statement = connection.createStatement();
                ResultSet broken = statement.executeQuery(BROKEN)) {
            assertThat(broken.next()).as("a broken room").isFalse();
        }
    }

    @BeforeEach
    void createRooms() throws SQLException {
        room = createRoom("public");
        second = createRoom("public");
    }

    @Test
    void shouldStoreJoinsOfSeveralRoomsInTheOrderOfTheBatch() throws SQLException {
        List<JoinOutcome> outcomes =
                joins.write(join(second, user(0)), join(room, user(1)), join(second, user(2)), join(room, user(0)));
        assertThat(outcomes).extracting(outcome -> event(outcome).seq()).containsExactly(2L, 2L, 3L, 3L);
        assertThat(event(outcomes.get(2)).previous())
                .isEqualTo(event(outcomes.get(0)).stamp());
        assertThat(event(outcomes.get(2)).sender()).isEqualTo(new UserId(user(2)));
        assertThat(number("select stamp from event where room_id = '" + second + "' and seq = 3"))
                .isEqualTo(event(outcomes.get(2)).stamp().value());
        assertThat(number(
                        "select read_seq from member where room_id = '" + second + "' and user_id = '" + user(2) + "'"))
                .as("what was there before the join is read")
                .isEqualTo(2);
        assertThat(number("select cardinality(rooms) from commit_log where '" + second
                        + "' = any (rooms) order by xid desc limit 1"))
                .as("one row of the log for the batch")
                .isEqualTo(2);
    }

    @Test
    void shouldAnswerEachJoinOfAMixedBatchForItself() throws SQLException {
        String hidden = createRoom("private");
        String archived = createRoom("public");
        Database.update("update room set archived = true where room_id = ?", archived);
        place(room, user(3), "banned");
        place(room, user(4), "joined");
        place(hidden, user(5), "invited");
        place(hidden, user(6), "banned");
        place(hidden, user(7), "left");
        place(archived, user(4), "joined");
        String direct = createRoom("direct");
        place(direct, user(8), "joined");
        List<JoinOutcome> outcomes = joins.write(
                join(room, user(1)),
                join(room, user(3)),
                join(room, user(4)),
                join(hidden, user(2)),
                join(hidden, user(5)),
                join(hidden, user(6)),
                join(hidden, user(7)),
                join(archived, user(1)),
                join(archived, user(4)),
                join("joins-nowhere", user(1)),
                join(room, "joins-guest"),
                join(room, "joins-nobody"),
                join(direct, user(8)),
                join(direct, user(9)),
                join(room, user(2)));
        assertThat(outcomes)
                .extracting(JoinsIT::answer)
                .containsExactly(
                        "2",
                        ErrorCode.ROOM_BANNED.code(),
                        "nothing",
                        ErrorCode.ROOM_NOT_FOUND.code(),
                        "2",
                        ErrorCode.ROOM_NOT_FOUND.code(),
                        ErrorCode.ROOM_NOT_FOUND.code(),
                        ErrorCode.ROOM_ARCHIVED.code(),
                        "nothing",
                        ErrorCode.ROOM_NOT_FOUND.code(),
                        ErrorCode.ROOM_NOT_FOUND.code(),
                        ErrorCode.ROOM_NOT_FOUND.code(),
                        "nothing",
                        ErrorCode.ROOM_NOT_FOUND.code(),
                        "3");
        // The rooms that this test made without events do not fit the check of all rooms.
        Database.update(
                "delete from member where user_id in (?, ?, ?) and room_id in (?, ?, ?)",
                user(3),
                user(4),
                user(8),
                room,
                archived,
                direct);
    }

    @Test
    void shouldKeepAMemberWhoLeftWhileMutedMuted() throws SQLException {
        Database.update(
                "insert into member (room_id, user_id, role, membership, muted) values (?, ?, 'member', 'left', true)",
                room,
                user(10));
        assertThat(event(joins.write(join(room, user(10))).getFirst()).seq()).isEqualTo(2);
        assertThat(number("select count(*) from member where user_id = '" + user(10) + "' and room_id = '" + room
                        + "' and muted and membership = 'joined'"))
                .isEqualTo(1);
    }

    @Test
    void shouldCountTheJoinsOfABatchForTheLimitOfRooms() throws SQLException {
        String user = "joins-" + id();
        account(user, "member");
        List<JoinOutcome> outcomes;
        try (TestJoins limited = new TestJoins(2)) {
            String third = createRoom("public");
            String fourth = createRoom("public");
            outcomes =
                    limited.write(join(room, user), join("joins-nowhere", user), join(second, user), join(third, user));
            assertThat(outcomes)
                    .extracting(JoinsIT::answer)
                    .containsExactly("2", ErrorCode.ROOM_NOT_FOUND.code(), "2", ErrorCode.ROOM_LIMIT.code());
            assertThat(limited.write(join(fourth, user), join(room, user)))
                    .extracting(JoinsIT::answer)
                    .containsExactly(ErrorCode.ROOM_LIMIT.code(), "nothing");
        }
    }

    @Test
    void shouldPassOverLockedRoomsAndUsers() throws SQLException {
        try (RoomLock lock = RoomLock.of(room)) {
            assertThat(joins.write(join(room, user(1)), join(second, user(1)), join(room, user(2))))
                    .extracting(JoinsIT::answer)
                    .containsExactly("locked", "2", "locked");
            lock.release();
        }
        try (RoomLock lock = RoomLock.by("select from account where user_id = ? for no key update", user(2))) {
            assertThat(joins.write(join(room, user(1)), join(room, user(2))))
                    .extracting(JoinsIT::answer)
                    .containsExactly("2", "locked");
            lock.release();
        }
        assertThat(joins.write(join(room, user(2)))).extracting(JoinsIT::answer).containsExactly("3");
    }

    /** A ban that commits while the join waits for the room. */
    @ParameterizedTest
    @ValueSource(strings = {"banned", "joined"})
    void shouldSeeWhatCommitsWhileItWaitsForTheLock(String membership) throws Exception {
        try (Connection connection = Database.connect();
                Statement change = connection.createStatement()) {
            connection.setAutoCommit(false);
            change.execute("select from room where room_id = '" + room + "' for no key update");
            Future<List<JoinOutcome>> outcomes =
                    joins.begin(List.of(join(room, user(11)), join(room, user(12))), WAIT_MS);
            new RoomLock(connection).awaitWaiting(1);
            change.execute("insert into member (room_id, user_id, role, membership) values ('" + room + "', '"
                    + user(11) + "', 'member', '" + membership + "')");
            connection.commit();
            assertThat(TestWriter.await(outcomes))
                    .extracting(JoinsIT::answer)
                    .containsExactly(membership.equals("joined") ? "nothing" : ErrorCode.ROOM_BANNED.code(), "2");
        }
        Database.update("delete from member where user_id = ? and room_id = ?", user(11), room);
    }

    @Test
    void shouldStoreTheJoinThatTwoNodesSendAtOnceOnce() throws SQLException {
        for (int i = 0; i < USERS; i++) {
            List<Join> batch = List.of(join(room, user(i)), join(second, user(i)));
            Future<List<JoinOutcome>> here = joins.begin(batch, WAIT_MS);
            Future<List<JoinOutcome>> there = other.begin(batch.reversed(), WAIT_MS);
            List<String> answers = new ArrayList<>();
            TestWriter.await(here).forEach(outcome -> answers.add(answer(outcome)));
            TestWriter.await(there).forEach(outcome -> answers.add(answer(outcome)));
            assertThat(answers).filteredOn("nothing"::equals).as("in each room").hasSize(2);
        }
        assertThat(number("select head from room where room_id = '" + second + "'"))
                .isEqualTo(1 + USERS);
    }

    @Test
    void shouldStoreAHerdWithoutRefusingOthers() throws SQLException {
        Database.update("""
            insert into account (user_id, name, password_hash)
            select 'joins-newcomer-' || i, 'newcomer', 'none' from generate_series(1, ?) i on conflict do nothing
            """, NEWCOMERS);
        List<Future<List<Event>>> herd = new ArrayList<>();
        List<Future<List<Event>>> others = new ArrayList<>();
        for (int i = 1; i <= NEWCOMERS; i++) {
            herd.add(joins.group().join(new RoomId(room), new UserId("joins-newcomer-" + i)));
            if (i % (NEWCOMERS / USERS) == 0) {
                others.add(joins.group().join(new RoomId(second), new UserId(user(i * USERS / NEWCOMERS - 1))));
            }
        }
        assertThat(herd)
                .extracting(join -> TestWriter.await(join).getFirst().seq())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(2, NEWCOMERS + 1L).boxed().toList());
        assertThat(others)
                .hasSize(USERS)
                .allSatisfy(join -> assertThat(TestWriter.await(join)).hasSize(1));
    }

    /** {@link #close} checks the rooms. */
    @Test
    void shouldLeaveNoHoleUnderJoinsAndDepartures() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Callable<Integer>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                Random random = new Random(i);
                boolean joining = i % 2 == 0;
                writers.add(() -> joining ? joinRandomly(random) : removeMembers(random));
            }
            for (java.util.concurrent.Future<Integer> done : threads.invokeAll(writers)) {
                assertThat(done.get()).isEqualTo(BATCHES);
            }
        }
    }

    private int joinRandomly(Random random) {
        try (TestJoins own = new TestJoins()) {
            for (int i = 0; i < BATCHES; i++) {
                own.write(
                        random.ints(8, 0, USERS)
                                .distinct()
                                .mapToObj(user -> join(user % 2 == 0 ? room : second, user(user)))
                                .toList(),
                        i % 2 == 0 ? JoinWriter.NO_WAIT : WAIT_MS);
            }
        }
        return BATCHES;
    }

    /** Removes members with the event of it, as another transaction of the room does. */
    private int removeMembers(Random random) throws SQLException {
        for (int i = 0; i < BATCHES; i++) {
            String user = user(random.nextInt(USERS));
            Database.update("""
                with locked as materialized (
                    select r.room_id, r.head, r.head_stamp from room r where r.room_id = ? for no key update
                ), gone as (
                    delete from member m using locked l
                    where m.room_id = l.room_id and m.user_id = ? and m.membership = 'joined' and m.role = 'member'
                    returning m.user_id, l.head, l.head_stamp
                ), moved as (
                    update room r set head = g.head + 1, head_stamp = 7 + g.head
                    from gone g where r.room_id = ?
                )
                insert into event (room_id, seq, stamp, previous, at, sender, kind, subject, text)
                select ?, g.head + 1, 7 + g.head, g.head_stamp, now(), g.user_id, 'membership', g.user_id, ?
                from gone g
                """, room, user, room, room, i % 2 == 0 ? "kicked" : "left");
        }
        return BATCHES;
    }

    private static Join join(String room, String user) {
        return new Join(new RoomId(room), new UserId(user));
    }

    private static String answer(JoinOutcome outcome) {
        return switch (outcome) {
            case JoinOutcome.Done done ->
                done.events().isEmpty()
                        ? "nothing"
                        : Long.toString(done.events().getFirst().seq());
            case JoinOutcome.Refused refused -> refused.reason().code().code();
            case JoinOutcome.Locked locked -> "locked";
        };
    }

    private static Event event(JoinOutcome outcome) {
        return ((JoinOutcome.Done) outcome).events().getFirst();
    }

    private static String user(int number) {
        return "joins-user-" + number;
    }

    private static void account(String user, String role) throws SQLException {
        Database.update(
                "insert into account (user_id, name, password_hash, server_role) values (?, ?, 'none', ?)"
                        + " on conflict do nothing",
                user,
                user,
                role);
    }

    /** Makes a room with its owner and the event of the owner's join. */
    private static String createRoom(String visibility) throws SQLException {
        String room = "joins-" + id();
        long stamp = Math.floorMod(UUID.randomUUID().getMostSignificantBits(), 1L << 40) + 1;
        Database.update("""
            with added as (
                insert into room (room_id, name, visibility, head, head_stamp) values (?, ?, ?, 1, ?)
            )
            insert into event (room_id, seq, stamp, previous, at, sender, kind, subject, text)
            values (?, 1, ?, ?, now(), ?, 'membership', ?, 'joined')
            """, room, room, visibility, stamp, room, stamp, Stamp.NONE.value(), OWNER, OWNER);
        Database.update("insert into member (room_id, user_id, role) values (?, ?, 'owner')", room, OWNER);
        return room;
    }

    private static void place(String room, String user, String membership) throws SQLException {
        Database.update(
                "insert into member (room_id, user_id, role, membership) values (?, ?, 'member', ?)",
                room,
                user,
                membership);
    }

    private static long number(String sql) throws SQLException {
        try (Connection connection = Database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static String id() {
        return UUID.randomUUID().toString().substring(0, 12);
    }
}
