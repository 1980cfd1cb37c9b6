package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.error.ErrorCode;
import chat.parlance.model.ClientId;
import chat.parlance.model.EventBody;
import chat.parlance.model.UserId;
import chat.parlance.room.NewEvent;
import chat.parlance.testing.Database;
import chat.parlance.testing.Rest;
import chat.parlance.testing.RoomLock;
import chat.parlance.testing.TestNode;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches with plain messages, which {@code append_messages} stores, alone and beside other events. */
final class AppendMessagesIT {

    private static final String ALICE = "plain-alice";
    private static final String BOB = "plain-bob";
    private static final int WAIT_MS = 20_000;
    private static final int RACES = 40;
    private static final int WRITERS = 4;
    private static final int BATCHES = 40;

    /** Rooms whose rows and events contradict each other. */
    private static final String BROKEN = """
        select r.room_id
        from room r
        left join (
            select x.*, lag(x.stamp, 1, 0::bigint) over (partition by x.room_id order by x.seq) as before
            from event x
        ) e on e.room_id = r.room_id
        where r.room_id like 'plain-%'
        group by r.room_id, r.head, r.head_stamp, r.message_seq
        having count(e.seq) <> r.head or min(e.seq) <> 1 or max(e.seq) <> r.head
            or not bool_and(e.previous = e.before) or count(distinct e.stamp) <> r.head
            or r.head_stamp <> max(e.stamp) filter (where e.seq = r.head)
            or r.message_seq <> coalesce(max(e.seq) filter (where e.kind = 'message' and e.to_room is not false), 0)
        """;

    private static TestWriter writer;
    private static TestWriter other;

    private String first;
    private String second;

    @BeforeAll
    static void connect() {
        writer = new TestWriter();
        other = new TestWriter();
        Rest.logIn(TestNode.address(), BOB);
    }

    @AfterAll
    static void close() throws SQLException {
        writer.close();
        other.close();
        try (Connection connection = Database.connect();
                Statement statement = connection.createStatement();
                ResultSet broken = statement.executeQuery(BROKEN)) {
            assertThat(broken.next()).as("a broken room").isFalse();
        }
    }

