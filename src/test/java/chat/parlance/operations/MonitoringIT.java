package chat.parlance.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.parlance.testing.Alerts;
import chat.parlance.testing.Await;
import chat.parlance.testing.Documents;
import chat.parlance.testing.Prometheus;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of conf/monitoring, by Debian's Prometheus on the metrics of a live node. */
final class MonitoringIT {

    private static final String FOLDER = "conf/monitoring/";
    private static final int PATIENCE_MS = 30_000;
    private static final Pattern SELECTOR =
            Pattern.compile("\\b((?:parlance|process|jvm)_[a-z_]+|up)\\b(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(=~|!=|=)\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("by \\(([^)]*)\\)");
    private static final Pattern SHOWN = Pattern.compile("\\{\\{ *(?:\\$labels\\.)?([a-z_]+) *}}");

    @TempDir
    private Path folder;

    @BeforeEach
    void requirePrometheus() {
        assumeTrue(Prometheus.isThere(), "the build has found no Prometheus");
    }

    @Test
    void shouldPassTheChecksOfPromtool() {
        assertThat(Prometheus.promtool("check", "rules", FOLDER + "alerts.yml")).contains("SUCCESS");
        assertThat(Prometheus.promtool("check", "config", FOLDER + "prometheus.yml"))
                .contains("SUCCESS");
        assertThat(Prometheus.promtool("test", "rules", "src/test/monitoring/alerts.test.yml"))
                .contains("SUCCESS");
        assertThat(Documents.read("src/test/monitoring/alerts.test.yml")
                        .lines()
                        .filter(line -> line.startsWith("  - name: Parlance"))
                        .map(line -> line.substring("  - name: ".length())))
                .containsExactlyElementsOf(Alerts.all().keySet());
    }

    @Test
    void shouldFindEveryMetricAndLabelOnALiveNode() {
        String management = "127.0.0.1:" + TestNode.shared().managementPort();
        try (Prometheus prometheus = Prometheus.start(management, folder);
                Socket socket = useTheNode()) {
            // Two scrapes after the traffic, for rates.
            Await.until(
                    "scrapes",
                    PATIENCE_MS,
                    () -> !prometheus
                            .query("count_over_time(parlance_log_ins_total{outcome=\"wrong\"}[1m]) > 3")
                            .isEmpty());
            for (Alerts.Rule rule : Alerts.all().values()) {
                prometheus.query(rule.expression());
                checkNames(prometheus, rule.name(), rule.expression(), rule.summary());
            }
            List<JsonObject> targets = targets();
            assertThat(targets).hasSizeGreaterThan(40);
            for (JsonObject target : targets) {
                String expression = target.getString("expr")
                        .replace("$__rate_interval", "1m")
                        .replace("$instance", ".*");
                Await.until(
                        "samples of " + expression,
                        PATIENCE_MS,
                        () -> !prometheus.query(expression).isEmpty());
                checkNames(prometheus, expression, expression, target.getString("legendFormat"));
            }
            socket.send(Map.of("type", "ping", "ref", "1"));
        }
    }

    /** Requests of each kind that makes series of its own. */
    private static Socket useTheNode() {
        String room = "monitored";
        Rest alice = Rest.logIn(TestNode.address(), "alice");
        alice.post("/rooms", Map.of("roomId", room));
        alice.post("/sessions", Map.of("userId", "alice", "password", "not the password"));
        alice.get("/search?q=monitored");
        Socket socket = Socket.authenticated(TestNode.address(), alice.token());
        socket.join(room, 0L);
        socket.post(room, "monitored-1", "monitored");
        socket.awaitEvents(1);
        return socket;
    }

    private static List<JsonObject> targets() {
        return new JsonObject(Documents.read(FOLDER + "dashboard.json"))
                .getJsonArray("panels").stream()
                        .map(JsonObject.class::cast)
                        .filter(panel -> !panel.getString("type").equals("row"))
                        .flatMap(panel -> panel.getJsonArray("targets").stream())
                        .map(JsonObject.class::cast)
                        .toList();
    }

    /**
     * Requires that the metrics of an expression exist, and their labels: a value that is compared by = too, because it is one
     * of a fixed set.
     *
     * @param shown text with labels of the result
     */
    private static void checkNames(Prometheus prometheus, String of, String expression, String shown) {
        Set<String> labels = Stream.concat(
                        GROUPING.matcher(expression)
                                .results()
                                .flatMap(by -> Stream.of(by.group(1).split(", *"))),
                        SHOWN.matcher(shown).results().map(label -> label.group(1)))
                .collect(Collectors.toSet());
        List<MatchResult> selectors = SELECTOR.matcher(expression).results().toList();
        assertThat(selectors).as(of).isNotEmpty();
        for (MatchResult selector : selectors) {
            List<JsonObject> series = prometheus.series(selector.group(1));
            assertThat(series).as(of + ": " + selector.group(1)).isNotEmpty();
            assertThat(series.getFirst().fieldNames()).as(of).containsAll(labels);
            MATCHER.matcher(selector.group(2) == null ? "" : selector.group(2))
                    .results()
                    .forEach(matcher -> assertThat(series)
                            .as(of + ": " + matcher.group())
                            .anyMatch(one -> one.containsKey(matcher.group(1))
                                    && (!matcher.group(2).equals("=")
                                            || matcher.group(3).equals(one.getString(matcher.group(1))))));
        }
    }
}
