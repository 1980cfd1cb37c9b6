package chat.parlance;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Documents;
import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Shell;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands of the operators' guide, run unchanged except for the folders. */
final class OperationsIT {

    private static final String GUIDE = "docs/OPERATIONS.md";

    @TempDir
    private Path folder;

    @Test
    void shouldRestoreABackupThatIsSoundAndStartOnIt() {
        try (NodeProcess node = NodeProcess.start(Map.of(), TestNode.dataFlag(folder.resolve("data")))
                .awaitReady()) {
            Rest alice = Rest.logIn(node.address(), "alice");
            alice.post("/rooms", Map.of("roomId", "garden"));
            alice.post("/rooms/garden/messages", Map.of("id", "kept-1", "text", "kept"));
            run(Documents.shellBlock(GUIDE, "backup "));
            node.stop();
        }
        assertThat(run(Documents.shellBlock(GUIDE, "restore "))).contains("1 rooms, 2 events: no hole");
        try (NodeProcess node = NodeProcess.start(Map.of(), "--data=" + folder.resolve("restored"))
                .awaitReady()) {
            Rest alice = Rest.logIn(node.address(), "alice");
            JsonObject page = new JsonObject(alice.get("/rooms/garden/events").body());
            assertThat(page.getLong("head")).isEqualTo(2);
            node.stop();
        }
    }

    private String run(String commands) {
        String launcher = Path.of("parlance").toAbsolutePath().toString();
        return Shell.run(List.of(
                "bash", "-euc", "cd '" + folder + "'; " + commands.replace("./parlance", "'" + launcher + "'")));
    }
}
