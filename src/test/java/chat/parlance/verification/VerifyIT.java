package chat.parlance.verification;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.persistence.DataFolder;
import chat.parlance.persistence.EmbeddedDatabase;
import chat.parlance.persistence.Migrations;
import chat.parlance.persistence.PostgresUri;
import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.Rest;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code parlance verify} as a process, on sound databases and on those broken on purpose. */
final class VerifyIT {

    /** Rooms of one member and nine messages each, then one damage each; "sound" has none. */
    private static final String ROOMS = """
        insert into account (user_id, name, password_hash) values ('alice', 'alice', '-');
        insert into room (room_id, name, visibility, head)
        select r, r, 'public', 10
        from unnest(array['sound', 'hole', 'tail', 'double', 'high', 'low', 'reuse', 'shape', 'stranger']) as r;
        insert into member (room_id, user_id, role) select room_id, 'alice', 'owner' from room;
        insert into event (room_id, seq, at, sender, kind, subject, text)
        select room_id, 1, now(), 'alice', 'membership', 'alice', 'joined' from room;
        insert into event (room_id, seq, at, sender, kind, client_id, text)
        select room_id, s, now(), 'alice', 'message', room_id || '-' || s, 'text' from room, generate_series(2, 10) as s;
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
        update event set room_id = 'nowhere' where room_id = 'stranger';
        update room set head = 0 where room_id = 'stranger';
        """;

    @TempDir
    private Path folder;

    @Test
    void shouldFindEveryDamageAndNothingElse() throws Exception {
        Path data = folder.resolve("data");
        try (DataFolder opened = DataFolder.open(data);
                EmbeddedDatabase database = EmbeddedDatabase.start(opened, 0)) {
            Migrations.run(database.uri(), 10_000);
            execute(database.uri(), ROOMS);
            assertThat(verify(data).getBoolean("sound")).isTrue();
            execute(database.uri(), DAMAGE);
            JsonObject broken = verify(data);
            List<String> findings = new ArrayList<>();
            broken.getJsonArray("findings").forEach(item -> {
                JsonObject finding = (JsonObject) item;
                findings.add("%s %s %d"
                        .formatted(finding.getString("kind"), finding.getString("room"), finding.getLong("seq")));
            });
            assertThat(findings)
                    .containsExactlyInAnyOrder(
                            "hole hole 4",
                            "counter tail 8",
                            "duplicate_seq double 3",
                            "counter high 10",
                            "counter low 10",
                            "duplicate_id  0",
                            "malformed shape 6",
                            "orphan nowhere 0",
                            "membership stranger 0");
            assertThat(broken.getLong("rooms")).isEqualTo(9);
        }
    }

    @Test
    void shouldVerifyBesideANodeAndWithout() throws Exception {
        String data = "--data=" + folder.resolve("data");
        try (NodeProcess node = NodeProcess.start(Map.of(), data).awaitReady()) {
            Rest.logIn(node.address(), "alice").post("/rooms", Map.of("roomId", "dev"));
            Process beside = NodeProcess.startCommand("verify", data);
            assertThat(NodeProcess.outputOf(beside))
                    .contains("1 rooms, 1 events: no hole, no duplicate, every counter agrees");
            assertThat(beside.waitFor()).isEqualTo(VerifyCommand.SOUND);
            node.stop();
        }
        Process alone = NodeProcess.startCommand("verify", data);
        assertThat(NodeProcess.outputOf(alone)).contains("1 rooms, 1 events");
        assertThat(alone.waitFor()).isEqualTo(VerifyCommand.SOUND);
    }

    @Test
    void shouldSayThatItCouldNotCheckAndMakeNothing() throws Exception {
        Path absent = folder.resolve("absent");
        Process process = NodeProcess.startCommand("verify", "--data=" + absent);
        assertThat(NodeProcess.outputOf(process)).contains("there is no database in");
        assertThat(process.waitFor()).isEqualTo(VerifyCommand.NOT_CHECKED);
        assertThat(absent).doesNotExist();
    }

    private static JsonObject verify(Path data) throws InterruptedException {
        Process process = NodeProcess.startCommand("verify", "--json", "--data=" + data);
        JsonObject answer = new JsonObject(NodeProcess.outputOf(process));
        assertThat(process.waitFor())
                .isEqualTo(answer.getBoolean("sound") ? VerifyCommand.SOUND : VerifyCommand.BROKEN);
        return answer;
    }

    private static void execute(PostgresUri uri, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(uri.jdbcUrl(), uri.user(), uri.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