    /** Rooms of alice and bob with two events each. */
    @BeforeEach
    void createRooms() {
        Rest alice = Rest.logIn(TestNode.address(), ALICE);
        first = "plain-a" + id();
        second = "plain-b" + id();
        for (String room : List.of(first, second)) {
            assertThat(alice.post("/rooms", Map.of("roomId", room, "memberIds", List.of(BOB)))
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void shouldStoreMessagesOfSeveralRoomsInTheOrderOfTheBatch() throws SQLException {
        long rows = number("select count(*) from commit_log where '" + second + "' = any (rooms)");
        List<WriteOutcome> outcomes =
                writer.write(message(second, ALICE), message(first, BOB), message(second, BOB), message(first, BOB));
        assertThat(outcomes).extracting(AppendMessagesIT::seq).containsExactly(3L, 3L, 4L, 4L);
        assertThat(outcomes)
                .extracting(outcome -> stored(outcome).at())
                .containsOnly(stored(outcomes.get(0)).at());
        assertThat(stored(outcomes.get(2)).previous())
                .isEqualTo(stored(outcomes.get(0)).cursor().stamp());
        assertThat(number("select count(*) from event where room_id = '" + first + "' and sender = '" + BOB
                        + "' and kind = 'message' and at = (select message_at from room where room_id = '" + first
                        + "')"))
                .isEqualTo(2);
        assertThat(number("select count(*) from commit_log where '" + second + "' = any (rooms)"))
                .as("one row of the log for the batch")
                .isEqualTo(rows + 1);
        assertThat(number("select cardinality(rooms) from commit_log where '" + second
                        + "' = any (rooms) order by xid desc limit 1"))
                .isEqualTo(2);
    }

    @Test
    void shouldStoreOneMessageLikeTheFirstOfMany() throws SQLException {
        AppendOutcome.Stored one = stored(writer.write(message(first, ALICE)).getFirst());
        assertThat(one.cursor().seq()).isEqualTo(3);
        AppendOutcome.Stored next = stored(writer.write(message(first, BOB)).getFirst());
        assertThat(next.previous()).isEqualTo(one.cursor().stamp());
        assertThat(number("select stamp from event where room_id = '" + first + "' and seq = 4"))
                .isEqualTo(next.cursor().stamp().value());
        assertThat(number(
                        "select extract(epoch from at) * 1000 from event where room_id = '" + first + "' and seq = 4"))
                .isEqualTo(next.at().toEpochMilli());
    }

    @Test
    void shouldStoreRoomsWithOtherEventsBesideRoomsOfPlainMessages() throws SQLException {
        writer.write(message(first, ALICE));
        List<WriteOutcome> outcomes = writer.write(
                message(second, ALICE),
                message(first, ALICE),
                TestWriter.event(first, BOB, new EventBody.Reaction(new ClientId(id()), 3L, "👍", false)),
                message(first, ALICE),
                message(second, BOB),
                TestWriter.event(first, BOB, new EventBody.Message(new ClientId(id()), "answer", 3L)));
        assertThat(outcomes).extracting(AppendMessagesIT::seq).containsExactly(3L, 4L, 5L, 6L, 4L, 7L);
        assertThat(stored(outcomes.get(5)).thread()).isEqualTo(3);
        assertThat(number("select count(*) from reaction where room_id = '" + first + "'"))
                .isEqualTo(1);
        assertThat(number("select count(*) from thread_follow where room_id = '" + first + "'"))
                .isEqualTo(2);
        assertThat(number("select count(*) from commit_log where thread_rooms[1] = '" + first + "'"))
                .isEqualTo(2);
    }

    @Test
    void shouldStoreTheMentionsOfAMessageThatNamesAMember() throws SQLException {
        AppendOutcome.Stored named = stored(writer.write(TestWriter.message(first, ALICE, id(), "hello @" + BOB))
                .getFirst());
        assertThat(named.mentions()).containsExactly(new UserId(BOB));
        assertThat(number("select count(*) from mention where room_id = '" + first + "'"))
                .isEqualTo(1);
    }

    @Test
    void shouldFindAnIdAgainWhicheverFunctionStoredIt() {
        NewEvent plain = message(first, ALICE);
        NewEvent naming = TestWriter.message(first, ALICE, id(), "hello @" + BOB);
        NewEvent reaction = TestWriter.event(second, BOB, new EventBody.Reaction(new ClientId(id()), 1L, "👍", false));
        AppendOutcome.Stored stored = stored(writer.write(plain).getFirst());
        AppendOutcome.Stored named = stored(writer.write(naming).getFirst());
        assertThat(writer.write(plain, naming))
                .containsExactly(
                        new AppendOutcome.Duplicate(stored.cursor()), new AppendOutcome.Duplicate(named.cursor()));
        assertThat(writer.write(plain)).containsExactly(new AppendOutcome.Duplicate(stored.cursor()));
        assertThat(writer.write(plain, reaction))
                .containsExactly(
                        new AppendOutcome.Duplicate(stored.cursor()),
                        new AppendOutcome.Refused(ErrorCode.MESSAGE_NOT_FOUND));
        String id = plain.body().id().value();
        AppendOutcome conflict = new AppendOutcome.Refused(ErrorCode.MESSAGE_ID_CONFLICT);
        assertThat(writer.write(TestWriter.message(first, ALICE, id, "another text")))
                .containsExactly(conflict);
        assertThat(writer.write(
                        message(first, BOB), TestWriter.message(first, ALICE, id, "other"), message(first, BOB)))
                .satisfies(outcomes -> {
                    assertThat(seq(outcomes.get(0))).isEqualTo(5);
                    assertThat(outcomes.get(1)).isEqualTo(conflict);
                    assertThat(seq(outcomes.get(2))).isEqualTo(6);
                });
    }

    /** The first batch with a used id learns of it from the unique index, the batches after it look ids up. */
    @Test
    void shouldStoreTheRestOfEachBatchWithAUsedId() {
        try (TestWriter fresh = new TestWriter()) {
            NewEvent used = message(first, ALICE);
            AppendOutcome.Stored stored = stored(fresh.write(used).getFirst());
            for (long seq = 4; seq < 8; seq += 2) {
                List<WriteOutcome> outcomes = fresh.write(message(first, BOB), used, message(first, BOB));
                assertThat(seq(outcomes.get(0))).isEqualTo(seq);
                assertThat(outcomes.get(1)).isEqualTo(new AppendOutcome.Duplicate(stored.cursor()));
                assertThat(seq(outcomes.get(2))).isEqualTo(seq + 1);
            }
        }
    }

    @Test
    void shouldRefuseOnlyWhatMayNotBeSaidThere() throws SQLException {
        Database.update("update member set muted = true where room_id = ? and user_id = ?", first, BOB);
        Database.update("update room set archived = true where room_id = ?", second);
        assertThat(writer.write(message(first, BOB))).containsExactly(new AppendOutcome.Refused(ErrorCode.ROOM_MUTED));
        assertThat(writer.write(message(second, ALICE)))
                .containsExactly(new AppendOutcome.Refused(ErrorCode.ROOM_ARCHIVED));
        List<WriteOutcome> outcomes = writer.write(
                message(first, ALICE),
                message(first, BOB),
                message(second, ALICE),
                message(first, "plain-nobody"),
                message("plain-nowhere", ALICE),
                message(first, ALICE));
        assertThat(outcomes.subList(1, 5))
                .containsExactly(
                        new AppendOutcome.Refused(ErrorCode.ROOM_MUTED),
                        new AppendOutcome.Refused(ErrorCode.ROOM_ARCHIVED),
                        new AppendOutcome.Refused(ErrorCode.ROOM_NOT_FOUND),
                        new AppendOutcome.Refused(ErrorCode.ROOM_NOT_FOUND));
        assertThat(seq(outcomes.get(0))).isEqualTo(3);
        assertThat(seq(outcomes.get(5))).isEqualTo(4);
        for (String standing : List.of("left", "banned", "invited")) {
            Database.update(
                    "update member set membership = ? where room_id = ? and user_id = ?", standing, first, ALICE);
            assertThat(writer.write(message(first, ALICE)))
                    .as(standing)
                    .containsExactly(new AppendOutcome.Refused(ErrorCode.ROOM_NOT_FOUND));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldPassOverARoomThatIsLockedAndStoreTheOthers(boolean firstIsLocked) throws SQLException {
        String locked = firstIsLocked ? first : second;
        String free = firstIsLocked ? second : first;
        try (RoomLock lock = RoomLock.of(locked)) {
            assertThat(writer.write(message(locked, ALICE))).containsExactly(new WriteOutcome.Locked());
            assertThat(writer.write(message(locked, ALICE), message(locked, BOB)))
                    .containsExactly(new WriteOutcome.Locked(), new WriteOutcome.Locked());
            List<WriteOutcome> outcomes = writer.write(
                    message(locked, ALICE), message(free, ALICE), message(locked, BOB), message(free, BOB));
            assertThat(outcomes.get(0)).isEqualTo(new WriteOutcome.Locked());
            assertThat(outcomes.get(2)).isEqualTo(new WriteOutcome.Locked());
            assertThat(seq(outcomes.get(1))).isEqualTo(3);
            assertThat(seq(outcomes.get(3))).isEqualTo(4);
            assertThat(writer.write(message(locked, "plain-nobody")))
                    .as("a stranger learns of no lock")
                    .containsExactly(new AppendOutcome.Refused(ErrorCode.ROOM_NOT_FOUND));
            lock.release();
        }
        assertThat(seq(writer.write(message(locked, ALICE)).getFirst())).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldNotStoreTheMessageOfAMemberWhoIsGoneWhenTheLockComes(int size) throws Exception {
        try (Connection connection = Database.connect();
                Statement leaving = connection.createStatement()) {
            connection.setAutoCommit(false);
            leaving.execute("select from room where room_id = '" + first + "' for no key update");
            List<NewEvent> batch = List.of(message(first, BOB), message(first, BOB), message(second, BOB))
                    .subList(0, size);
            Future<List<WriteOutcome>> outcomes = writer.begin(batch, WAIT_MS);
            new RoomLock(connection).awaitWaiting(1);
            leaving.execute("delete from member where room_id = '" + first + "' and user_id = '" + BOB + "'");
            connection.commit();
            assertThat(TestWriter.await(outcomes).getFirst())
                    .isEqualTo(new AppendOutcome.Refused(ErrorCode.ROOM_NOT_FOUND));
        }
        assertThat(number("select head from room where room_id = '" + first + "'"))
                .isEqualTo(2);
    }

    @Test
    void shouldStoreAnIdInEachRoomToWhichItIsSent() {
        String id = id();
        String text = "hello @" + BOB;
        NewEvent here = TestWriter.message(first, ALICE, id, "text");
        NewEvent there = TestWriter.message(second, ALICE, id, "text");
        assertThat(writer.write(here, there)).extracting(AppendMessagesIT::seq).containsExactly(3L, 3L);
        assertThat(writer.write(here, there)).allMatch(AppendOutcome.Duplicate.class::isInstance);
        String named = id();
        assertThat(writer.write(
                        TestWriter.message(first, ALICE, named, text), TestWriter.message(second, ALICE, named, text)))
                .extracting(AppendMessagesIT::seq)
                .containsExactly(4L, 4L);
    }

    @Test
    void shouldStoreAnIdOnceThatComesTwiceAtOnce() {
        for (int i = 0; i < RACES; i++) {
            String id = id();
            Future<List<WriteOutcome>> one =
                    writer.begin(List.of(TestWriter.message(first, ALICE, id, "text"), message(first, BOB)), WAIT_MS);
            Future<List<WriteOutcome>> two =
                    other.begin(List.of(TestWriter.message(first, ALICE, id, "other text")), WAIT_MS);
            List<WriteOutcome> raced = List.of(
                    TestWriter.await(one).getFirst(), TestWriter.await(two).getFirst());
            assertThat(raced).containsOnlyOnce(new AppendOutcome.Refused(ErrorCode.MESSAGE_ID_CONFLICT));
            assertThat(raced).filteredOn(AppendOutcome.Stored.class::isInstance).hasSize(1);
        }
    }

    @Test
    void shouldLeaveNoHoleAndNoDoubleUnderWritersOfBothKinds() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Callable<Integer>> writers = new ArrayList<>();
            String ids = id();
            for (int i = 0; i < WRITERS; i++) {
                Random random = new Random(i);
                int waitMs = i % 2 == 0 ? BatchWriter.NO_WAIT : WAIT_MS;
                writers.add(() -> writeRandomly(ids, random, waitMs));
            }
            for (java.util.concurrent.Future<Integer> written : threads.invokeAll(writers)) {
                assertThat(written.get()).isEqualTo(BATCHES);
            }
        }
        assertThat(number("select count(*) from (select from event where client_id like '" + ids(first)
                        + "%' group by client_id having count(*) > 1) x"))
                .isZero();
    }

    /** Batches over both rooms, with ids that the other writers use too, always for the same room. */
    private int writeRandomly(String ids, Random random, int waitMs) {
        int written = 0;
        try (TestWriter own = new TestWriter()) {
            while (written < BATCHES) {
                List<NewEvent> batch = new ArrayList<>(random.ints(8, 0, 200)
                        .distinct()
                        .mapToObj(i -> TestWriter.message(
                                i % 2 == 0 ? first : second, ALICE, ids(first) + ids + "-" + i, "text " + i))
                        .toList());
                if (random.nextInt(4) == 0) {
                    batch.add(TestWriter.event(
                            first, ALICE, new EventBody.Reaction(new ClientId(id()), 1L, "👍", false)));
                }
                assertThat(own.write(batch, waitMs))
                        .allMatch(outcome -> outcome instanceof AppendOutcome.Stored
                                || outcome instanceof AppendOutcome.Duplicate
                                || (waitMs == BatchWriter.NO_WAIT && outcome instanceof WriteOutcome.Locked)
                                || outcome.equals(new AppendOutcome.Refused(ErrorCode.MESSAGE_NOT_FOUND)));
                written++;
            }
        }
        return written;
    }

    @Test
    void shouldPlanItsStatementsOnce() {
        writer.write(message(first, ALICE));
        assertThat(writer.run("show plan_cache_mode", Tuple.tuple())
                        .iterator()
                        .next()
                        .getString(0))
                .isEqualTo("force_generic_plan");
    }

    /** Bounds that no noise reaches, for a loss of several times; the figures are in docs/decisions. */
    @Test
    void shouldCostAFewTimesAnInsertIntoATableWithTheSameIndexes() throws SQLException {
        try (AppendCosts costs = new AppendCosts()) {
            AppendCosts.Row row = costs.measure(100, 1, 2, 200);
            assertThat(row.append().cpuUs() / row.sameIndexes().cpuUs())
                    .as(row.toString())
                    .isLessThan(5);
        }
    }

    private static NewEvent message(String room, String sender) {
        return TestWriter.message(room, sender, id(), "text");
    }

    private static String ids(String room) {
        return "hostile-" + room + "-";
    }

    private static String id() {
        return UUID.randomUUID().toString().substring(0, 13);
    }

    private static AppendOutcome.Stored stored(WriteOutcome outcome) {
        assertThat(outcome).isInstanceOf(AppendOutcome.Stored.class);
        return (AppendOutcome.Stored) outcome;
    }

    private static long seq(WriteOutcome outcome) {
        return stored(outcome).cursor().seq();
    }

    private static long number(String sql) throws SQLException {
        try (Connection connection = Database.connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return found.getLong(1);
        }
    }
}
