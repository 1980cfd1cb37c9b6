package chat.parlance.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.connection.ConnectionLimits;
import chat.parlance.testing.Shell;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The Autobahn test suite, which checks an implementation of RFC 6455 from the client's side. Its cases of performance
 * (9) and of compression (12, 13), which is not offered, are left out.
 */
final class AutobahnIT {

    /** Large enough for the cases, whatever the limits of a node are. */
    private static final ConnectionLimits LIMITS = new ConnectionLimits(
            new ConnectionLimits.Messages(1 << 20, 1 << 10, 1 << 24),
            new ConnectionLimits.LogIn(5_000, 5_000),
            new ConnectionLimits.Pings(60_000, 60_000, 1_000),
            64,
            1);

    private static final List<String> CASES = List.of("1.*", "2.*", "3.*", "4.*", "5.*", "6.*", "7.*", "10.*");
    private static final int COUNT = 247;
    private static final String RESULTS = "index.json";

    /** Accepted results. The suite allows a server to be lax, as non-strict; this one is not. */
    private static final Set<String> PASSED = Set.of("OK", "INFORMATIONAL");

    @Test
    void shouldPassEachCase() throws IOException {
        Path reports = Path.of("target", "autobahn-reports").toAbsolutePath();
        Files.deleteIfExists(reports.resolve(RESULTS));
        EchoServer server = new EchoServer(LIMITS);
        Vertx vertx = Vertx.vertx();
        try {
            vertx.deployVerticle(server).await();
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    Path.of("target", "autobahn") + "/*",
                    Path.of("src", "build", "Autobahn.java").toString(),
                    server.url(),
                    reports.toString()));
            command.addAll(CASES);
            Shell.run(command);
        } finally {
            vertx.close().await();
        }
        assertThat(results(reports))
                .hasSize(COUNT)
                .allSatisfy((id, result) -> assertThat(PASSED).as(id).containsAll(result));
    }

    /** Behaviour and close behaviour of each case. */
    private static Map<String, List<String>> results(Path reports) throws IOException {
        Map<String, List<String>> results = new TreeMap<>();
        JsonObject cases = new JsonObject(Files.readString(reports.resolve(RESULTS))).getJsonObject("parlance");
        for (String id : cases.fieldNames()) {
            JsonObject result = cases.getJsonObject(id);
            results.put(id, List.of(result.getString("behavior"), result.getString("behaviorClose")));
        }
        return results;
    }
}
