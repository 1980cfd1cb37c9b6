package chat.parlance;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.build.Build;
import chat.parlance.persistence.Migrations;
import chat.parlance.persistence.PostgresUri;
import chat.parlance.testing.Database;
import chat.parlance.testing.EveryKind;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code parlance backup} beside a node that serves, and {@code parlance restore} on machines that are new. */
final class BackupIT {

    private static final String ROOM = "sound";
    private static final int DAMAGED_BYTES = 400;
    private static final String PASSPHRASE = "staple of the nation";
    private static final String EVENTS = "/rooms/" + ROOM + "/events?limit=100&after=";

    /** Output of a command. */
    private record Ran(int exitCode, String out, String err) {}

    @TempDir
    private static Path folder;

    private static Node node;
    private static Rest alice;
    private static String refreshToken;
    private static JsonObject kept;
    private static JsonObject lost;
    private static PostgresUri uri;
    private static Path backup;

    /** A backup is made between the posts of the last two events: the second is lost. */
    @BeforeAll
    static void backUp() throws Exception {
        Path data = folder.resolve("data");
        node = start(data);
        String address = "127.0.0.1:" + node.httpPort();
        alice = Rest.logIn(address, "alice");
        JsonObject session = new JsonObject(new Rest(address, null)
                .post("/sessions", Map.of("userId", "alice", "password", Rest.PASSWORD))
                .body());
        refreshToken = session.getString("refreshToken");
        EveryKind events = new EveryKind(alice, Rest.logIn(address, "bob"));
        events.live(ROOM);
        events.comeAndGo();
        EveryKind.done(alice.post("/rooms", Map.of("roomId", "private", "visibility", "private")));
        EveryKind.done(alice.send("PUT", "/rooms/private/invitations/bob", null));
        uri = node.postgres();
        EveryKind.awaitIndexed(uri);
        kept = post("kept");
        backup = folder.resolve("backup.parlance");
        Files.writeString(folder.resolve("passphrase"), PASSPHRASE + "\n");
        Ran ran = run("backup", backup.toString(), "--data=" + data, passphrase());
        assertThat(ran.exitCode()).as(ran.toString()).isZero();
        assertThat(ran.out()).contains(" rows of ", "schema " + Build.load().schema());
        lost = post("lost");
    }

    @AfterAll
    static void stop() {
        node.stop();
    }

    @Test
    void shouldRestoreOnANewMachineAndGoOn() throws Exception {
        Path data = folder.resolve("restored");
        Ran ran = run("restore", backup.toString(), TestNode.dataFlag(data), passphrase());
        assertThat(ran.exitCode()).as(ran.toString()).isZero();
        assertThat(ran.out()).contains("The signing key is in " + data.resolve("token.key"));
        assertThat(run("verify", "--data=" + data).exitCode()).isZero();
        Node restored = start(data);
        try {
            String address = "127.0.0.1:" + restored.httpPort();
            Rest back = new Rest(address, alice.token());
            JsonObject page = new JsonObject(back.get(EVENTS + 0).body());
            assertThat(page.getLong("head")).isEqualTo(kept.getLong("seq"));
            JsonArray before = new JsonObject(alice.get(EVENTS + 0).body()).getJsonArray("events");
            before.remove(before.size() - 1);
            assertThat(page.getJsonArray("events")).isEqualTo(before);
            HttpResponse<String> refreshed =
                    new Rest(address, null).post("/sessions/refresh", Map.of("refreshToken", refreshToken));
            assertThat(refreshed.statusCode()).as(refreshed.body()).isEqualTo(200);
            shouldJudgeCursors(back);
        } finally {
            restored.stop();
        }
        assertThat(run("verify", "--data=" + data).exitCode()).isZero();
    }

    /** A client that has only what the backup has continues; one that is ahead begins anew, also once its seq is there again. */
    private static void shouldJudgeCursors(Rest back) {
        assertThat(answer(back, lost)).isEqualTo("reset");
        HttpResponse<String> again =
                back.post("/rooms/" + ROOM + "/messages", Map.of("id", "again", "text", "in its place"));
        assertThat(new JsonObject(again.body()).getLong("seq")).isEqualTo(lost.getLong("seq"));
        assertThat(answer(back, lost)).isEqualTo("reset");
        assertThat(answer(back, kept)).isEqualTo("event");
    }

    /** Type of the first frame that says how the room continues after the cursor. */
    private static String answer(Rest user, JsonObject cursor) {
        try (Socket socket = Socket.authenticated(user.address(), user.token())) {
            socket.send(Map.of(
                    "type",
                    "join",
                    "roomId",
                    ROOM,
                    "since",
                    cursor.getLong("seq"),
                    "stamp",
                    cursor.getString("stamp")));
            return socket.await(frame -> List.of("event", "reset").contains(frame.getString("type")))
                    .getString("type");
        }
    }

    /** A Postgres of its own server; its nodes keep the key that they are given. */
    @Test
    void shouldRestoreToADatabaseByItsUri() throws Exception {
        PostgresUri target = createDatabase("elsewhere");
        String flag = "--postgres.uri=" + TestNode.postgresUri(target);
        String data = "--data=" + folder.resolve("none");
        Ran ran = run("restore", backup.toString(), flag, data, passphrase(), "--auth.key=" + TestNode.KEY);
        assertThat(ran.exitCode()).as(ran.toString()).isZero();
        assertThat(ran.out()).contains("auth.key is not the signing key of the backup");
        assertThat(folder.resolve("none")).doesNotExist();
        assertThat(run("verify", flag).exitCode()).isZero();
        assertThat(rows(target)).isEqualTo(rows(uri, kept.getLong("seq")));
        Path second = folder.resolve("second.parlance");
        assertThat(run("backup", second.toString(), flag, "--withoutKey").exitCode())
                .isZero();
        assertThat(run("restore", second.toString(), flag, data))
                .isEqualTo(new Ran(
                        1,
                        "",
                        "parlance: the database %s is not empty: table account has rows; name an empty database, nothing was changed\n"
                                .formatted(target)));
        PostgresUri third = createDatabase("third");
        Ran keyless = run("restore", second.toString(), "--postgres.uri=" + TestNode.postgresUri(third));
        assertThat(keyless.out()).contains("The backup has no signing key");
        assertThat(rows(third)).isEqualTo(rows(target));
    }

