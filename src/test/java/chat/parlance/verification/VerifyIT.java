package chat.parlance.verification;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.error.ExitCode;
import chat.parlance.persistence.DataFolder;
import chat.parlance.persistence.EmbeddedDatabase;
import chat.parlance.persistence.Migrations;
import chat.parlance.persistence.PostgresUri;
import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code parlance verify} as a process, on sound databases and on those broken on purpose. */
final class VerifyIT {

    /** Rooms of one member and nine messages each, then one damage each; "sound" has none. */
    private static final String ROOMS = """
        insert into account (user_id, name, password_hash) values ('alice', 'alice', '-');
        insert into room (room_id, name, visibility, head, head_stamp)
        select r, r, 'public', 10, 10
        from unnest(array['sound', 'hole', 'tail', 'double', 'high', 'low', 'reuse', 'shape', 'stranger',
                          'link', 'stamp', 'end', 'zero']) as r;
        insert into member (room_id, user_id, role) select room_id, 'alice', 'owner' from room;
        insert into event (room_id, seq, stamp, previous, at, sender, kind, subject, text)
        select room_id, 1, 1, 0, now(), 'alice', 'membership', 'alice', 'joined' from room;
        insert into event (room_id, seq, stamp, previous, at, sender, kind, client_id, text)
        select room_id, s, s, s - 1, now(), 'alice', 'message', room_id || '-' || s, 'text'
        from room, generate_series(2, 10) as s;
        """;

    private static final String DAMAGE = """
        alter table event drop constraint event_pkey;
        drop index event_client_id;
        delete from event where room_id = 'hole' and seq in (4, 5);
        delete from event where room_id = 'tail' and seq > 8;
        insert into event select * from event where room_id = 'double' and seq = 3;
        update event set client_id = 'other' where ctid =
            (select max(ctid) from event where room_id = 'double' and seq = 3);
        update room set head = 12 where room_id = 'high';
        update room set head = 9 where room_id = 'low';
        update event set client_id = 'reuse-2' where room_id = 'reuse' and seq = 7;
        update event set text = null where room_id = 'shape' and seq = 6;
        update event set previous = 77 where room_id = 'link' and seq = 5;
        update event set stamp = 77 where room_id = 'stamp' and seq = 5;
        update room set head_stamp = 77 where room_id = 'end';
        alter table event drop constraint event_stamp_check;
        update event set stamp = 0 where room_id = 'zero' and seq = 10;
        update room set head_stamp = 0 where room_id = 'zero';
        update event set room_id = 'nowhere' where room_id = 'stranger';
        update room set head = 0, head_stamp = 0 where room_id = 'stranger';
        """;

    @TempDir
    private Path folder;

    @Test
    void shouldFindEveryDamageAndNothingElse() throws Exception {
        Path data = folder.resolve("data");
        try (DataFolder opened = DataFolder.open(data);
                EmbeddedDatabase database = EmbeddedDatabase.start(opened, 0)) {
            Migrations.run(database.uri(), 10_000);
            Verification.execute(database.uri(), ROOMS);
            assertThat(Verification.of(data).findings()).isEmpty();
            Verification.execute(database.uri(), DAMAGE);
            Verification broken = Verification.of(data);
            assertThat(broken.findings())
                    .containsExactlyInAnyOrder(
                            "hole hole 4",
                            "counter tail 8",
                            "duplicate_seq double 3",
                            "counter high 10",
                            "counter low 10",
                            "duplicate_id reuse 7",
                            "malformed shape 6",
                            "chain link 5",
                            "chain stamp 6",
                            "chain end 10",
                            "chain zero 10",
                            "orphan nowhere 0",
                            "membership stranger 0",
                            "schema  0");
            assertThat(broken.rooms()).isEqualTo(13);
        }
    }

    @Test
    void shouldVerifyBesideANodeAndWithout() throws Exception {
        String data = TestNode.dataFlag(folder.resolve("data"));
        try (NodeProcess node = NodeProcess.start(Map.of(), data).awaitReady()) {
            Rest.logIn(node.address(), "alice").post("/rooms", Map.of("roomId", "dev"));
            Process beside = NodeProcess.startCommand("verify", data);
            assertThat(NodeProcess.outputOf(beside))
                    .contains("1 rooms, 1 events: no hole, no duplicate, every counter agrees");
            assertThat(beside.waitFor()).isEqualTo(ExitCode.DONE.code());
            node.stop();
        }
        Process alone = NodeProcess.startCommand("verify", data);
        assertThat(NodeProcess.outputOf(alone)).contains("1 rooms, 1 events");
        assertThat(alone.waitFor()).isEqualTo(ExitCode.DONE.code());
    }

