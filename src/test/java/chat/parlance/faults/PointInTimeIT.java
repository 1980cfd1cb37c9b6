package chat.parlance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.testing.EveryKind;
import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.Ports;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Postgres of its own server goes back to a moment, by a base backup and the archive of its WAL. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class PointInTimeIT {

    private static final String ROOM = "garden";

    @TempDir
    private Path folder;

    @Test
    void shouldGoBackToAMomentBetweenTwoMessages() throws Exception {
        Path archive = Files.createDirectory(folder.resolve("archive"));
        Path base = folder.resolve("base");
        Network network = new Network.Loopback("it needs none");
        try (PostgresProcess postgres =
                PostgresProcess.create(folder.resolve("server"), network.database(), Ports.free())) {
            postgres.archiveTo(archive);
            JsonObject lost;
            Rest alice;
            Node node = start(postgres);
            try {
                alice = Rest.logIn("127.0.0.1:" + node.httpPort(), "alice");
                EveryKind.done(alice.post("/rooms", Map.of("roomId", ROOM)));
                post(alice, "in the base backup");
                postgres.backUpTo(base);
                post(alice, "in the archive");
                postgres.markPoint("noon");
                lost = post(alice, "too late");
            } finally {
                node.stop();
            }
            postgres.recoverTo("noon", base, archive);
            Process verify =
                    NodeProcess.startCommand("verify", "--postgres.uri=" + TestNode.postgresUri(postgres.uri()));
            assertThat(NodeProcess.outputOf(verify)).contains("1 rooms, 3 events: no hole");
            assertThat(verify.waitFor()).isZero();
            Node restored = start(postgres);
            try (Socket socket = Socket.authenticated("127.0.0.1:" + restored.httpPort(), alice.token())) {
                socket.send(Map.of(
                        "type",
                        "join",
                        "roomId",
                        ROOM,
                        "since",
                        lost.getLong("seq"),
                        "stamp",
                        lost.getString("stamp")));
                assertThat(socket.await("reset").getLong("head")).isEqualTo(lost.getLong("seq") - 1);
            } finally {
                restored.stop();
            }
        }
    }

    private static Node start(PostgresProcess postgres) {
        return TestNode.start(
                List.of(
                        "--postgres.uri=" + TestNode.postgresUri(postgres.uri()),
                        "--auth.key=" + TestNode.KEY,
                        "--http.port=0",
                        "--management.port=0",
                        "--limits.enabled=false",
                        "--drain.unreadyMs=0",
                        "--drain.spreadMs=1"),
                Map.of());
    }

    private static JsonObject post(Rest user, String text) {
        HttpResponse<String> posted =
                user.post("/rooms/" + ROOM + "/messages", Map.of("id", text.replace(' ', '-'), "text", text));
        EveryKind.done(posted);
        return new JsonObject(posted.body());
    }
}
