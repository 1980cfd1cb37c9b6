package chat.parlance;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Documents;
import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Shell;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first steps of docs/ACCOUNTS.md: an owner before the first start, a closed door, bob in a room by invite, and a bot of
 * bob with a token.
 */
final class AccountsGuideIT {

    private static final String GUIDE = "docs/ACCOUNTS.md";

    @TempDir
    private Path folder;

    @Test
    void shouldMakeAnOwnerAndInviteBobToARoom() throws IOException {
        Files.writeString(folder.resolve("password.txt"), Rest.PASSWORD + "\n");
        assertThat(run(Documents.shellBlock(GUIDE, "create-owner"), "8080"))
                .contains("alice is an owner of the server.");
        try (NodeProcess node = NodeProcess.start(Map.of(), "--data=" + folder.resolve("data"), "--registration=invite")
                .awaitReady()) {
            String port = node.address().replaceFirst(".*:", "");
            assertThat(node.output()).doesNotContain("This server has no owner yet");
            Rest alice = logIn(node, "alice", Rest.PASSWORD);
            alice.post("/rooms", Map.of("roomId", "garden", "visibility", "private"));
            run(Documents.shellBlock(GUIDE, "admin invite"), port);
            Rest bob = logIn(node, "bob", "staple of the nation");
            assertThat(new JsonObject(bob.get("/rooms/garden").body()).getString("membership"))
                    .isEqualTo("joined");
            assertThat(run(Documents.shellBlock(GUIDE, "admin make-bot"), port)).contains("\"botOwner\":\"bob\"");
            assertThat(run(Documents.shellBlock(GUIDE, "admin revoke-token"), port))
                    .contains("The token is revoked.");
            assertThat(run(Documents.shellBlock(GUIDE, "admin audit"), port))
                    .contains("owner.created", "invite.made", "invite.used", "bot.made", "token.used", "token.revoked");
            node.stop();
        }
    }

    private static Rest logIn(NodeProcess node, String user, String password) {
        String session = new Rest(node.address(), null)
                .post("/sessions", Map.of("userId", user, "password", password))
                .body();
        return new Rest(node.address(), new JsonObject(session).getString("accessToken"));
    }

    private String run(String commands, String port) {
        String launcher = Path.of("parlance").toAbsolutePath().toString();
        return Shell.run(List.of(
                "bash",
                "-euc",
                "cd '" + folder + "'; "
                        + commands.replace("./parlance", "'" + launcher + "'").replace("8080", port)));
    }
}
