package chat.parlance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Await;
import chat.parlance.testing.ContractChecker;
import chat.parlance.testing.ContractChecker.Seen;
import chat.parlance.testing.ContractClient;
import chat.parlance.testing.FaultyProxy;
import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.Ports;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node whose URI has two servers, of which the standby is promoted: the node continues without a restart. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class PromotionIT {

    private static final String ROOM = "garden";
    private static final int SENDS = 10;
    private static final int PATIENCE_MS = 60_000;

    @TempDir
    private Path folder;

    private PostgresProcess primary;
    private PostgresProcess standby;
    private boolean primaryIsDead;

    @BeforeEach
    void startBoth() {
        Network network = new Network.Loopback("it needs none");
        primary = PostgresProcess.create(folder.resolve("primary"), network.database(), Ports.free());
        standby = primary.standby(folder.resolve("standby"), network.standby(), Ports.free());
    }

    @AfterEach
    void stopBoth() {
        standby.close();
        if (!primaryIsDead) {
            primary.close();
        }
    }

    @Test
    void shouldGoOnWhenThePrimaryDiesAndTheStandbyIsPromoted() throws Exception {
        // The standby is listed first: the node continues its search.
        try (NodeProcess node = start(standby.port(), primary.port());
                ContractClient alice = client(node)) {
            send(alice, "before");
            primaryIsDead = true;
            primary.killForGood();
            standby.promote();
            send(alice, "after");
            shouldHaveLostNothing(node, alice);
            node.stop();
        }
    }

    @Test
    void shouldLeaveACutOffPrimaryForGood() throws Exception {
        try (FaultyProxy way = FaultyProxy.start(1, 0, List.of(primary.port()));
                NodeProcess node = start(way.port(), standby.port());
                ContractClient alice = client(node)) {
            send(alice, "before");
            way.setBlackHole(true);
            standby.promote();
            send(alice, "cut-off");
            way.setBlackHole(false);
            // For a moment the former primary is the only one that answers.
            standby.kill();
            send(alice, "after");
            shouldHaveLostNothing(node, alice);
            assertThat(messages(standby)).isEqualTo(3 * SENDS);
            assertThat(messages(primary)).as("in the former primary").isEqualTo(SENDS);
            node.stop();
        }
    }

    private NodeProcess start(int firstPort, int secondPort) {
        String uri = "postgresql://%s:%s@127.0.0.1:%d,127.0.0.1:%d/%s"
                .formatted(
                        primary.uri().user(),
                        primary.uri().password(),
                        firstPort,
                        secondPort,
                        primary.uri().database());
        return NodeProcess.start(Map.of(
                        "PARLANCE_POSTGRES_URI",
                        uri,
                        "PARLANCE_AUTH_KEY",
                        TestNode.KEY,
                        "PARLANCE_LIMITS_ENABLED",
                        "false",
                        "PARLANCE_MANAGEMENT_PORT",
                        "0"))
                .awaitReady();
    }

    private static ContractClient client(NodeProcess node) throws InterruptedException {
        Rest alice = Rest.logIn(node.address(), "alice");
        alice.post("/rooms", Map.of("roomId", ROOM));
        ContractClient client = ContractClient.start("alice", List.of(node.address()), 0, alice.token(), ROOM);
        assertThat(client.awaitConnected(PATIENCE_MS)).isTrue();
        return client;
    }

    private static void send(ContractClient client, String name) throws InterruptedException {
        for (int i = 0; i < SENDS; i++) {
            client.send(name + "-" + i, "a message");
        }
    }

    private static void shouldHaveLostNothing(NodeProcess node, ContractClient alice) throws InterruptedException {
        JsonObject page = history(node);
        assertThat(alice.awaitHead(page.getLong("head"), PATIENCE_MS)).isTrue();
        List<Seen> history = Socket.events(page.put("type", "events")).stream()
                .map(event -> new Seen(event.getLong("seq"), event.getString("id", ""), event.getString("stamp")))
                .toList();
        assertThat(ContractChecker.check(List.of(alice.log()), history)).isEmpty();
    }

    /** Messages are committed again before the pools of other workloads have found the new primary. */
    private static JsonObject history(NodeProcess node) {
        AtomicReference<HttpResponse<String>> answer = new AtomicReference<>();
        Await.until("an answer from the new primary", PATIENCE_MS, () -> {
            answer.set(Rest.logIn(node.address(), "alice").get("/rooms/" + ROOM + "/events?after=0&limit=100"));
            return answer.get().statusCode() == 200;
        });
        return new JsonObject(answer.get().body());
    }

    private static int messages(PostgresProcess postgres) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from event where kind = 'message'")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