    @Test
    void shouldSayThatItCouldNotCheckAndMakeNothing() throws Exception {
        Path absent = folder.resolve("absent");
        Process process = NodeProcess.startCommand("verify", "--data=" + absent);
        assertThat(NodeProcess.outputOf(process)).contains("there is no database in");
        assertThat(process.waitFor()).isEqualTo(ExitCode.NOT_CHECKED.code());
        assertThat(absent).doesNotExist();
    }

    @Test
    void shouldVerifyADatabaseGivenByItsUri() throws Exception {
        Path absent = folder.resolve("absent");
        try (DataFolder opened = DataFolder.open(folder.resolve("data"));
                EmbeddedDatabase database = EmbeddedDatabase.start(opened, 0)) {
            Map<String, String> environment = Map.of("PARLANCE_POSTGRES_URI", TestNode.postgresUri(database.uri()));
            Process empty = NodeProcess.startCommand(environment, "verify", "--data=" + absent);
            assertThat(NodeProcess.outputOf(empty)).contains("there is no Parlance in this database");
            assertThat(empty.waitFor()).isEqualTo(ExitCode.NOT_CHECKED.code());
            Migrations.run(database.uri(), 10_000);
            Verification.execute(database.uri(), ROOMS);
            assertThat(Verification.by(environment, "--data=" + absent).rooms()).isEqualTo(13);
            Verification.execute(database.uri(), "update room set head = 12 where room_id = 'high'");
            assertThat(Verification.by(environment, "--data=" + absent).findings())
                    .containsExactly("counter high 10");
        }
        assertThat(absent).doesNotExist();
    }

    @Test
    void shouldNameAMissingTable() throws Exception {
        Path data = folder.resolve("data");
        try (DataFolder opened = DataFolder.open(data);
                EmbeddedDatabase database = EmbeddedDatabase.start(opened, 0)) {
            Migrations.run(database.uri(), 10_000);
            Verification.execute(database.uri(), "drop table vote");
            Process process = NodeProcess.startCommand("verify", "--data=" + data);
            assertThat(NodeProcess.outputOf(process).lines())
                    .contains("SCHEMA - 0: table vote is missing")
                    .anyMatch(line -> line.startsWith("SCHEMA: A table, an index, a function or a trigger"));
            assertThat(process.waitFor()).isEqualTo(ExitCode.FAILED.code());
        }
    }

    @Test
    void shouldReportThatPostgresMayLoseCommits() throws Exception {
        Path data = folder.resolve("data");
        try (DataFolder opened = DataFolder.open(data);
                EmbeddedDatabase database = EmbeddedDatabase.start(opened, 0)) {
            Migrations.run(database.uri(), 10_000);
            Verification.execute(database.uri(), "alter role parlance set synchronous_commit = off");
            assertThat(Verification.of(data).findings()).containsExactly("durability  0");
        }
    }

    /** Like an index that was not written to for a while: no query by the key finds the event again. */
    @Test
    void shouldFindAnEventThatTheKeyDoesNotLeadTo() throws Exception {
        Path data = folder.resolve("data");
        try (DataFolder opened = DataFolder.open(data);
                EmbeddedDatabase database = EmbeddedDatabase.start(opened, 0)) {
            Migrations.run(database.uri(), 10_000);
            Verification.execute(database.uri(), ROOMS);
            PostgresUri superuser = Verification.superuser(data, database.uri());
            Verification.execute(
                    superuser, "update pg_index set indisready = false where indexrelid = 'event_pkey'::regclass");
            Verification.execute(database.uri(), """
                insert into event (room_id, seq, stamp, previous, at, sender, kind, client_id, text)
                values ('double', 3, 3, 2, now(), 'alice', 'message', 'again', 'text')
                """);
            Verification.execute(
                    superuser, "update pg_index set indisready = true where indexrelid = 'event_pkey'::regclass");
            assertThat(Verification.of(data).findings()).containsExactly("index  0");
        }
    }
}