    @Test
    void shouldChangeNothingWhenItRefuses() throws Exception {
        PostgresUri target = createDatabase("untouched");
        String flag = "--postgres.uri=" + TestNode.postgresUri(target);
        Path wrong = folder.resolve("wrong");
        Files.writeString(wrong, "another passphrase\n");
        assertThat(run("restore", backup.toString(), flag, "--passphraseFile=" + wrong)
                        .err())
                .contains("the passphrase is not that of the backup");
        byte[] bytes = Files.readAllBytes(backup);
        // More than the header of an entry, in which a single bit may mean nothing.
        for (int i = 0; i < DAMAGED_BYTES; i++) {
            bytes[bytes.length / 2 + i] ^= 0x55;
        }
        Path damaged = Files.write(folder.resolve("damaged"), bytes);
        assertThat(run("restore", damaged.toString(), flag, passphrase()).err()).contains("is no whole backup");
        assertThat(tables(target)).isZero();
        try (Connection other = Database.connect(target)) {
            assertThat(run("restore", backup.toString(), flag, passphrase()).err())
                    .contains("a node or a command uses the database " + target);
            assertThat(other.isClosed()).isFalse();
        }
        Migrations.runTo(target, 10_000, 1);
        assertThat(run("restore", backup.toString(), flag, passphrase()).err())
                .contains("has the schema of version 1 already");
        assertThat(run("backup", backup.toString(), flag, "--withoutKey").err()).contains("exists; name another one");
        assertThat(run("backup", folder.resolve("new").toString(), flag, "--data=" + folder.resolve("none"))
                        .err())
                .contains("there is no signing key");
    }

    @Test
    void shouldFillADatabaseWholeOrNotAtAll() throws Exception {
        PostgresUri target = createDatabase("half");
        String flag = "--postgres.uri=" + TestNode.postgresUri(target);
        Migrations.run(target, 10_000);
        execute(target, "alter table event add constraint refused check (kind <> 'vote') not valid");
        assertThat(run("restore", backup.toString(), flag, passphrase()).err()).contains("refused");
        assertThat(rows(target)).contains("account 0", "event 0", "room_visibility 3");
        execute(target, "alter table event drop constraint refused");
        assertThat(run("restore", backup.toString(), flag, passphrase()).exitCode())
                .isZero();
        assertThat(run("verify", flag).exitCode()).isZero();
    }

    private static Node start(Path data) {
        return TestNode.start(
                List.of(
                        TestNode.dataFlag(data),
                        "--http.port=0",
                        "--management.port=0",
                        "--limits.enabled=false",
                        "--drain.unreadyMs=0",
                        "--drain.spreadMs=1"),
                Map.of());
    }

    private static JsonObject post(String id) {
        HttpResponse<String> posted = alice.post("/rooms/" + ROOM + "/messages", Map.of("id", id, "text", id));
        EveryKind.done(posted);
        return new JsonObject(posted.body());
    }

    private static String passphrase() {
        return "--passphraseFile=" + folder.resolve("passphrase");
    }

    private static PostgresUri createDatabase(String name) throws Exception {
        String password = Files.readString(folder.resolve("data/postgres-superuser.password"))
                .strip();
        execute(
                new PostgresUri("postgres", password, uri.servers(), uri.database(), uri.options()),
                "create database %s owner %s".formatted(name, uri.user()));
        return new PostgresUri(uri.user(), uri.password(), uri.servers(), name, uri.options());
    }

    private static void execute(PostgresUri database, String sql) throws SQLException {
        try (Connection connection = Database.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long tables(PostgresUri database) throws SQLException {
        try (Connection connection = Database.connect(database);
                Statement statement = connection.createStatement();
                ResultSet count =
                        statement.executeQuery("select count(*) from pg_tables where schemaname = current_schema()")) {
            count.next();
            return count.getLong(1);
        }
    }

    /** Number of the rows of each table, without those of one server alone. */
    private static List<String> rows(PostgresUri database) throws SQLException {
        return rows(database, Long.MAX_VALUE);
    }

    /** @param lastSeq of the room, whose later events do not count */
    private static List<String> rows(PostgresUri database, long lastSeq) throws SQLException {
        List<String> rows = new ArrayList<>();
        List<String> tables = new ArrayList<>();
        try (Connection connection = Database.connect(database);
                Statement statement = connection.createStatement()) {
            try (ResultSet names = statement.executeQuery("""
                select tablename from pg_tables
                where schemaname = current_schema() and tablename not like 'commit_log%'
                      and tablename not in ('flyway_schema_history', 'search_entry', 'log_in_attempt')
                order by tablename
                """)) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (String table : tables) {
                String later = table.equals("event")
                        ? " where not (room_id = '%s' and seq > %d)".formatted(ROOM, lastSeq)
                        : "";
                try (ResultSet count = statement.executeQuery("select count(*) from " + table + later)) {
                    count.next();
                    rows.add(table + " " + count.getLong(1));
                }
            }
        }
        return rows;
    }

    private static Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Parlance.line()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Ran(code, out.toString(), err.toString());
    }
}
