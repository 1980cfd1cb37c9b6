package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.model.RoomId;
import chat.parlance.model.SessionId;
import chat.parlance.room.ChangeLog;
import chat.parlance.room.ChangeSet;
import chat.parlance.testing.Await;
import chat.parlance.testing.Database;
import chat.parlance.testing.NoMeters;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of commits on a Postgres of its own, among transactions that stay open, and on one that goes back. */
final class PostgresChangeLogIT {

    private static final RoomId A = new RoomId("a");
    private static final RoomId B = new RoomId("b");
    private static final RoomId C = new RoomId("c");
    private static final SessionId ENDED = new SessionId(UUID.fromString("00000000-0000-4000-8000-000000000001"));

    private static final int PATIENCE_SECONDS = 15;
    private static final int POLLS = 3;

    private static final String ROOMS = """
        insert into room (room_id, name, visibility, head) select r, r, 'public', 0 from unnest(array['a', 'b', 'c']) r;
        insert into account (user_id, name, password_hash) values ('alice', 'alice', '-');
        """;

    @TempDir
    private static Path folder;

    private static Vertx vertx;
    private static DataFolder data;

    private EmbeddedDatabase database;
    private Connection connection;
    private PostgresPools links;
    private ChangeLog log;

    @BeforeAll
    static void makeADatabase() throws Exception {
        vertx = Vertx.vertx();
        data = DataFolder.open(folder.resolve("data"));
        try (EmbeddedDatabase made = EmbeddedDatabase.start(data, 0)) {
            Migrations.run(made.uri(), 30_000);
            try (Connection connection = connect(made);
                    Statement statement = connection.createStatement()) {
                statement.execute(ROOMS);
            }
        }
    }

    @AfterAll
    static void close() throws IOException {
        data.close();
        vertx.close().await();
    }

    @BeforeEach
    void start() throws SQLException {
        database = EmbeddedDatabase.start(data, 0);
        connection = connect(database);
        log = log();
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        database.close();
    }

    @Test
    void shouldTellOfEndedSessionsAtTheFirstLookAndOfChangesFromThenOn() throws SQLException {
        execute(connection, """
            insert into session (session_id, user_id, expires_at, revoked_at)
            values ('%s', 'alice', now() + interval '1 day', now())
            """.formatted(ENDED.value()));
        ChangeSet first = log.since("").await();
        assertThat(first.complete()).isFalse();
        assertThat(first.failedOver()).isFalse();
        assertThat(first.revoked()).containsExactly(ENDED);
        commit("a");
        ChangeSet second = log.since(first.cursor()).await();
        assertThat(second.complete()).isTrue();
        assertThat(second.heads()).containsOnlyKeys(A);
        assertThat(second.revoked()).isEmpty();
    }

    @Test
    void shouldPrepareTheQueryOfThePollOnce() {
        ChangeSet changes = log.since("").await();
        for (int poll = 1; poll < POLLS; poll++) {
            changes = log.since(changes.cursor()).await();
        }
        long prepared = links.watch()
                .run(pool -> pool.preparedQuery("""
                    select max(generic_plans + custom_plans) from pg_prepared_statements where statement like '%commit_log_pruned%'
                    """).execute())
                .await()
                .iterator()
                .next()
                .getLong(0);
        assertThat(prepared).isEqualTo(POLLS);
    }

    @Test
    void shouldTellEachCommitOnceWhileOtherTransactionsAreOpen() throws SQLException {
        try (Connection foreign = begin("select pg_current_xact_id()");
                Connection late = begin(advance("b"));
                Connection never = begin(advance("c"))) {
            String mark = log.since("").await().cursor();
            commit("a");
            mark = shouldTell(mark, A);
            mark = shouldTell(mark);
            late.commit();
            mark = shouldTell(mark, B);
            never.rollback();
            mark = shouldTell(mark);
            foreign.commit();
            shouldTell(mark);
        }
    }

    @Test
    void shouldPruneWhileATransactionIsOpenAndReportAnIncompletePoll() throws SQLException {
        deleteRowsOfEarlierTests();
        String old = log.since("").await().cursor();
        try (Connection late = begin(advance("b"));
                Connection soon = begin(advance("c"))) {
            commit("a");
            String seen = lookUntilPrune(old);
            soon.commit();
            awaitRows(2);
            String mark = lookUntilPrune(seen);
            ChangeSet unseen = log.since(seen).await();
            assertThat(unseen.complete()).isTrue();
            assertThat(unseen.heads()).containsOnlyKeys(C);
            awaitRows(1);
            assertThat(log.since(old).await().complete()).isFalse();
            late.commit();
            mark = shouldTell(mark, B);
            lookUntilPrune(lookUntilPrune(mark));
            shouldTell(mark);
            awaitRows(0);
        }
    }

