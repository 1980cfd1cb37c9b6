package chat.parlance.testing;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/**
 * The alerts of conf/monitoring, evaluated by promtool on the metrics of a node in a real fault. A fault of a test lasts
 * seconds and an alert waits for minutes, so the fault is drawn out: gauges keep the values that they have in the fault, and
 * counters rise every 15 seconds by as much as they rose in it.
 */
public final class Alerts {

    public static final Path RULES = Path.of("conf/monitoring/alerts.yml").toAbsolutePath();

    private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern COUNTER = Pattern.compile(".*_(total|count|sum|bucket)");

    private Alerts() {}

    /** An alert. */
    public record Rule(String name, String expression, String severity, String summary) {}

    /** All alerts, by name. */
    public static Map<String, Rule> all() {
        try (Reader reader = Files.newBufferedReader(RULES)) {
            Map<String, List<Map<String, List<Map<String, Object>>>>> file = new Yaml().load(reader);
            Map<String, Rule> rules = new LinkedHashMap<>();
            file.get("groups").getFirst().get("rules").forEach(rule -> {
                String name = (String) rule.get("alert");
                rules.put(
                        name,
                        new Rule(
                                name,
                                (String) rule.get("expr"),
                                (String) ((Map<?, ?>) rule.get("labels")).get("severity"),
                                (String) ((Map<?, ?>) rule.get("annotations")).get("summary")));
            });
            return rules;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Metrics of a node now. */
    public static String scrape(String management) {
        return Http.send(HttpRequest.newBuilder(URI.create("http://" + management + "/metrics"))
                        .build())
                .body();
    }

    /**
     * Requires that an alert fires in a fault, and did not fire before it. Does nothing where the build has found no
     * promtool.
     *
     * @param before metrics before the fault
     * @param during metrics of the same node in the fault
     */
    public static void assertFires(String alert, String before, String during) {
        if (!Prometheus.isThere()) {
            return;
        }
        StringBuilder series = new StringBuilder();
        Map<String, Double> first = samples(alert, before);
        samples(alert, during)
                .forEach((name, value) -> series.append("      - series: '%s'\n        values: '%s'\n"
                        .formatted(name, values(name, first.getOrDefault(name, 0.0), value))));
        evaluate("""
            rule_files: ["%s"]
            evaluation_interval: 15s
            tests:
              - interval: 15s
                input_series:
            %s
                promql_expr_test:
                  - expr: count(ALERTS{alertname="%s", alertstate="firing"})
                    eval_time: 5m
                  - expr: count(ALERTS{alertname="%s", alertstate="firing"}) > bool 0
                    eval_time: 20m
                    exp_samples: [{labels: '{}', value: 1}]
            """.formatted(RULES, series.toString().stripTrailing(), alert, alert));
    }

    private static void evaluate(String test) {
        try {
            Path file = Files.createTempFile("alert", ".yml");
            try {
                Files.writeString(file, test);
                Prometheus.promtool("test", "rules", file.toString());
            } catch (IllegalStateException failed) {
                throw new AssertionError(failed.getMessage() + "\n" + test, failed);
            } finally {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Five minutes without the fault, and then with it. */
    private static String values(String name, double before, double during) {
        boolean isCounter = COUNTER.matcher(name.replaceAll("\\{.*", "")).matches();
        double step = isCounter ? Math.max(0, during - before) : 0;
        return "%sx20 %s+%sx80".formatted(number(before), number(during), number(step));
    }

    private static String number(double value) {
        return Double.isInfinite(value) || Double.isNaN(value) ? "0" : Double.toString(value);
    }

    /** Samples of the metrics that an alert reads. */
    private static Map<String, Double> samples(String alert, String metrics) {
        String expression = all().get(alert).expression();
        Map<String, Double> samples = new TreeMap<>();
        metrics.lines().forEach(line -> {
            Matcher sample = SAMPLE.matcher(line);
            if (sample.matches()
                    && Pattern.compile("\\b" + sample.group(1) + "\\b")
                            .matcher(expression)
                            .find()) {
                String labels = sample.group(2) == null ? "" : "," + sample.group(2);
                samples.put(
                        sample.group(1) + "{job=\"parlance\",instance=\"a\"" + labels + "}",
                        Double.parseDouble(sample.group(3)));
            }
        });
        return samples;
    }
}
