package chat.parlance;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.build.Build;
import chat.parlance.persistence.PostgresUri;
import chat.parlance.testing.Database;
import chat.parlance.testing.EveryKind;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Data of each earlier version, with every feature in it, is taken over by this build. */
final class UpgradeIT {

    private static final String ROOM = UpgradeFixture.ROOM;

    @TempDir
    private Path folder;

    static List<Path> fixtures() throws IOException {
        try (Stream<Path> files = Files.list(UpgradeFixture.FIXTURES)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void shouldTakeOverTheDataOfAnEarlierVersion(Path fixture) throws Exception {
        Path passphrase = Files.writeString(folder.resolve("passphrase"), UpgradeFixture.PASSPHRASE);
        Path data = folder.resolve("data");
        UpgradeFixture.run("restore", fixture.toString(), TestNode.dataFlag(data), "--passphraseFile=" + passphrase);
        UpgradeFixture.run("verify", "--data=" + data);
        Node node = UpgradeFixture.start("--data=" + data);
        try {
            String address = "127.0.0.1:" + node.httpPort();
            shouldHaveEveryFeature(Rest.logIn(address, "alice"));
            assertThat(Rest.logIn(address, "guest").get("/account").statusCode())
                    .isEqualTo(401);
            assertThat(schemaVersion(node.postgres())).isEqualTo(Build.load().schema());
        } finally {
            node.stop();
        }
        UpgradeFixture.run("verify", "--data=" + data);
    }

    private static void shouldHaveEveryFeature(Rest alice) {
        assertThat(json(alice, "/account").getString("serverRole")).isEqualTo("owner");
        assertThat(json(alice, "/preferences").getString("order")).isEqualTo("name");
        JsonObject events = json(alice, "/rooms/" + ROOM + "/events?limit=100&after=0");
        assertThat(events.getJsonArray("events")).hasSize((int) (long) events.getLong("head"));
        JsonObject first = json(alice, "/rooms/" + ROOM + "/messages?limit=100&after=0")
                .getJsonArray("messages")
                .getJsonObject(0);
        assertThat(first.getString("text")).isEqualTo("Coffee, @bob?");
        assertThat(json(alice, "/saved").encode()).contains("\"" + ROOM + "\"");
        assertThat(json(alice, "/threads").encode()).contains("\"" + ROOM + "\"");
        assertThat(json(alice, "/rooms/" + ROOM + "/pins").encode()).contains("Coffee, @bob?");
        assertThat(json(alice, "/search?q=coffee").encode()).contains("\"" + ROOM + "\"");
        assertThat(json(alice, "/rooms/" + ROOM + "/bans").encode()).contains("guest");
        assertThat(json(alice, "/rooms/private/invitations").encode()).contains("bob");
        assertThat(json(alice, "/admin/invites").encode()).contains(ROOM);
        assertThat(json(alice, "/admin/audit").encode()).contains("role.changed");
        EveryKind.done(alice.post("/rooms/" + ROOM + "/messages", Map.of("id", "upgraded", "text", "Still here")));
    }

    private static JsonObject json(Rest user, String path) {
        var answer = user.get(path);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private static int schemaVersion(PostgresUri uri) throws SQLException {
        try (Connection connection = Database.connect(uri);
                Statement statement = connection.createStatement();
                ResultSet version =
                        statement.executeQuery("select max(version::int) from flyway_schema_history where success")) {
            version.next();
            return version.getInt(1);
        }
    }
}
