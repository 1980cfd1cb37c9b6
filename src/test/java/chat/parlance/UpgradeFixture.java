package chat.parlance;

import chat.parlance.build.Build;
import chat.parlance.testing.EveryKind;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the data of this build with every feature in it, as a backup that later builds take over ({@link UpgradeIT}). No part of the
 * build: {@code mvn -Dquick verify -Dtest=ArchitectureTest -Dit.test=UpgradeFixture}.
 */
final class UpgradeFixture {

    static final Path FIXTURES = Path.of("src/test/resources/upgrade");
    static final String PASSPHRASE = "staple of the nation";
    static final String ROOM = "sound";

    @TempDir
    private Path folder;

    @Test
    void shouldMakeAFixtureOfThisSchema() throws Exception {
        Path made = folder.resolve("made");
        Path data = folder.resolve("data");
        Path passphrase = Files.writeString(folder.resolve("passphrase"), PASSPHRASE);
        Node node = start(TestNode.dataFlag(data));
        try {
            live("127.0.0.1:" + node.httpPort(), "--data=" + data);
            EveryKind.awaitIndexed(node.postgres());
            run("backup", made.toString(), "--data=" + data, "--passphraseFile=" + passphrase);
        } finally {
            node.stop();
        }
        Path fixture = FIXTURES.resolve("schema-" + Build.load().schema() + ".parlance");
        Files.copy(made, fixture, StandardCopyOption.REPLACE_EXISTING);
    }

    static Node start(String dataFlag) {
        return TestNode.start(
                List.of(
                        dataFlag,
                        "--http.port=0",
                        "--management.port=0",
                        "--limits.enabled=false",
                        "--drain.unreadyMs=0",
                        "--drain.spreadMs=1"),
                Map.of());
    }

    /** Runs a command of this build, which has to succeed. */
    static void run(String... arguments) {
        int code = Parlance.line().execute(arguments);
        if (code != 0) {
            throw new AssertionError(String.join(" ", arguments) + " ended with " + code);
        }
    }

    private static void live(String address, String dataFlag) {
        Rest alice = Rest.logIn(address, "alice");
        Rest bob = Rest.logIn(address, "bob");
        EveryKind events = new EveryKind(alice, bob);
        events.live(ROOM);
        events.live("other");
        events.comeAndGo();
        String room = "/rooms/" + ROOM;
        done(alice, "PATCH", room + "/preferences", new JsonObject().put("starred", true));
        done(
                alice,
                "PATCH",
                "/preferences",
                new JsonObject().put("order", "name").put("fold", List.of("rooms")));
        done(alice, "PUT", "/saved/" + ROOM + "/3", null);
        done(alice, "PUT", room + "/unread", new JsonObject().put("seq", 3));
        done(bob, "PUT", room + "/threads/3/follow", null);
        done(bob, "PUT", room + "/threads/3/read", new JsonObject().put("seq", 4));
        done(alice, "POST", "/rooms", new JsonObject().put("roomId", "private").put("visibility", "private"));
        done(alice, "PUT", "/rooms/private/invitations/bob", null);
        Rest guest = Rest.logIn(address, "guest");
        done(guest, "PUT", room + "/members/guest", null);
        done(alice, "PUT", room + "/bans/guest", null);
        run("admin", "role", "alice", "owner", dataFlag);
        run("admin", "role", "guest", "guest", dataFlag);
        run("admin", "disable", "guest", dataFlag);
        run("admin", "invite", "--by=alice", "--rooms=" + ROOM, dataFlag);
        run("admin", "reset-password", "bob", dataFlag);
        done(bob, "DELETE", "/sessions/current", null);
    }

    private static void done(Rest user, String method, String path, @Nullable JsonObject body) {
        HttpResponse<String> answer = user.send(method, path, body == null ? null : body.encode());
        EveryKind.done(answer);
    }
}
