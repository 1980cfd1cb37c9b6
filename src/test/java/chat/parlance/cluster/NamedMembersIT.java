package chat.parlance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Alerts;
import chat.parlance.testing.Counters;
import chat.parlance.testing.Http;
import chat.parlance.testing.NamedCluster;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Nodes find each other by a name with several addresses; each node gets its own address first. */
final class NamedMembersIT {

    /** Interval of the poll so long that everything within a test crosses by the bus. */
    private static final Map<String, String> RARE_POLL = Map.of(
            "PARLANCE_WATCH_INTERVAL_MS", "60000",
            "PARLANCE_WATCH_LEASE_MS", "600000",
            "PARLANCE_WATCH_CUT_OFF_AFTER_MS", "600000");

    private static final int TYPING_MS = 300;

    @Test
    void shouldBecomeOneClusterAndFollowTheName() {
        try (NamedCluster cluster = new NamedCluster(RARE_POLL)) {
            List<Integer> first = List.of(1, 2, 3);
            cluster.resolveAll(first, first);
            cluster.start(first);
            cluster.awaitPeers(first, 2);
            assertThatAllCrosses(cluster, 1, 3);

            List<Integer> more = List.of(1, 2, 3, 4);
            cluster.resolveAll(more, more);
            cluster.start(List.of(4));
            cluster.awaitPeers(more, 3);
            assertThatAllCrosses(cluster, 4, 2);

            // The name loses the first node, as when its container is replaced by one with another address.
            List<Integer> others = List.of(2, 3, 4, 5);
            cluster.resolveAll(others, others);
            cluster.stop(1);
            cluster.start(List.of(5));
            cluster.awaitPeers(others, 3);
            assertThatAllCrosses(cluster, 5, 3);
        }
    }

    @Test
    void shouldBecomeOneClusterOfFive() {
        try (NamedCluster cluster = new NamedCluster(RARE_POLL)) {
            List<Integer> all = List.of(1, 2, 3, 4, 5);
            cluster.resolveAll(all, all);
            cluster.start(all);
            cluster.awaitPeers(all, 4);
            assertThatAllCrosses(cluster, 5, 1);
        }
    }

    @Test
    void shouldMergeHalvesThatTheNameBringsTogether() {
        try (NamedCluster cluster = new NamedCluster(RARE_POLL)) {
            cluster.resolveAll(List.of(1, 2), List.of(1, 2));
            cluster.resolve(3, List.of(3));
            cluster.start(List.of(1, 2, 3));
            cluster.awaitPeers(List.of(1, 2), 1);
            assertThat(Counters.of(cluster.member(3).management(), "parlance_peers"))
                    .isZero();

            List<Integer> all = List.of(1, 2, 3);
            cluster.resolveAll(all, all);
            cluster.awaitPeers(all, 2);
            assertThatAllCrosses(cluster, 1, 3);
        }
    }

    @Test
    void shouldSayThatANodeIsAloneUntilItIsNot() throws Exception {
        try (NamedCluster cluster = new NamedCluster(Map.of("PARLANCE_CLUSTER_DIGEST_INTERVAL_MS", "500"))) {
            cluster.resolve(1, List.of(1));
            cluster.start(List.of(1));
            String management = cluster.member(1).management();
            assertThat(cluster(management))
                    .isEqualTo(new JsonObject()
                            .put("peers", 0)
                            .put("knownAddresses", 0)
                            .put("alone", false));

            String before = Alerts.scrape(management);
            cluster.resolveAll(List.of(1, 2), List.of(1, 2));
            Counters.awaitExactly(management, "parlance_cluster_alone", 1);
            Alerts.assertFires("ParlanceNodeAlone", before, Alerts.scrape(management));
            assertThat(Counters.of(management, "parlance_cluster_known_addresses"))
                    .isEqualTo(1);
            assertThat(cluster(management))
                    .isEqualTo(new JsonObject()
                            .put("peers", 0)
                            .put("knownAddresses", 1)
                            .put("alone", true));
            String warning = "No digest of another node arrives";
            cluster.member(1).process().awaitLine(warning);
            assertThat(cluster.member(1).process().output())
                    .containsOnlyOnce(warning)
                    .contains(cluster.addressOf(2));

            cluster.start(List.of(2));
            Counters.awaitExactly(management, "parlance_cluster_alone", 0);
            cluster.awaitPeers(List.of(1, 2), 1);
            assertThat(cluster(management))
                    .isEqualTo(new JsonObject()
                            .put("peers", 1)
                            .put("knownAddresses", 1)
                            .put("alone", false));
            String relief = "This node is no longer alone";
            cluster.member(1).process().awaitLine(relief);
            assertThat(cluster.member(1).process().output())
                    .containsOnlyOnce(warning)
                    .containsOnlyOnce(relief);
        }
    }

    private static JsonObject cluster(String management) throws Exception {
        HttpResponse<String> answer = Http.CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://" + management + "/health/ready"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new JsonObject(answer.body()).getJsonObject("cluster");
    }

    /** Presence, typing and messages, there and back. */
    private static void assertThatAllCrosses(NamedCluster cluster, int one, int other) {
        String room = "names-" + UUID.randomUUID();
        String here = cluster.member(one).process().address();
        String there = cluster.member(other).process().address();
        Rest alice = Rest.logIn(here, "alice");
        Rest bob = Rest.logIn(there, "bob");
        alice.post("/rooms", Map.of("roomId", room));
        try (Socket hers = Socket.authenticated(here, alice.token());
                Socket his = Socket.authenticated(there, bob.token())) {
            hers.join(room, null);
            his.join(room, null);
            hers.await(frame -> mentions(frame, "bob"));
            awaitTyping(his, hers, room, "bob");
            awaitTyping(hers, his, room, "alice");
            his.post(room, room + "-1", "hello");
            awaitMessage(hers, room + "-1");
            hers.post(room, room + "-2", "hello to you");
            awaitMessage(his, room + "-2");
        }
    }

    /**
     * Types until the other user is told: a node does not send notices to a node that has not announced the room yet.
     */
    private static void awaitTyping(Socket from, Socket to, String room, String user) {
        try (ScheduledExecutorService typist = Executors.newSingleThreadScheduledExecutor()) {
            Future<?> typing = typist.scheduleAtFixedRate(
                    () -> from.send(Map.of("type", "typing", "roomId", room)), 0, TYPING_MS, TimeUnit.MILLISECONDS);
            assertThat(to.await("userTyping").getString("userId")).isEqualTo(user);
            typing.cancel(false);
        }
    }

    private static void awaitMessage(Socket socket, String id) {
        socket.await(frame -> Socket.events(frame).stream().anyMatch(event -> id.equals(event.getString("id"))));
    }

    private static boolean mentions(JsonObject frame, String user) {
        return frame.getString("type").equals("presence")
                && (frame.getJsonArray("userIds", new JsonArray()).contains(user)
                        || frame.getJsonArray("arrived", new JsonArray()).contains(user));
    }
}
