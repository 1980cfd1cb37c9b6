package chat.parlance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.persistence.PostgresUri;
import chat.parlance.testing.Alerts;
import chat.parlance.testing.Counters;
import chat.parlance.testing.FaultyProxy;
import chat.parlance.testing.Health;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A node whose packets to Postgres vanish, beside a node that reaches it. */
final class CutOffIT {

    private static final String ROOM = "cut-off";
    private static final int PATIENCE_MS = 30_000;

    @Test
    void shouldServeNothingSendItsClientsAwayAndBeBackWithPostgres() {
        Rest alice = Rest.logIn(TestNode.address(), "alice");
        alice.post("/rooms", Map.of("roomId", ROOM));
        try (FaultyProxy way =
                FaultyProxy.start(1, 0, List.of(postgres().servers().getFirst().port()))) {
            Node node = start(way);
            try (Socket hers = Socket.authenticated(address(node), alice.token())) {
                hers.join(ROOM, 1L);
                String before = Alerts.scrape("127.0.0.1:" + node.managementPort());
                way.setBlackHole(true);
                Health.await("127.0.0.1:" + node.managementPort(), false, PATIENCE_MS);
                assertThat(Health.forBalancer("127.0.0.1:" + node.managementPort()))
                        .isEqualTo(404);
                shouldServeNothing(node, alice, hers);
                assertThat(Counters.of(
                                "127.0.0.1:" + node.managementPort(),
                                "parlance_postgres_failures_total{for=\"watch\"}"))
                        .isPositive();
                String during = Alerts.scrape("127.0.0.1:" + node.managementPort());
                Alerts.assertFires("ParlanceNotReady", before, during);
                Alerts.assertFires("ParlancePostgresFails", before, during);
                way.setBlackHole(false);
                Health.await("127.0.0.1:" + node.managementPort(), true, PATIENCE_MS);
                shouldHaveMissedNothing(node, alice);
            } finally {
                node.stop();
            }
        }
    }

    private static void shouldServeNothing(Node node, Rest alice, Socket hers) {
        hers.post(ROOM, "cut-off-refused", "Is anybody there?");
        alice.post("/rooms/" + ROOM + "/messages", Map.of("id", "cut-off-elsewhere", "text", "Everybody is here"));
        List<JsonObject> frames = new ArrayList<>();
        hers.await(frame -> {
            frames.add(frame);
            return frame.getString("type").equals("bye");
        });
        assertThat(frames.getLast().getString("reason")).isEqualTo("cut_off");
        assertThat(frames)
                .filteredOn(frame -> frame.getString("type").equals("error"))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.getString("code")).isEqualTo("storage.unavailable");
                    assertThat(error.getBoolean("retryable")).isTrue();
                });
        assertThat(frames).flatExtracting(Socket::events).isEmpty();
        assertThat(hers.awaitClose()).isEqualTo(1012);
        assertThatThrownBy(() -> Socket.open("ws://" + address(node) + "/ws", Map.of()))
                .hasRootCauseMessage("Unexpected HTTP response status code 503");
    }

    private static void shouldHaveMissedNothing(Node node, Rest alice) {
        try (Socket back = Socket.authenticated(address(node), alice.token())) {
            back.join(ROOM, 1L);
            back.post(ROOM, "cut-off-refused", "Is anybody there?");
            assertThat(back.awaitEvents(2))
                    .extracting(event -> event.getString("id"))
                    .containsExactly("cut-off-elsewhere", "cut-off-refused");
        }
    }

    private static Node start(FaultyProxy way) {
        PostgresUri there = postgres();
        return TestNode.startBeside(
                "--postgres.uri="
                        + TestNode.postgresUri(new PostgresUri(
                                there.user(), there.password(), "127.0.0.1", way.port(), there.database())),
                "--watch.intervalMs=200",
                "--watch.leaseMs=1000",
                "--watch.cutOffAfterMs=4000");
    }

    private static PostgresUri postgres() {
        return TestNode.shared().postgres();
    }

    private static String address(Node node) {
        return "127.0.0.1:" + node.httpPort();
    }
}
