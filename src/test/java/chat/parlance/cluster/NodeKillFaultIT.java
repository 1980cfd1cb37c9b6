package chat.parlance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.persistence.PostgresUri;
import chat.parlance.testing.ContractChecker;
import chat.parlance.testing.ContractClient;
import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.Ports;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Three node processes, fifty clients, five thousand messages, and one node killed in the middle. */
final class NodeKillFaultIT {

    private static final int CLIENTS = 50;
    private static final int MESSAGES_EACH = 100;
    private static final String ROOM = "faults";

    @Test
    void shouldKeepTheContractWhenANodeIsKilled() throws Exception {
        Map<String, String> environment = environment();
        try (NodeProcess first = NodeProcess.start(environment).awaitReady();
                NodeProcess second = NodeProcess.start(environment);
                NodeProcess third = NodeProcess.start(environment)) {
            second.awaitReady();
            third.awaitReady();
            List<String> addresses = List.of(first.address(), second.address(), third.address());
            List<Rest> users = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                users.add(Rest.logIn(first.address(), "fault-" + i));
            }
            users.getFirst().post("/rooms", Map.of("roomId", ROOM));
            List<ContractClient> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new ContractClient(
                        "k" + i, addresses, i, users.get(i % users.size()).token(), ROOM));
            }
            CountDownLatch half = new CountDownLatch(CLIENTS * MESSAGES_EACH / 2);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> sending = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    ContractClient client = clients.get(i);
                    String prefix = "k" + i + "-";
                    sending.add(threads.submit(() -> {
                        for (int m = 0; m < MESSAGES_EACH; m++) {
                            client.send(prefix + m);
                            half.countDown();
                        }
                    }));
                }
                half.await();
                second.kill();
                for (Future<?> sender : sending) {
                    sender.get();
                }
            }
            Map<Long, String> history = history(users.getFirst(), first.address());
            clients.forEach(client -> client.awaitHead(history.size()));
            check(clients, history);
        }
    }

    private static void check(List<ContractClient> clients, Map<Long, String> history) {
        assertThat(clients).allSatisfy(client -> {
            assertThat(client.violations()).isEmpty();
            assertThat(client.log().sends()).hasSize(MESSAGES_EACH);
        });
        assertThat(ContractChecker.check(
                        clients.stream().map(ContractClient::log).toList(),
                        history.entrySet().stream()
                                .map(event -> new ContractChecker.Seen(event.getKey(), event.getValue()))
                                .toList()))
                .isEmpty();
    }

    private static Map<Long, String> history(Rest user, String address) {
        Map<Long, String> history = new LinkedHashMap<>();
        Rest reader = new Rest(address, user.token());
        while (true) {
            JsonObject page = new JsonObject(reader.get("/rooms/" + ROOM + "/events?limit=100&after=" + history.size())
                    .body());
            page.getJsonArray("events").forEach(item -> {
                JsonObject event = (JsonObject) item;
                history.put(event.getLong("seq"), event.getString("id", ""));
            });
            if (page.getJsonArray("events").isEmpty()) {
                return history;
            }
        }
    }

    /** All that a node needs to be one of a cluster. */
    private static Map<String, String> environment() {
        PostgresUri postgres = TestNode.shared().postgres();
        int port = Ports.free();
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "PARLANCE_POSTGRES_URI",
                "postgresql://%s:%s@%s:%d/%s"
                        .formatted(
                                postgres.user(),
                                postgres.password(),
                                postgres.host(),
                                postgres.port(),
                                postgres.database()));
        environment.put("PARLANCE_AUTH_KEY", "a key for tests of at least 32 bytes");
        environment.put("PARLANCE_CLUSTER_ENABLED", "true");
        environment.put("PARLANCE_CLUSTER_PORT", Integer.toString(port));
        environment.put("PARLANCE_CLUSTER_MEMBERS", "127.0.0.1:%d,127.0.0.1:%d".formatted(port, port + 1));
        environment.put("PARLANCE_CLUSTER_NAME", "test-" + port);
        return environment;
    }
}