    @Test
    void shouldNoticeAServerThatTookOverWithoutTheLastCommits() throws Exception {
        copyData("saved");
        commit("a");
        String mark = log.since("").await().cursor();
        restoreData("saved");
        Files.writeString(
                data.path().resolve("postgres/postgresql.auto.conf"),
                "restore_command = 'false'\n",
                StandardOpenOption.APPEND);
        Files.createFile(data.path().resolve("postgres/recovery.signal"));
        start();
        awaitPrimary();
        commit("b");
        for (int i = 0; i < 100; i++) {
            execute(connection, "select pg_current_xact_id()");
        }
        ChangeSet changes = log.since(mark).await();
        assertThat(changes.complete()).isFalse();
        assertThat(changes.failedOver()).isTrue();
        assertThat(changes.heads()).containsKey(B);
        commit("a");
        shouldTell(changes.cursor(), A);
    }

    @Test
    void shouldNoticeADatabaseThatWentBack() throws Exception {
        copyData("backup");
        for (int i = 0; i < 100; i++) {
            commit("a");
        }
        String mark = log.since("").await().cursor();
        restoreData("backup");
        start();
        ChangeSet changes = log.since(mark).await();
        assertThat(changes.complete()).isFalse();
        assertThat(changes.failedOver()).isFalse();
        commit("b");
        shouldTell(changes.cursor(), B);
    }

    /** Restored files keep the timeline, and the ids of transactions are allocated again. */
    @Test
    void shouldNoticeADatabaseThatWentBackAndHasPassedTheMarkAgain() throws Exception {
        copyData("copy");
        commit("a");
        String mark = log.since("").await().cursor();
        restoreData("copy");
        start();
        commit("b");
        for (int i = 0; i < 100; i++) {
            execute(connection, "select pg_current_xact_id()");
        }
        ChangeSet changes = log.since(mark).await();
        assertThat(changes.complete()).isFalse();
        assertThat(changes.failedOver()).isTrue();
        commit("a");
        shouldTell(changes.cursor(), A);
    }

    @Test
    void shouldPruneAgainAfterADumpOfAnotherDatabase() throws SQLException {
        deleteRowsOfEarlierTests();
        String mark = log.since("").await().cursor();
        execute(connection, "update commit_log_pruned set snapshot = '1000000:1000000:'");
        commit("a");
        assertThat(log.since(mark).await().complete()).isFalse();
        mark = lookUntilPrune(lookUntilPrune(mark));
        shouldTell(mark);
        awaitRows(0);
    }

    private String shouldTell(String mark, RoomId... rooms) {
        ChangeSet changes = log.since(mark).await();
        assertThat(changes.complete()).isTrue();
        assertThat(changes.heads()).containsOnlyKeys(rooms);
        return changes.cursor();
    }

    /** @return the cursor of the poll that prunes what the poll one period before had seen */
    private String lookUntilPrune(String from) {
        String mark = from;
        for (int i = 0; i < PostgresChangeLog.LOOKS_PER_PRUNE; i++) {
            mark = log.since(mark).await().cursor();
        }
        return mark;
    }

    private void commit(String room) throws SQLException {
        execute(connection, advance(room));
    }

    private static String advance(String room) {
        return "update room set head = head + 1, head_stamp = head + 1 where room_id = '" + room + "'";
    }

    private Connection begin(String sql) throws SQLException {
        Connection open = connect(database);
        open.setAutoCommit(false);
        execute(open, sql);
        return open;
    }

    private void deleteRowsOfEarlierTests() throws SQLException {
        execute(connection, "delete from commit_log");
    }

    /** The poll that prunes does not wait for the pruning statement. */
    private void awaitRows(long count) {
        Await.until(count + " rows", TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS), () -> rows() == count);
    }

    private long rows() {
        return number("select count(*) from commit_log");
    }

    /** Waits until recovery has ended, which starts a new timeline. */
    private void awaitPrimary() {
        Await.until(
                "Postgres has recovered",
                TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS),
                () -> number("select pg_is_in_recovery()::int") == 0);
    }

    private long number(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            answer.next();
            return answer.getLong(1);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        PostgresUri uri = database.uri();
        return Database.connect(uri);
    }

    private ChangeLog log() {
        links = new PostgresPools(vertx, database.uri(), Fixtures.SETTINGS, new NoMeters());
        // On the connection of the polls, so that the next poll follows the prune.
        return new PostgresChangeLog(links, new Statements(links::watch, 5000), Duration.ofHours(1), new NoMeters());
    }

    /** Copies the data, while Postgres is stopped. */
    private void copyData(String name) throws Exception {
        stop();
        copy(data.path().resolve("postgres"), folder.resolve(name));
        start();
    }

    /** Stops Postgres, and replaces its data by a copy. */
    private void restoreData(String name) throws Exception {
        stop();
        Path postgres = data.path().resolve("postgres");
        for (Path file : walk(postgres).reversed()) {
            Files.delete(file);
        }
        copy(folder.resolve(name), postgres);
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : walk(from)) {
            Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static List<Path> walk(Path top) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            return files.sorted(Comparator.naturalOrder()).toList();
        }
    }
}
